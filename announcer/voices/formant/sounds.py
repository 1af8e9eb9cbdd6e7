"""What the sounds of Hà Nội's Vietnamese are to a mouth: vowels, places, noises and tones, as tables.

Formants are the resonances of the vocal tract, in Hz, for a man's mouth; ``Manner.mouth`` scales them. All values were
chosen by us, and those that mattered were tuned on sentences until a recogniser understood them best.
"""

from __future__ import annotations

from collections.abc import Sequence

from announcer.phonology.syllables import NUCLEI, STOPS, Syllable

Formants = tuple[float, ...]  # F1, F2, F3 and perhaps F4, in Hz; a place of the tongue leaves F4 where it is
Course = Sequence[tuple[float, Formants]]  # (how far into the vowel, 0…1; the formants there)

VOWELS: dict[str, Formants] = {
    "i": (300, 2250, 2950, 3500),
    "ê": (410, 2150, 2750, 3500),
    "e": (590, 1900, 2600, 3500),
    "ư": (340, 1350, 2350, 3400),
    "ơ": (480, 1250, 2450, 3400),
    "â": (570, 1300, 2450, 3400),
    "a": (840, 1450, 2450, 3500),
    "ă": (840, 1430, 2450, 3500),
    "u": (330, 750, 2300, 3300),
    "ô": (440, 800, 2450, 3300),
    "ôô": (440, 800, 2450, 3300),
    "o": (640, 1020, 2450, 3300),
    "oo": (640, 1020, 2450, 3300),
}
DIPHTHONGS: dict[str, tuple[Formants, Formants]] = {
    "ia": (VOWELS["i"], (520, 1750, 2550, 3500)),
    "ưa": (VOWELS["ư"], (540, 1300, 2450, 3400)),
    "ua": (VOWELS["u"], (520, 1000, 2400, 3300)),
}
COURSES: dict[tuple[str, str], Course] = {
    **{(vowel, ""): ((0, formants), (1, formants)) for vowel, formants in VOWELS.items()},
    **{(both, ""): ((0, a), (0.25, a), (0.75, b), (1, b)) for both, (a, b) in DIPHTHONGS.items()},
    # a, ê and i glide towards the palate before nh and ch
    ("a", "nh"): (
        (0, (740, 1650, 2500, 3500)),
        (0.35, (740, 1650, 2500, 3500)),
        (1, (430, 2050, 2650, 3500)),
    ),
    ("ê", "nh"): ((0, (480, 1900, 2600, 3500)), (1, (380, 2100, 2700, 3500))),
    ("i", "nh"): ((0, (330, 2150, 2800, 3500)), (1, (310, 2250, 2900, 3500))),
    # ô and o close before ng and c, which end at the lips
    ("ô", "ng"): ((0, (500, 950, 2450, 3400)), (0.3, (500, 950, 2450, 3400)), (1, (420, 720, 2350, 3300))),
    ("o", "ng"): ((0, (720, 1180, 2450, 3400)), (0.3, (720, 1180, 2450, 3400)), (1, (520, 820, 2350, 3300))),
}
AS_BEFORE = {"ch": "nh", "k": "ng"}

MEDIAL: Formants = (350, 750, 2300, 3300)
BEFORE_MEDIAL: Formants = (350, 800, 2300)  # where a consonant with rounded lips aims
PALATAL_GLIDE: Formants = (320, 2150, 2800, 3500)
LABIAL_GLIDE: Formants = (350, 750, 2300, 3300)
GLIDES: dict[tuple[str, str], Formants] = {
    **{(vowel, "j"): PALATAL_GLIDE for vowel in NUCLEI},
    **{(vowel, "w"): LABIAL_GLIDE for vowel in NUCLEI},
    **{(vowel, "j"): (430, 1950, 2650, 3500) for vowel in ("a", "o")},
    **{(vowel, "w"): (380, 850, 2300, 3300) for vowel in ("i", "ê", "ư")},
    **{(vowel, "w"): (500, 900, 2350, 3300) for vowel in ("a", "e")},
}

PLACES: dict[str, Formants] = {  # where formants come from or go to as the mouth opens or closes
    "lips": (330, 950, 2200), "teeth": (380, 1650, 2650), "ridge": (270, 1620, 2650), "palate": (250, 2200, 3000),
}  # fmt: skip
CLOSED_BY_LIPS: Formants = (280, 700, 2250)  # ng and c after u, ô, o: the lips close with the tongue
CODA_PLACES = {
    "m": "lips", "p": "lips", "n": "ridge", "t": "ridge", "nh": "palate", "ch": "palate", "ng": "velum", "k": "velum",
}  # fmt: skip
FRONT_HERTZ, BACK_HERTZ = 1800, 1100  # F2 above which a vowel is front, below which it is back

SHORT = ("ă", "â")
CLOSE = ("i", "ư", "u")

