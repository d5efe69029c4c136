"""Lists of published cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Page as ResultPage
from django.core.paginator import Paginator
from django.db.models import QuerySet

from cms.models import CasePage

PER_PAGE = 20


@dataclass(frozen=True)
class CaseListing:
    """The list of cases under the filters of an address; unknown values filter nothing."""

    cases: ResultPage[CasePage]
    year: str
    committee: str
    years: tuple[str, ...]
    committees: tuple[str, ...]
    address: str

    @property
    def is_filtered(self) -> bool:
        return bool(self.year or self.committee)


def case_listing(chosen: Mapping[str, str]) -> CaseListing:
    """Return the published cases, newest first, by the filters `aar`, `udvalg` and `side`."""
    cases = live_cases()
    years = tuple(str(day.year) for day in cases.dates("dated_on", "year", order="DESC"))
    names = (
        cases.exclude(committee_name="").order_by("committee_name").values_list("committee_name", flat=True).distinct()
    )
    committees = tuple(names)
    year = _known(chosen.get("aar", ""), years)
    committee = _known(chosen.get("udvalg", ""), committees)
    if year:
        cases = cases.filter(dated_on__year=int(year))
    if committee:
        cases = cases.filter(committee_name=committee)
    return CaseListing(
        cases=Paginator(cases, PER_PAGE).get_page(chosen.get("side")),
        year=year,
        committee=committee,
        years=years,
        committees=committees,
        address=urlencode({key: value for key, value in (("aar", year), ("udvalg", committee)) if value}),
    )


def latest_cases(*, count: int) -> tuple[CasePage, ...]:
    return tuple(live_cases()[:count])


def _known(value: str, known: Iterable[str]) -> str:
    return value if value in known else ""


def live_cases() -> QuerySet[CasePage]:
    """Return the published cases, newest first, without their texts."""
    return CasePage.objects.live().public().defer("text").order_by("-dated_on", "title")
