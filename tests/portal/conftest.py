"""Two suppliers with a team, a contract and a shared document each: whatever the one sees, the other must not."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from contracts.models import Contract, Document, DocumentVersion
from learnings.models import (
    Attachment,
    EvaluationStatement,
    ExperienceReport,
    Question,
    ReportVersion,
    Round,
    Withholding,
)
from learnings.services import DraftAnswer, save_draft_answers, start_report, submit_report
from suppliers.enums import MemberRole
from suppliers.models import Invitation, Membership, Supplier
from suppliers.services import add_member
from tests.conftest import client_for
from tests.factories import (
    AttachmentFactory,
    BenefitGroupFactory,
    ContractFactory,
    DocumentFactory,
    DocumentVersionFactory,
    EvaluationStatementFactory,
    InvitationFactory,
    ObligationFactory,
    ObligationOccurrenceFactory,
    ObservationFactory,
    QuestionFactory,
    RatingFactory,
    RoundFactory,
    SupplierFactory,
    UserFactory,
    WithholdingFactory,
)
from tests.learnings.world import owe

THIS_YEAR = timezone.localdate().year
LAST_YEAR = THIS_YEAR - 1
OFFLINE = ("uden-forbindelse/", "uden-forbindelse/word/", "uden-forbindelse/regneark/")
REPORT_PAGES = ("", "afsnit/alle/", "vurdering/", "indsend/", "bilag/", "offentligt/", *OFFLINE)
SUBMITTED_PAGES = ("", "kvittering/", "kvittering/hent/")
RESULTS = ("resultater/", "resultater/hent/", "resultater/kommentar/")


@dataclass(frozen=True)
class Team:
    """One supplier with everything that its portal shows."""

    supplier: Supplier
    boss: Membership
    viewer: Membership
    contract: Contract
    document: Document
    version: DocumentVersion
    invitation: Invitation
    report: ExperienceReport
    question: Question
    statement: EvaluationStatement
    submitted: ReportVersion
    mark: Withholding
    file: Attachment

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every address below the supplier's number that is looked at."""
        top = f"/portal/{self.supplier.pk}/"
        pages = (
            "",
            "kontrakter/",
            f"kontrakter/{self.contract.pk}/",
            "dokumenter/",
            "team/",
            "team/inviter/",
            *RESULTS,
            "rapporter/",
            *(f"rapporter/{self.report.pk}/{page}" for page in REPORT_PAGES),
            f"rapporter/{self.report.pk}/bilag/{self.file.pk}/hent/",
            *(f"rapporter/{self.submitted.report_id}/version/1/{page}" for page in SUBMITTED_PAGES),
        )
        member = (f"team/{self.viewer.pk}/rolle/", f"team/{self.viewer.pk}/fjern/")
        return tuple(top + page for page in (*pages, f"dokumenter/hent/{self.version.pk}/", *member))

    @property
    def buttons(self) -> tuple[str, ...]:
        """Every address that is only sent to."""
        top = f"/portal/{self.supplier.pk}/team/invitation/{self.invitation.pk}"
        return (f"{top}/send/", f"{top}/traek-tilbage/", *self.report_buttons)

    @property
    def report_buttons(self) -> tuple[str, ...]:
        top = f"/portal/{self.supplier.pk}/rapporter"
        begin, answer = (
            f"{top}/runde/{self.report.round_id}/begynd/",
            f"{top}/{self.report.pk}/svar/{self.question.pk}/",
        )
        confirm = f"{top}/{self.report.pk}/uden-forbindelse/gem/"
        remove = f"{top}/{self.report.pk}/bilag/{self.file.pk}/fjern/"
        rating = f"{top}/{self.report.pk}/vurdering/{self.statement.pk}/"
        return (begin, answer, rating, confirm, remove, f"{top}/{self.mark.report_id}/offentligt/{self.mark.pk}/fjern/")


def make_team(name: str) -> Team:
    supplier = SupplierFactory(name=f"Leverandør {name}")
    people = [UserFactory(email=f"{role}@{name}.example", last_name=name) for role in ("chef", "laeser")]
    boss = add_member(supplier, user=people[0], role=MemberRole.ADMINISTRATOR, by=None)
    viewer = add_member(supplier, user=people[1], role=MemberRole.VIEWER, by=None)
    contract = ContractFactory(supplier=supplier, number=f"K-{name}")
    document = DocumentFactory(contract=contract, title=f"Bilag {name}", is_visible_to_supplier=True)
    version = DocumentVersionFactory(document=document)
    obligation = ObligationFactory(contract=contract, title=f"Send regnskab {name}", party="supplier")
    ObligationOccurrenceFactory(obligation=obligation, due_on=timezone.localdate() - dt.timedelta(days=3))
    invitation = InvitationFactory(supplier=supplier, email=f"ny@{name}.example")
    figures = {"framework": contract.lot.framework, "lot": contract.lot, "benefit_group": BenefitGroupFactory()}
    ObservationFactory(supplier=supplier, denominator=100, outcomes=25, **figures)
    owe_reports(contract)
    question = question_of(THIS_YEAR)
    report = start_report(question.round, supplier, by=None)
    submitted = handed_in(question_of(LAST_YEAR), supplier, text=f"En fast kontakt {name}.")
    draft = save_draft_answers(report, answers={}, by=None)
    file = AttachmentFactory(version=draft, file_name=f"metode {name}.pdf")
    mark = WithholdingFactory(report=submitted.report, question=question_of(LAST_YEAR), passage=f"kontakt {name}")
    statement = statement_of(question.round)
    RatingFactory(version=draft, statement=statement, comment=f"Hurtigere svar til {name}.")
    return Team(
        supplier,
        boss,
        viewer,
        contract,
        document,
        version,
        invitation,
        report,
        question,
        statement,
        submitted,
        mark,
        file,
    )


def statement_of(this_round: Round) -> EvaluationStatement:
    """Return the statement of a round: both suppliers rate the same."""
    return this_round.statements.first() or EvaluationStatementFactory(round=this_round, wording="Vi får svar i tide.")


def question_of(year: int) -> Question:
    """Return the question of a year's round: both suppliers are asked the same, in the same round."""
    days = {"opens_on": dt.date(year, 1, 1), "closes_on": dt.date(year, 12, 31)}
    this_round = Round.objects.filter(year=year).first() or RoundFactory(year=year, **days)
    return this_round.questions.first() or QuestionFactory(round=this_round, key="kontakt", wording="Hvad virker?")


def owe_reports(contract: Contract) -> None:
    obligation = owe(contract, due_on=dt.date(LAST_YEAR, 12, 31)).obligation
    ObligationOccurrenceFactory(obligation=obligation, due_on=dt.date(THIS_YEAR, 12, 31))


def handed_in(question: Question, supplier: Supplier, *, text: str) -> ReportVersion:
    report = start_report(question.round, supplier, by=None)
    save_draft_answers(report, answers={question.pk: DraftAnswer(text)}, by=None)
    return submit_report(report, by=None)


@pytest.fixture
def own(db: None) -> Team:
    return make_team("nord")


@pytest.fixture
def other(db: None) -> Team:
    return make_team("syd")


@pytest.fixture
def boss(own: Team) -> User:
    return own.boss.user


@pytest.fixture
def boss_client(own: Team) -> Client:
    return client_for(own.boss.user)


@pytest.fixture
def viewer_client(own: Team) -> Client:
    return client_for(own.viewer.user)