# How strong a noise is over frequency: (Hz, dB), straight between the points.
HISS = ((0, -50), (2500, -38), (3800, -14), (4600, -2), (5500, 0), (7000, -1), (8000, -4))
LIPS = ((0, -20), (1000, -10), (2000, -6), (4000, -3), (7000, 0), (8000, 0))
NOISES: dict[str, Sequence[tuple[float, float]]] = {
    "hiss": HISS,  # x and d
    "lips": LIPS,  # ph and v
    "hush": (
        (0, -50),
        (1800, -30),
        (2600, -8),
        (3200, 0),
        (4200, -2),
        (5500, -6),
        (7000, -12),
        (8000, -16),
    ),  # ch
    "sharp": ((0, -35), (1500, -22), (2800, -6), (3800, 0), (5000, 0), (7000, -5), (8000, -8)),  # đ opens
    "teeth": (
        (0, -20),
        (500, -10),
        (1500, -3),
        (3000, 0),
        (4500, 0),
        (6000, -5),
        (8000, -12),
    ),  # t and th open
    "pop": ((0, -6), (500, 0), (1500, -6), (3000, -12), (6000, -18), (8000, -22)),  # b and p open
    "velum back": (
        (0, -35),
        (700, -14),
        (1000, 0),
        (1500, -4),
        (2400, -16),
        (4500, -14),
        (8000, -24),
    ),  # k opens
    "velum front": ((0, -35), (1200, -18), (1900, -3), (2400, 0), (3000, -4), (4500, -10), (8000, -24)),
    "rasp back": (
        (0, -40),
        (500, -14),
        (900, -1),
        (1300, 0),
        (1800, -8),
        (2600, -16),
        (3500, -14),
        (8000, -28),
    ),  # g
    "rasp front": ((0, -40), (900, -16), (1500, -4), (2000, 0), (2600, -4), (3500, -12), (8000, -28)),
}

# Pitch over the voiced part of a syllable: (how far, 0…1; semitones from the speaker's middle).
STOPPED = " before a stop"
CONTOURS: dict[str, Sequence[tuple[float, float]]] = {
    "ngang": ((0, 1.5), (0.3, 1.7), (1, 1.3)),
    "huyen": ((0, -1.5), (0.35, -3.0), (1, -5.0)),
    "sac": ((0, 0.5), (0.35, 0.7), (0.7, 3.5), (1, 6.5)),
    "hoi": ((0, 1.5), (0.25, -0.5), (0.6, -5.0), (0.85, -7.0), (1, -8.0)),
    "nga": ((0, 0.5), (0.3, 0.5), (0.5, -3.0), (0.6, 0.0), (0.8, 5.0), (1, 7.0)),
    "nang": ((0, 1.0), (0.5, 0.5), (0.75, -2.5), (1, -9.0)),
    "sac" + STOPPED: ((0, 1.5), (0.4, 3.0), (1, 6.5)),
    "nang" + STOPPED: ((0, -1.5), (0.4, -3.0), (1, -5.5)),
}
CREAKS = {"nga": (0.4, 0.58), "nang": (0.62, 1.0)}  # from how far to how far the voice creaks, 0…1
LENGTHS = {
    "ngang": 1.0, "huyen": 1.05, "sac": 1.0, "hoi": 1.05, "nga": 1.1, "nang": 0.85,
    "sac" + STOPPED: 0.8, "nang" + STOPPED: 0.8,
}  # fmt: skip


def course(syllable: Syllable) -> Course:
    """How the vowel of ``syllable`` moves."""
    before = AS_BEFORE.get(syllable.coda, syllable.coda)
    return COURSES.get((syllable.nucleus, before)) or COURSES[(syllable.nucleus, "")]


def start(syllable: Syllable) -> Formants:
    """What the initial of ``syllable`` opens into: the medial, or the vowel's beginning."""
    return MEDIAL if syllable.medial else course(syllable)[0][1]


def place(name: str, vowel: Formants) -> Formants:
    """Where the formants are while the mouth is closed at ``name``. At the velum that depends on the vowel."""
    if name != "velum":
        return PLACES[name]
    f2 = vowel[1]
    if f2 > FRONT_HERTZ:
        return (260, min(2350, f2 * 1.05 + 50), 2750)
    if f2 < BACK_HERTZ:
        return (280, f2 * 1.15 + 50, 2250)
    return (260, f2 * 1.25, 2350)


def by_lips(syllable: Syllable) -> bool:
    """Whether its coda closes at the lips as well as at the velum: "ong", "ôc", "ung"."""
    return syllable.nucleus in ("u", "ô", "o") and syllable.coda in ("ng", "k")


def tone(syllable: Syllable) -> str:
    """The key of its tone in CONTOURS and LENGTHS."""
    return syllable.tone + STOPPED * (syllable.coda in STOPS)


def between(a: Formants, b: Formants, share: float) -> Formants:
    """``a`` moved towards ``b`` by ``share`` (0…1), as many formants as both have."""
    return tuple(x + (y - x) * share for x, y in zip(a, b, strict=False))
