"""An accepted report whose answer holds every kind of personal data, and what is done with it."""

from __future__ import annotations

from learnings.enums import FindingDecision
from learnings.models import Answer, ReportEdition, ReportVersion, Round
from learnings.queries import Finding, Prepared, prepared_report
from learnings.services import publish_report, redact_found, resolve
from learnings.services.findings import seen
from tests.factories import ContactFactory, QuestionFactory, RoundFactory
from tests.learnings.world import accepted, supplier_on

CPR, PHONE, EMAIL, NAME = "010190-1234", "22 33 44 55", "lone@havgaard.example", "Lone Tangvig"
PERSONAL = f"Ring til {NAME} på {PHONE}, skriv til {EMAIL}. Borgeren {CPR} fik job. Den faste kontakt virker."
HARMLESS = "En fast kontaktperson gør en forskel."


def asked_round(year: int = 2024) -> Round:
    this_round = RoundFactory(year=year, title=f"Erfaringer {year}")
    QuestionFactory(round=this_round, key="kontakt", wording="Hvad gør en forskel?")
    return this_round


def report_of(this_round: Round, *, name: str = "Havgård Jobudvikling", text: str = PERSONAL) -> ReportVersion:
    supplier = supplier_on(name=name)
    ContactFactory(supplier=supplier, name=NAME)
    return accepted(this_round, supplier, kontakt=text)


def prepared(version: ReportVersion) -> Prepared:
    found = prepared_report(version.report)
    assert found is not None
    return found


def found(version: ReportVersion, kind: str) -> Finding:
    return next(each for each in prepared(version).findings if each.kind == kind)


def answer_of(version: ReportVersion) -> Answer:
    return version.answers.get()


def decide(version: ReportVersion, kind: str, decision: FindingDecision, *, reason: str = "Det er aftalt.") -> None:
    finding = found(version, kind)
    looked_at = seen(finding.resolution)
    resolve(answer_of(version), finding.span, decision=decision, reason=reason, looked_at=looked_at, by=None)


def published(version: ReportVersion) -> ReportEdition:
    """Keep everything out that is found, and publish the report."""
    if prepared(version).open_findings:
        redact_found(version.report, by=None)
    return publish_report(version.report, digest=prepared(version).digest, by=None)
