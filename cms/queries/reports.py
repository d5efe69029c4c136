"""Suppliers' published reports, as the public reads them: made of public editions alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Count, Max, Q, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ReferenceIndex

from cases.models import CommitteeCase
from cms.models import CasePage
from learnings.editions import AnswerContent, data_of, paragraphs, remark, rows_of
from learnings.models import ReportEdition, Round
from learnings.personal import without_cpr_digits
from learnings.queries import round_summary, sections


@dataclass(frozen=True)
class RoundRow:
    """A round with something public, in a list."""

    title: str
    year: int
    reports: int
    published_on: dt.date

    @property
    def url(self) -> str:
        return reverse("cms:round", args=[self.year])


@dataclass(frozen=True)
class ReportRow:
    """A public report, in a list."""

    supplier: str
    url: str
    year: int
    round: str
    published_on: dt.date


@dataclass(frozen=True)
class AskedSection:
    """Questions of a round: the general ones when it has no title, else those about a target group."""

    title: str
    questions: tuple[str, ...]


@dataclass(frozen=True)
class RoundContent:
    """What the page of a round shows."""

    round: Round
    asked: int
    accepted: int
    reports: tuple[ReportRow, ...]
    sections: tuple[AskedSection, ...]
    cases: tuple[CasePage, ...]


@dataclass(frozen=True)
class AnswerView:
    question: str
    remark: str
    paragraphs: list[list[str | None]]


@dataclass(frozen=True)
class ReportContent:
    """What the page of a report shows; `others` are the supplier's reports of other years."""

    edition: ReportEdition
    sections: tuple[tuple[str, tuple[AnswerView, ...]], ...]
    has_marks: bool
    others: tuple[ReportRow, ...]


def public_rounds() -> list[RoundRow]:
    """Return the rounds with public reports, the newest first; one query."""
    return _with_public_reports(Round.objects.all())


def _with_public_reports(among: QuerySet[Round]) -> list[RoundRow]:
    public = Q(reports__editions__withdrawn_at__isnull=True)
    rounds = among.annotate(
        count=Count("reports__editions", filter=public), newest=Max("reports__editions__published_at", filter=public)
    )
    found = rounds.filter(count__gt=0).order_by("-year").values_list("title", "year", "count", "newest")
    return [RoundRow(title, year, count, timezone.localdate(newest)) for title, year, count, newest in found]


def round_content(year: int) -> RoundContent:
    """Return what the page of a round shows. Raises Round.DoesNotExist when nothing of it is public; queries do not grow."""
    editions = list(ReportEdition.objects.listed().filter(report__round__year=year))
    if not editions:
        raise Round.DoesNotExist(f"round {year} has nothing public")
    this_round = editions[0].report.round
    summary = round_summary(this_round)
    return RoundContent(
        round=this_round,
        asked=len(summary.owed),
        accepted=len(summary.accepted),
        reports=tuple(_row(each) for each in editions),
        sections=tuple(_asked(this_round)),
        cases=tuple(_cases_about(this_round)),
    )


def report_content(year: int, slug: str) -> ReportContent:
    """Return what the page of a report shows. Raises ReportEdition.DoesNotExist; two queries."""
    edition = public_edition(year, slug)
    supplier = edition.report.supplier.survivor_id
    family = Q(report__supplier=supplier) | Q(report__supplier__merged_into=supplier)
    others = ReportEdition.objects.listed().filter(family).exclude(pk=edition.pk).order_by("-report__round__year")
    answers = [answer for section in edition.content["sections"] for answer in section["answers"]]
    return ReportContent(
        edition=edition,
        sections=tuple((row["title"], tuple(map(_answer, row["answers"]))) for row in edition.content["sections"]),
        has_marks=any(answer["grounds"] for answer in answers),
        others=tuple(_row(each) for each in others),
    )


def public_edition(year: int, slug: str) -> ReportEdition:
    """Return the public edition at an address, with what it says; one query. Raises ReportEdition.DoesNotExist."""
    related = ReportEdition.objects.public().select_related("report__round", "report__supplier__merged_into")
    return related.get(report__round__year=year, slug=slug)


def newest_reports() -> dict[int, str]:
    """Return the address of each supplier's newest public report, by the id of the supplier as it stands today; one query."""
    rows = ReportEdition.objects.public().order_by("report__round__year")
    facts = rows.values_list("report__supplier__merged_into", "report__supplier", "report__round__year", "slug")
    return {survivor or supplier: report_url(year, slug) for survivor, supplier, year, slug in facts}


def rounds_of(case_id: int) -> list[RoundRow]:
    """Return the rounds with public reports that a case is about, the newest first; one query."""
    references = _references().filter(object_id=str(case_id)).annotate(number=Cast("to_object_id", BigIntegerField()))
    return _with_public_reports(Round.objects.filter(pk__in=references.values("number")))


# --- open data


def editions_of(year: int) -> QuerySet[ReportEdition]:
    """Return the public editions of a round with all that they say, by supplier."""
    rows = ReportEdition.objects.public().filter(report__round__year=year).select_related("report__round")
    return rows.order_by("report__supplier__name", "pk")


def csv_rows(editions: list[ReportEdition], *, site: str) -> Iterator[list[str]]:
    for edition in editions:
        yield from rows_of(edition.content, _facts(edition, site))


def json_data(editions: list[ReportEdition], *, site: str) -> dict[str, Any]:
    this_round = editions[0].report.round
    return {
        "runde": this_round.title,
        "år": this_round.year,
        "adresse": site + reverse("cms:round", args=[this_round.year]),
        "indberetninger": [data_of(edition.content, _facts(edition, site)) for edition in editions],
    }


def report_url(year: int, slug: str) -> str:
    return reverse("cms:report", args=[year, slug])


def _facts(edition: ReportEdition, site: str) -> dict[str, str]:
    address = site + report_url(edition.report.round.year, edition.slug)
    return {"offentliggjort": timezone.localdate(edition.published_at).isoformat(), "adresse": address}


def _row(edition: ReportEdition) -> ReportRow:
    this_round = edition.report.round
    day = timezone.localdate(edition.published_at)
    url = report_url(this_round.year, edition.slug)
    return ReportRow(edition.report.supplier.name, url, this_round.year, this_round.title, day)


def _answer(answer: AnswerContent) -> AnswerView:
    shown = [] if answer["pieces"] == [None] else paragraphs(answer)
    return AnswerView(answer["question"], remark(answer), shown)


def _asked(this_round: Round) -> Iterator[AskedSection]:
    for section in sections(this_round.questions.asked().select_related("target_group")):
        title = str(section.target_group or "")
        yield AskedSection(title, tuple(without_cpr_digits(question.wording) for question in section.questions))


def _cases_about(this_round: Round) -> QuerySet[CasePage]:
    """Return the live pages of the cases that take something from the round, the newest first."""
    references = _references().filter(to_object_id=str(this_round.pk)).values_list("object_id", flat=True)
    pages = CasePage.objects.live().public().defer("text")
    case_type = ContentType.objects.get_for_model(CommitteeCase)
    pages = pages.filter(snapshot__content_type=case_type, snapshot__object_id__in={int(pk) for pk in references})
    return pages.order_by("-dated_on")


def _references() -> QuerySet[ReferenceIndex]:
    types = ContentType.objects.get_for_models(CommitteeCase, Round)
    return ReferenceIndex.objects.filter(base_content_type=types[CommitteeCase], to_content_type=types[Round])
