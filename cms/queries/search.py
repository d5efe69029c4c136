"""Search over what is published."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wagtail.models import Page

from cms.models import CaseIndexPage, CasePage, StandardPage


@dataclass(frozen=True)
class Hit:
    """A page that was found; `before`, `match` and `after` are the place where."""

    page: Page
    is_case: bool
    before: str
    match: str
    after: str


def search_pages(words: str) -> list[Page]:
    """Return the live public pages that hold all the words, whole or as beginnings, best first."""
    plain = " ".join(re.findall(r"\w+", words)).casefold()  # signs and capital operators mean something to SQLite
    if not plain:
        return []
    pages = Page.objects.live().public().type(CasePage, CaseIndexPage, StandardPage)
    whole = list(pages.search(plain, operator="and")[:200])
    begun = list(pages.autocomplete(plain, operator="and")[:200])
    return list(dict.fromkeys([*whole, *begun]))


def hit(page: Page, words: str) -> Hit:
    """Return a found page, as its own type, with the place where one of the words stands."""
    is_case = isinstance(page, CasePage)
    text = page.text if is_case else page.summary
    return Hit(page, is_case, *_excerpt(text, words))


def _excerpt(text: str, words: str, *, around: int = 110) -> tuple[str, str, str]:
    lowered = text.casefold()
    places = [(lowered.find(word.casefold()), len(word)) for word in re.findall(r"\w+", words)]
    start, length = min((place for place in places if place[0] >= 0), default=(0, 0))
    begin = text.rfind(" ", 0, start - around) + 1 if start > around else 0
    end = start + length + around
    space = text.find(" ", end)
    stop = min(len(text), space if space >= 0 else end)
    before = ("… " if begin else "") + text[begin:start]
    after = text[start + length : stop] + (" …" if stop < len(text) else "")
    return before, text[start : start + length], after
