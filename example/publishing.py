"""The reports of the last round as the public reads them, with what the suppliers and the municipality keep out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from accounts.enums import Role
from accounts.models import User
from example import files
from example.people import holder_of
from learnings.enums import WithholdingDecision, WithholdingKind
from learnings.models import ReportEdition, Round, Withholding
from learnings.queries import prepared_reports, report_in
from learnings.services import decide_withholding, publish_round, redact_words, withhold
from suppliers.models import Supplier

Row = Mapping[str, Any]


def load(year: int) -> None:
    """Publish the accepted reports of a year's round; one that is or was public stays as people have made it."""
    this_round, data, officer = (
        Round.objects.get(year=year),
        files.read(f"publication_{year}"),
        holder_of(Role.PROCUREMENT),
    )
    if ReportEdition.objects.filter(report__round=this_round).exists():
        return
    if not Withholding.objects.filter(report__round=this_round).exists():
        for row in data["withheld"]:
            _withhold(this_round, row, by=officer)
        for row in data["redacted"]:
            _redact(this_round, row, by=officer)
    ready = {row.report.pk: row.digest for row in prepared_reports(this_round) if row.is_ready}
    if ready:
        publish_round(this_round, digests=ready, by=officer)


def _withhold(this_round: Round, row: Row, *, by: User) -> None:
    report = report_in(this_round, _supplier(row))
    question = this_round.questions.get(key=row["question"])
    if report is None:
        return
    kind, decision = WithholdingKind(row["kind"]), WithholdingDecision(row["decision"])
    mark = withhold(report, question.pk, passage=row["passage"], kind=kind, reason=row["reason"], by=None)
    decide_withholding(mark, decision=decision, reason=row["decision_reason"], by=by)


def _redact(this_round: Round, row: Row, *, by: User) -> None:
    report = report_in(this_round, _supplier(row))
    version = report.versions.accepted().first() if report else None
    if version is not None:
        answer = version.answers.get(question__key=row["question"])
        redact_words(answer, row["words"], reason=row["reason"], by=by)


def _supplier(row: Row) -> Supplier:
    return Supplier.objects.get(cvr=files.read("register")["suppliers"][row["supplier"]]["cvr"]).survivor
