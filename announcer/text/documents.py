"""Numbers of official papers: 1665/QĐ-UBND, 30/2020/NĐ-CP, 91/2025/QH15, 30-CT/TU, QCVN 26:2025/BNNMT.

The kind is not repeated if it has just been said; the issuer is joined by "của", unless the
text itself goes on with "của …". The zero of 06/2022 is said.
"""

from __future__ import annotations

import re

from announcer.text.letters import spell
from announcer.text.rule import Context, chain, replacing, said_before, unread

_ISSUER_FOLLOWS = re.compile(
    r",?\s*(?:ngày\s\d{1,2}(?:[/.-]\d{1,2}[/.-]\d{4}|\stháng\s\d{1,2}\snăm\s\d{4}))?,?\s*(?:năm\s\d{4}\s)?của\s"
)
_CODE = r"[A-ZĐ][A-Za-zĐđƯ]{0,9}\d{0,3}(?:&[A-ZĐ]{1,6})?"


def _number(written: str, context: Context) -> str:
    say = context.numerals
    return say.digits(written) if written[0] == "0" else say.whole(written)


def _issuer(code: str, context: Context) -> str:
    """UBND, TTg, QH15 (quốc hội khóa mười lăm); what is not known is said as any abbreviation."""
    name = code.rstrip("0123456789")
    term = code[len(name) :]
    known = context.words.table("issuers").get(name)
    spoken = known or context.words.say(name).strip()
    spoken = spell(name, context) if spoken == name else spoken
    return f"{spoken} khóa {context.numerals.whole(term)}" if term else spoken


def _named(number: str, codes: list[str], match: re.Match[str], context: Context) -> str:
    """The first code is a kind if the table knows it; the others issued the paper."""
    kind = context.words.table("kinds").get(codes[0], "")
    issuers = (" và " if codes[0] == "TTLT" else " ").join(
        _issuer(code, context) for code in (codes[1:] if kind else codes)
    )
    if _ISSUER_FOLLOWS.match(match.string, match.end()):
        issuers = ""
    said = said_before(match)
    if f"{kind} " in f"{said} ":
        kind = ""
    ordered = (number, kind) if said.endswith(("số", "số:")) else (kind, number)
    return " ".join([*ordered, f"của {issuers}" if issuers else ""])


def _paper(match: re.Match[str], context: Context) -> str:
    year = f" năm {context.numerals.whole(match['year'])}" if match["year"] else ""
    return _named(_number(match["number"], context) + year, re.split(r"[-/]", match["codes"]), match, context)


def _party_paper(match: re.Match[str], context: Context) -> str:
    return _named(_number(match["number"], context), [match["kind"], match["issuer"]], match, context)


def _kind(match: re.Match[str], context: Context) -> str:
    return context.words.table("kinds").get(match[1]) or unread(match)


def _bare_code(match: re.Match[str], context: Context) -> str:
    """NĐ-CP without its number."""
    kind = context.words.table("kinds").get(match["kind"])
    known = match["issuer"] in context.words.table("issuers")
    return f"{kind} của {_issuer(match['issuer'], context)}" if kind and known else unread(match)


def _standard(match: re.Match[str], context: Context) -> str:
    issuer = f" của {_issuer(match['issuer'], context)}" if match["issuer"] else ""
    number = " ".join(_number(part, context) for part in match["number"].split("-"))
    kind = context.words.table("kinds")[match["kind"]]
    if said_before(match).endswith(" ".join(kind.split()[:2])):
        kind = "việt nam"
    return f"{kind} {number} năm {context.numerals.whole(match['year'])}{issuer}"


rule = chain(
    replacing(
        rf"(?<!\w)(?P<kind>QCVN|TCVN)\s?(?P<number>\d{{1,5}}(?:-\d{{1,2}})?):(?P<year>\d{{4}})(?:/(?P<issuer>{_CODE}))?(?!\w)",
        _standard,
        0,
    ),
    replacing(r"(?<!\w)([A-ZĐ][A-ZĐTry]{1,3})(?=\s(?:số\s?:?\s?)?\d{1,6}(?:[-/ ,.;]|$))", _kind, 0),
    replacing(
        rf"(?<![\w/.,])(?P<number>\d{{1,6}})(?:/(?P<year>\d{{4}}))?/(?P<codes>{_CODE}(?:[-/]{_CODE}){{1,4}})(?!\w)",
        _paper,
        0,
    ),
    replacing(rf"(?<![\w/.,])(?P<number>\d{{1,6}})/(?P<year>\d{{4}})/(?P<codes>{_CODE})(?!\w)", _paper, 0),
    replacing(
        r"(?<![\w/.,])(?P<number>\d{1,6})(?P<year>)/(?P<codes>(?:QĐ|NĐ|NQ|KH|BC|TB|CV|TTr|HD|UBND|HĐND))(?!\w)",
        _paper,
        0,
    ),
    replacing(
        rf"(?<![\w/.,])(?P<number>\d{{1,4}})-(?P<kind>[A-ZĐ]{{2,3}}r?)/(?P<issuer>{_CODE})(?!\w)",
        _party_paper,
        0,
    ),
    replacing(rf"(?<![\w/-])(?P<kind>[A-ZĐ]{{2,4}})-(?P<issuer>{_CODE})(?![\w/-])", _bare_code, 0),
)
