"""Find what looks like personal data in an answer, so that somebody looks at it before it is published. No database.

What is found is a kind and a place, never the words: they stand in the answer alone, and in no message, log or history. It errs
on the side of finding too much, since what is harmless may be let stand, but what is public is public.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from learnings.enums import FindingKind
from learnings.passages import Span

DAYS_OF_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
REPLACEMENT = 60  # added to the day in the numbers that hospitals and authorities give to those who have none
SIGN = r"[\s\u00ad\u200b\u2010-\u2015\u2212\-./]"
CPR = re.compile(rf"(?<!\d)(?=(\d(?:{SIGN}?\d){{5}}{SIGN}{{0,3}}\d(?:{SIGN}?\d){{3}})(?!\d))")
CPR_WITH_CENTURY = re.compile(r"(?<!\d)\d\d([./ -]?)\d\d\1(?:18|19|20)\d\d[-\u2010-\u2015\u2212]?\d{4}(?!\d)")
FULL_DATE = re.compile(r"\d\d([./ -])\d\d\1(?:18|19|20)\d\d\D")

AT = r"\s?(?:@|\(at\)|\[at\]|\(a\)|\(snabel-?a\)|\ssnabel-?a\s)\s?"
DOT = r"(?:\.|\s?\((?:dot|punktum)\)\s?|\s?\[dot\]\s?)"
EMAIL = re.compile(rf"[\w.+'-]+{AT}[\w-]+(?:{DOT}[\w-]+)+", re.IGNORECASE)

GAP = r"[ \u00a0\u2009\u202f\-\u2010-\u2013]"
PAIR_GAP = r"[ \u00a0\u2009\u202f\-\u2010-\u2013./]"
GROUPS = "|".join(
    (
        r"[2-9]\d{7}",
        rf"[2-9]\d{{3}}{GAP}\d{{4}}",
        rf"[2-9]\d(?:{PAIR_GAP}\d\d){{3}}",
        rf"[2-9]\d{GAP}\d{{3}}{GAP}\d{{3}}",
        rf"[2-9]\d\d{GAP}\d{{3}}{GAP}\d\d",
        rf"[2-9]\d\d{GAP}\d\d{GAP}\d{{3}}",
    )
)
PHONE = re.compile(rf"(?<![\d+])(?:(?:\+|00)45{GAP}?|\(\+?(?:00)?45\){GAP}?)?(?:{GROUPS})(?!\d)")
FOREIGN_PHONE = re.compile(rf"(?<!\d)(?:\+|00)[1-9](?:{GAP}?\d){{7,13}}(?!\d)")
YEARS = re.compile(rf"(?:19|20)\d\d{GAP}(?:19|20)\d\d")
NUMBER_OF_SOMETHING_ELSE = re.compile(r"(?:\bCVR|\bkr\.?|\bDKK)\W{0,3}(?:n(?:umme)?r\W{0,3})?$", re.IGNORECASE)
AMOUNT_FOLLOWS = re.compile(r"\s?(?:kr\b|kroner|mio|DKK|%)", re.IGNORECASE)

# Parts of names that are also words: alone they count only when they are written as names are.
ALSO_WORDS = (
    "ager bak bager birk bjerg borg bro brun dag dal dam due eng ernst falk frank gade hans hede holm hus hvid høj jul kirke "
    "kok kort krog kær lang lille lind liv lund mark may my nord ravn rask rose rød sand skov smed sol sommer sort sten stor "
    "storm syd ung vang vest vinter øst"
)
WORDS = frozenset(ALSO_WORDS.split())
PARTICLES = frozenset({"af", "al", "da", "de", "den", "der", "di", "el", "la", "van", "von"})
SHORTEST = 3  # letters of a name that is looked for alone
LETTER = r"[^\W\d_]"


@dataclass(frozen=True, order=True)
class Found:
    """Something that looks like personal data, from `start` until before `end`."""

    start: int
    end: int
    kind: FindingKind

    @property
    def span(self) -> Span:
        return self.start, self.end


def find_personal(text: str, names: Iterable[str] = ()) -> list[Found]:
    """Return what looks like CPR numbers, e-mail addresses, phone numbers or one of the names, in the order of the text.

    A number that looks like a CPR number is no phone number, and an address with a name in it is found once.
    """
    found: list[Found] = []
    kinds = (
        (FindingKind.CPR, _cpr_numbers(text)),
        (FindingKind.EMAIL, (match.span() for match in EMAIL.finditer(text))),
        (FindingKind.PHONE, _phone_numbers(text)),
        (FindingKind.NAME, _names(text, names)),
    )
    for kind, spans in kinds:
        for start, end in spans:
            if not any(held.start < end and start < held.end for held in found):
                found.append(Found(start, end, kind))
    return sorted(found)


def looks_like_cpr(text: str) -> bool:
    """Tell whether a text holds what looks like a CPR number, in any spelling."""
    return next(_cpr_numbers(text), None) is not None


def without_cpr_digits(text: str) -> str:
    """Return the text, as long as before, with a dot for each digit of what looks like a CPR number."""
    signs = list(text)
    for start, end in _cpr_numbers(text):
        signs[start:end] = ["•" if sign.isdigit() else sign for sign in signs[start:end]]
    return "".join(signs)


def _cpr_numbers(text: str) -> Iterator[Span]:
    for match in CPR_WITH_CENTURY.finditer(text):
        digits = _digits(match.group())
        if _is_day(digits[:2], digits[2:4]):
            yield match.span()
    end = 0
    for match in CPR.finditer(text):
        digits = _digits(match.group(1))
        # "01.02.2023 10" is a day and a number; so that it ends in no number, the day's own year is not cut in two.
        if match.start() >= end and _is_day(digits[:2], digits[2:4]) and not FULL_DATE.match(match.group(1)):
            end = match.end(1)
            yield match.span(1)


def _digits(text: str) -> str:
    return "".join(str(unicodedata.digit(sign)) for sign in text if sign.isdecimal())


def _is_day(day: str, month: str) -> bool:
    number, place = int(day), int(month)
    return (
        1 <= place <= 12 and 1 <= (number - REPLACEMENT if number > REPLACEMENT else number) <= DAYS_OF_MONTH[place - 1]
    )


def _phone_numbers(text: str) -> Iterator[Span]:
    for match in PHONE.finditer(text):
        before, after = text[max(match.start() - 20, 0) : match.start()], text[match.end() : match.end() + 8]
        is_other = NUMBER_OF_SOMETHING_ELSE.search(before) or AMOUNT_FOLLOWS.match(after)
        if not is_other and not YEARS.fullmatch(match.group()):
            yield match.span()
    for match in FOREIGN_PHONE.finditer(text):
        yield match.span()


def _names(text: str, names: Iterable[str]) -> Iterator[Span]:
    """Yield each run of parts of the names, also a part alone; case and an ending -s do not matter."""
    parts = {part.casefold() for name in names for part in _parts(name)}
    if not parts:
        return
    run: list[re.Match[str]] = []
    for match in _pattern(parts).finditer(text):
        if run and not _continues(text[run[-1].end() : match.start()]):
            yield from _run(run)
            run = []
        run.append(match)
    yield from _run(run)


def _parts(name: str) -> list[str]:
    words = re.findall(rf"{LETTER}+(?:[-'’]{LETTER}+)*", unicodedata.normalize("NFC", name))
    return [word for word in words if len(word) > 1 and word.casefold() not in PARTICLES]


def _pattern(parts: Iterable[str]) -> re.Pattern[str]:
    spelled = {form for part in parts for form in (part, unicodedata.normalize("NFD", part))}
    spelled |= {part.replace("-", " ") for part in spelled if "-" in part}
    either = "|".join(re.escape(part) for part in sorted(spelled, key=lambda part: (-len(part), part)))
    return re.compile(rf"(?<!\w)(?:{either})(?:['’]?s|['’])?(?!\w)", re.IGNORECASE)


def _continues(between: str) -> bool:
    """Tell whether two parts are of one name: nothing but space, an initial or a particle stands between them."""
    middle = between.strip().rstrip(".").casefold()
    return (
        bool(between)
        and "\n" not in between
        and ((len(middle) <= 1 and middle.isalpha()) or middle in {"", *PARTICLES})
    )


def _run(run: list[re.Match[str]]) -> Iterator[Span]:
    if any(_stands_alone(match.group()) for match in run) or len(run) > 1:
        yield run[0].start(), run[-1].end()


def _stands_alone(said: str) -> bool:
    stem = said.casefold()
    is_word = stem in WORDS or stem.rstrip("s'’") in WORDS
    is_short = len(stem.rstrip("'’")) < SHORTEST
    return not is_short and (said[0].isupper() or not is_word)
