"""Search over what is published."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from cms.models import CaseIndexPage, CasePage, StandardPage
from cms.queries.reports import RoundRow, public_rounds, report_url
from learnings.models import ReportEdition


@dataclass(frozen=True)
class Hit:
    """Something that was found; `before`, `match` and `after` are the place where."""

    title: str
    url: str
    about: str
    before: str
    match: str
    after: str


Found: TypeAlias = Page | RoundRow | ReportEdition


def search_public(words: str) -> list[Found]:
    """Return everything public that holds all the words: pages, then rounds, then suppliers' reports."""
    return [*search_pages(words), *_search_rounds(words), *search_reports(words)]


def search_reports(words: str) -> list[ReportEdition]:
    """Return the public reports that hold all the words, whole or as beginnings, best first."""
    plain = _plain(words)
    if not plain:
        return []
    backend = get_search_backend()
    public = ReportEdition.objects.filter(pk__in=ReportEdition.objects.public().values("pk"))
    rows = public.select_related("report__round", "report__supplier").defer("content")
    whole = list(backend.search(plain, rows, operator="and")[:200])
    begun = list(backend.autocomplete(plain, rows, operator="and")[:200])
    return list(dict.fromkeys([*whole, *begun]))


def _search_rounds(words: str) -> list[RoundRow]:
    wanted = _plain(words).split()
    return [row for row in public_rounds() if all(word in row.title.casefold() for word in wanted)] if wanted else []


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words)).casefold()  # signs and capital operators mean something to SQLite


def search_pages(words: str) -> list[Page]:
    """Return the live public pages that hold all the words, whole or as beginnings, best first."""
    plain = _plain(words)
    if not plain:
        return []
    pages = Page.objects.live().public().type(CasePage, CaseIndexPage, StandardPage)
    whole = list(pages.search(plain, operator="and")[:200])
    begun = list(pages.autocomplete(plain, operator="and")[:200])
    return list(dict.fromkeys([*whole, *begun]))


def hit(found: Found, words: str, request: HttpRequest | None = None) -> Hit:
    """Return what was found, a page as its own type, with the place where one of the words stands."""
    if isinstance(found, RoundRow):
        about = ngettext("%(count)d report", "%(count)d reports", found.reports) % {"count": found.reports}
        return Hit(found.title, found.url, about, *_excerpt(found.title, words))
    if isinstance(found, ReportEdition):
        report = found.report
        title = f"{report.supplier.name}: {report.round.title}"
        url = report_url(report.round.year, found.slug)
        return Hit(title, url, _("Supplier's report"), *_excerpt(found.text, words))
    text = found.text if isinstance(found, CasePage) else found.summary
    return Hit(found.title, found.get_url(request) or "", _about(found), *_excerpt(text, words))


def _about(page: Page) -> str:
    if not isinstance(page, CasePage):
        return _("Page")
    day = date_format(page.dated_on, "j. F Y")
    return f"{page.committee_name} · {day}" if page.committee_name else day


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
