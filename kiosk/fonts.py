"""Be Vietnam Pro, small enough for a telephone: the letters that pages need, packed as WOFF2.

The package brings whole TTF files of 135 kB each. What is left after subsetting is made once and kept in the station's home; it can
be made again at any time. Where it cannot be made, a style sheet's second source is the whole file.

Instructions for hinting are left out: they are half of what remains, and no screen of a kiosk or telephone follows them.
"""

from __future__ import annotations

import logging
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from io import BytesIO
from itertools import chain
from pathlib import Path

from audio.files import written_whole

log = logging.getLogger(__name__)

PACKAGE, DISTRIBUTION = (
    "fontpkg_be_vietnam_pro",
    "fontpkg-be-vietnam-pro",
)  # under the OFL, from the package index
WHOLE = {
    f"BeVietnamPro-{weight}.woff2": f"BeVietnamPro-{weight}.ttf"
    for weight in ("Regular", "SemiBold", "ExtraBold")
}
LETTERS = (
    range(0x20, 0x7F),  # Basic Latin
    range(0xA0, 0x100),  # Latin-1
    range(0x102, 0x104),  # Ă ă
    range(0x110, 0x112),  # Đ đ
    range(0x128, 0x12A),  # Ĩ ĩ
    range(0x168, 0x16A),  # Ũ ũ
    range(0x1A0, 0x1A2),  # Ơ ơ
    range(0x1AF, 0x1B1),  # Ư ư
    range(0x1EA0, 0x1EFA),  # vowels with their tones
)
SIGNS = "\u0300\u0301\u0303\u0309\u0323–—‘’‚“”„…·•‹›−₫€″′←↑→↓✓✕"  # tones written apart, and what sentences hold besides letters
CHARACTERS = frozenset(chain(map(ord, SIGNS), *LETTERS))
MAGIC, LENGTH = b"wOF2", slice(8, 12)  # where a WOFF2 file says what it is, and how long


def whole() -> Path | None:
    """The folder of the package's own files; None where it is not installed: pages then use the fonts of the machine."""
    spec = find_spec(PACKAGE)
    return Path(spec.origin).parent / "files" if spec and spec.origin else None


def folder(home: Path) -> Path:
    """Another version of the package, or another choice of characters, has another folder."""
    chosen = sha256(repr(sorted(CHARACTERS)).encode()).hexdigest()[:12]
    return home / "cache" / "fonts" / f"{version(DISTRIBUTION)}-{chosen}"


def small(home: Path, name: str) -> bytes | None:
    """The small font of this name, made if it is not there or damaged; None where there is no such font, or it cannot be made."""
    place = whole()
    if name not in WHOLE or place is None:
        return None
    path = folder(home) / name
    return _kept(path) or _made_and_kept(path, place / WHOLE[name])


def make_all(home: Path) -> None:
    for name in WHOLE:
        small(home, name)


def _kept(path: Path) -> bytes | None:
    try:
        font = path.read_bytes()
    except OSError:
        return None
    return font if font[:4] == MAGIC and int.from_bytes(font[LENGTH], "big") == len(font) else None


def _made_and_kept(path: Path, source: Path) -> bytes | None:
    try:
        font = _made(source)
    except Exception:  # whatever is wrong with the package or the maker: the whole font serves as well
        log.exception("The small font %s cannot be made; browsers get the whole one.", path.name)
        return None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with written_whole(path) as file:
            file.write(font)
    except OSError as error:  # a full disk keeps no page from its letters
        log.warning("The small font %s cannot be kept: %s", path.name, error)
    return font


@cache
def _made(source: Path) -> bytes:
    from fontTools import subset  # loaded once in the life of a home

    logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells of every table
    options = subset.Options(flavor="woff2", layout_features=["*"], hinting=False)
    with subset.load_font(str(source), options) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=CHARACTERS)
        subsetter.subset(font)
        packed = BytesIO()
        subset.save_font(font, packed, options)
    return packed.getvalue()
