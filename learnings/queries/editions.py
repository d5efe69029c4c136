"""Which reports may be published, what would be public of each, and what is public now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet
from django.utils import timezone

from learnings import editions
from learnings.enums import WithholdingDecision, WithholdingKind
from learnings.models import Answer, ExperienceReport, ReportEdition, ReportVersion, Round
from learnings.queries.publication import (
    Finding,
    PublicAnswer,
    found_in,
    marks_and_resolutions,
    public_answer,
)
from learnings.queries.sections import place_in_report
from learnings.receipts import GENERAL
from suppliers.models import Contact, Membership

GROUNDS = {WithholdingKind.SECRET: editions.SECRET, WithholdingKind.PERSONAL: editions.PERSONAL}


@dataclass(frozen=True)
class Prepared:
    """An accepted report as it would be published now. `edition` is what is public, `withdrawn` what last was."""

    version: ReportVersion
    answers: tuple[PublicAnswer, ...]
    edition: ReportEdition | None
    withdrawn: ReportEdition | None

    @property
    def report(self) -> ExperienceReport:
        return self.version.report

    @cached_property
    def content(self) -> editions.Content:
        return _content(self.version, self.answers)

    @cached_property
    def digest(self) -> str:
        """What was looked at: publishing is refused when it has changed since."""
        return editions.digest_of(self.content)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(finding for answer in self.answers for finding in answer.findings)

    @cached_property
    def open_findings(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.is_open)

    @property
    def undecided_marks(self) -> int:
        return sum(not mark.withholding.decision for answer in self.answers for mark in answer.marks)

    @property
    def is_stale(self) -> bool:
        """Tell whether what is public is not what would be published now."""
        return self.edition is not None and self.edition.digest != self.digest

    @property
    def is_ready(self) -> bool:
        """Tell whether there is something to publish, and nothing in the way."""
        return not self.open_findings and (self.edition is None or self.is_stale)


def prepared_reports(round: Round) -> list[Prepared]:
    """Return the round's accepted reports by supplier; eight queries however many."""
    return _prepared(ReportVersion.objects.accepted().filter(report__round=round))


def prepared_report(report: ExperienceReport) -> Prepared | None:
    """Return a report as it would be published; None when it is not accepted. Eight queries."""
    return next(iter(_prepared(ReportVersion.objects.accepted().filter(report=report))), None)


def names_by_supplier(suppliers: Iterable[int]) -> dict[int, set[str]]:
    """Return the names of everybody who is or was a contact of a supplier or on its team, by the survivor's id; two queries."""
    wanted, names = set(suppliers), defaultdict[int, set[str]](set)
    family = Q(supplier__in=wanted) | Q(supplier__merged_into__in=wanted)
    contacts = Contact.objects.filter(family).values_list("supplier__merged_into", "supplier", "name")
    for survivor, supplier, name in contacts.order_by():
        names[survivor or supplier].add(name)
    members = Membership.objects.filter(family).order_by()
    for survivor, supplier, first, last in members.values_list(
        "supplier__merged_into", "supplier", "user__first_name", "user__last_name"
    ):
        names[survivor or supplier].add(f"{first} {last}".strip())
    return names


def _prepared(versions: QuerySet[ReportVersion]) -> list[Prepared]:
    related = versions.select_related("report__round", "report__supplier__merged_into", "submitted_by")
    held = list(related.order_by("report__supplier__name", "report"))
    answers = _answers(held)
    marks, decided = marks_and_resolutions([answer for rows in answers.values() for answer in rows])
    names = names_by_supplier(version.report.supplier.survivor_id for version in held)
    public, withdrawn = _editions(held)
    found = []
    for version in held:
        people = names[version.report.supplier.survivor_id] | {version.handed_in_by}
        rows = [
            public_answer(
                row, marks.get((version.report_id, row.question_id), []), decided.get(row.pk, []), found_in(row, people)
            )
            for row in answers[version.pk]
        ]
        found.append(Prepared(version, tuple(rows), public.get(version.report_id), withdrawn.get(version.report_id)))
    return found


def _answers(versions: list[ReportVersion]) -> Mapping[int, list[Answer]]:
    found: dict[int, list[Answer]] = defaultdict(list)
    rows = Answer.objects.filter(version__in=versions).select_related("question__target_group", "version")
    for row in sorted(rows, key=lambda row: place_in_report(row.question)):
        if row.is_answered:
            found[row.version_id].append(row)
    return found


def _editions(versions: list[ReportVersion]) -> tuple[dict[int, ReportEdition], dict[int, ReportEdition]]:
    rows = ReportEdition.objects.filter(report__in={version.report_id for version in versions})
    ordered = list(rows.select_related("published_by", "withdrawn_by").defer("content", "text").order_by("pk"))
    public = {row.report_id: row for row in ordered if row.is_public}
    return public, {row.report_id: row for row in ordered if not row.is_public}


def _content(version: ReportVersion, answers: Iterable[PublicAnswer]) -> editions.Content:
    sections: dict[str, list[editions.AnswerContent]] = {}
    for row in answers:
        title = str(row.answer.question.target_group or GENERAL)
        content = editions.answer_content(
            key=row.answer.question.key,
            question=row.answer.wording,
            pieces=row.pieces,
            grounds=_grounds(row),
            is_relevant=bool(row.answer.text),
        )
        sections.setdefault(title, []).append(content)
    report = version.report
    return {
        "round": report.round.title,
        "year": report.round.year,
        "supplier": report.supplier.name,
        "cvr": report.supplier.cvr,
        "handed_in_on": timezone.localdate(version.submitted_at).isoformat(),
        "sections": [{"title": title, "answers": rows} for title, rows in sections.items()],
    }


def _grounds(row: PublicAnswer) -> list[str]:
    standing = [each.withholding for each in row.marks if each.withholding.decision != WithholdingDecision.PUBLISHED]
    found = [GROUNDS[WithholdingKind(each.kind)] for each in standing]
    if row.is_redacted or any(each.is_open for each in row.findings):
        found.append(editions.PERSONAL)
    return found
