"""One minimal factory for every model, in the order of the layers. Add yours under its app's heading."""

from __future__ import annotations

import datetime as dt
import itertools
from decimal import Decimal

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import Page, Site

from accounts.models import User
from cases.models import CaseTemplate, CommitteeCase, TemplateSection
from cms.models import CaseIndexPage, CasePage, HomePage, PublishedSnapshot, SiteSettings, StandardPage
from committees.models import Committee, CommitteeMeeting, Decision, DecisionPoint
from contracts.models import (
    Amendment,
    AwardCriterion,
    Bid,
    BidPrice,
    BidScore,
    CalendarFeed,
    Contract,
    ContractImport,
    ContractOption,
    ContractPrice,
    DeadlineSetting,
    Document,
    DocumentCategory,
    DocumentVersion,
    FrameworkAgreement,
    FrameworkOption,
    LegalBasis,
    Lot,
    LotPrice,
    Obligation,
    ObligationOccurrence,
    ObligationSet,
    ObligationTemplate,
    RegisterExport,
    ReminderRule,
    Service,
    Spend,
    SpendDelivery,
    TargetGroup,
    Tender,
    TenderLot,
    TenderPhase,
)
from desk.models import Dossier
from documents.models import Asset, Rendition, Snapshot
from jobs.models import Job
from learnings.models import (
    Answer,
    Attachment,
    CodeBook,
    CountWords,
    Discussion,
    DismissedSuggestion,
    EvaluationRelease,
    EvaluationStatement,
    EvidenceReview,
    Excerpt,
    ExperienceReport,
    Initiative,
    MainPoint,
    Question,
    Rating,
    Receipt,
    Recommendation,
    Reply,
    ReportEdition,
    ReportVersion,
    Resolution,
    Review,
    ReviewComment,
    Round,
    SecondReading,
    TenderInput,
    Theme,
    Wish,
    Withholding,
)
from notifications.models import Mail, MailLog, Notice, Preference
from records.models import SavedView, StagedSheet
from results.models import (
    BenefitGroup,
    CodeGroup,
    CountingRule,
    Delivery,
    Derivation,
    Measure,
    MeasureVersion,
    Observation,
    OutsideFigure,
    RegisterCode,
    ResultComment,
    SeriesBreak,
)
from suppliers.models import Contact, Invitation, Membership, Supplier, Unit
from suppliers.validators import is_cvr

_valid = filter(is_cvr, map(str, itertools.count(90_000_000)))
_cvrs: list[str] = []


def cvr(number: int) -> str:
    """Return the `number`-th eight-digit number from 90000000 that passes the CVR check; none is looked for twice."""
    _cvrs.extend(itertools.islice(_valid, max(0, number + 1 - len(_cvrs))))
    return _cvrs[number]


# --- accounts


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@kommune.example")
    first_name = "Kim"
    last_name = factory.Sequence(lambda n: f"Testesen {n}")


# --- jobs


class JobFactory(DjangoModelFactory):
    class Meta:
        model = Job

    kind = "test"
    key = factory.Sequence(lambda n: f"test-{n}")
    subject_id = "1"


# --- documents


class SnapshotFactory(DjangoModelFactory):
    class Meta:
        model = Snapshot

    subject = factory.SubFactory("tests.factories.SupplierFactory")
    number = factory.Sequence(lambda n: n + 1)
    tree = {}
    evidence = {}
    digest = factory.Sequence(lambda n: f"{n:064d}")


class RenditionFactory(DjangoModelFactory):
    class Meta:
        model = Rendition

    snapshot = factory.SubFactory(SnapshotFactory)
    audience = "public"
    format = "html"
    file = factory.django.FileField(data=b"<html></html>", filename="case.html")
    sha256 = "0" * 64
    size_bytes = 13


class AssetFactory(DjangoModelFactory):
    class Meta:
        model = Asset

    sha256 = factory.Sequence(lambda n: f"{n:064d}")
    media_type = "image/png"
    file = factory.django.FileField(data=b"png", filename="asset")


# --- notifications


class MailFactory(DjangoModelFactory):
    class Meta:
        model = Mail

    recipient = factory.SubFactory(UserFactory)
    kind = "digest"
    day = dt.date(2024, 1, 15)
    try_at = dt.datetime(2024, 1, 15, 7, tzinfo=dt.UTC)


class MailLogFactory(DjangoModelFactory):
    class Meta:
        model = MailLog

    mail = factory.SubFactory(MailFactory)
    to = "person@kommune.example"
    subject = "En påmindelse"
    body = "Husk fristen."
    kind = "digest"
    sent_at = dt.datetime(2024, 1, 15, 7, tzinfo=dt.UTC)


class NoticeFactory(DjangoModelFactory):
    class Meta:
        model = Notice

    recipient = factory.SubFactory(UserFactory)
    kind = "test"
    title = factory.Sequence(lambda n: f"Påmindelse {n}")
    url = "/admin/"
    cause = factory.Sequence(lambda n: f"test:{n}")


class PreferenceFactory(DjangoModelFactory):
    class Meta:
        model = Preference

    user = factory.SubFactory(UserFactory)


# --- records


class SavedViewFactory(DjangoModelFactory):
    class Meta:
        model = SavedView

    owner = factory.SubFactory(UserFactory)
    register = "suppliers.supplier"
    name = factory.Sequence(lambda n: f"Visning {n}")
    querystring = "ordering=name"


class StagedSheetFactory(DjangoModelFactory):
    class Meta:
        model = StagedSheet

    kind = "results.delivery"
    file = factory.django.FileField(data=b"measure;period", filename="resultater.csv")
    file_name = "resultater.csv"
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    facts = factory.LazyFunction(
        lambda: {"source": "DREAM", "extracted_on": "2023-08-07", "is_validated": True, "supersedes": None, "note": ""}
    )
    uploaded_by = factory.SubFactory(UserFactory)


# --- committees


class CommitteeFactory(DjangoModelFactory):
    class Meta:
        model = Committee

    code = factory.Sequence(lambda n: f"udvalg-{n}")
    name = factory.Sequence(lambda n: f"Udvalg {n}")
    administration = "Forvaltningen"


class CommitteeMeetingFactory(DjangoModelFactory):
    class Meta:
        model = CommitteeMeeting

    committee = factory.SubFactory(CommitteeFactory)
    held_on = factory.Sequence(lambda n: dt.date(2024, 1, 22) + dt.timedelta(days=n))
    agenda_deadline_on = factory.LazyAttribute(lambda meeting: meeting.held_on - dt.timedelta(days=14))


class DecisionFactory(DjangoModelFactory):
    class Meta:
        model = Decision

    code = factory.Sequence(lambda n: f"beslutning-{n}")
    meeting = factory.SubFactory(CommitteeMeetingFactory)
    title = "Bestilling af faktaark"
    text = "Udvalget bestilte et faktaark."


class DecisionPointFactory(DjangoModelFactory):
    class Meta:
        model = DecisionPoint

    decision = factory.SubFactory(DecisionFactory)
    number = factory.Sequence(lambda n: n + 1)
    text = "Resultater"


# --- suppliers


class SupplierFactory(DjangoModelFactory):
    class Meta:
        model = Supplier

    cvr = factory.Sequence(cvr)
    name = factory.Sequence(lambda n: f"Leverandør {n}")


class MembershipFactory(DjangoModelFactory):
    """Of somebody who is on no side of the table yet; `suppliers.services.add_member` keeps that, too."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory, is_external=True)
    supplier = factory.SubFactory(SupplierFactory)
    role = "administrator"


class InvitationFactory(DjangoModelFactory):
    class Meta:
        model = Invitation

    supplier = factory.SubFactory(SupplierFactory)
    email = factory.Sequence(lambda n: f"inviteret{n}@leverandoer.example")
    role = "viewer"
    expires_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=14))
    asked_at = factory.LazyFunction(lambda: timezone.now() - dt.timedelta(hours=1))


class ContactFactory(DjangoModelFactory):
    class Meta:
        model = Contact

    supplier = factory.SubFactory(SupplierFactory)
    name = factory.Sequence(lambda n: f"Kontakt Eksempelsen {n}")


class UnitFactory(DjangoModelFactory):
    class Meta:
        model = Unit

    supplier = factory.SubFactory(SupplierFactory)
    name = factory.Sequence(lambda n: f"Afdeling {n}")


# --- contracts


class TargetGroupFactory(DjangoModelFactory):
    class Meta:
        model = TargetGroup

    code = factory.Sequence(lambda n: f"maalgruppe-{n}")
    name = factory.Sequence(lambda n: f"Målgruppe {n}")


class ServiceFactory(DjangoModelFactory):
    class Meta:
        model = Service

    code = factory.Sequence(lambda n: f"ydelse-{n}")
    name = factory.Sequence(lambda n: f"Ydelse {n}")


class FrameworkAgreementFactory(DjangoModelFactory):
    class Meta:
        model = FrameworkAgreement

    code = factory.Sequence(lambda n: f"ramme-{n}")
    name = factory.Sequence(lambda n: f"Rammeaftale {n}")
    starts_on = dt.date(2020, 7, 1)
    ends_on = None
    effective_ends_on = factory.SelfAttribute("ends_on")


class LotFactory(DjangoModelFactory):
    class Meta:
        model = Lot
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"delaftale-{n}")
    framework = factory.SubFactory(FrameworkAgreementFactory)
    name = factory.Sequence(lambda n: f"Delaftale {n}")


class ContractFactory(DjangoModelFactory):
    """A contract that both sides have signed; its end follows the one without options."""

    class Meta:
        model = Contract

    # Far from the numbers that tests give, however many rows a worker has made.
    number = factory.Sequence(lambda n: f"K-{n + 100_000}")
    supplier = factory.SubFactory(SupplierFactory)
    lot = factory.SubFactory(LotFactory)
    starts_on = dt.date(2020, 7, 1)
    ends_on = None
    effective_ends_on = factory.SelfAttribute("ends_on")
    signed_by_municipality_on = dt.date(2020, 5, 4)
    signed_by_supplier_on = dt.date(2020, 5, 6)


class FrameworkOptionFactory(DjangoModelFactory):
    class Meta:
        model = FrameworkOption

    framework = factory.SubFactory(FrameworkAgreementFactory)
    number = factory.Sequence(lambda n: n + 1)
    length_months = 12


class ContractOptionFactory(DjangoModelFactory):
    class Meta:
        model = ContractOption

    contract = factory.SubFactory(ContractFactory)
    number = factory.Sequence(lambda n: n + 1)
    length_months = 12


class LotPriceFactory(DjangoModelFactory):
    class Meta:
        model = LotPrice

    lot = factory.SubFactory(LotFactory)
    service = factory.SubFactory(ServiceFactory)
    unit = "pr. uge"
    price_dkk = 1450


class ContractPriceFactory(DjangoModelFactory):
    class Meta:
        model = ContractPrice

    contract = factory.SubFactory(ContractFactory)
    service = factory.SubFactory(ServiceFactory)
    unit = "pr. uge"
    price_dkk = 1450


class TenderFactory(DjangoModelFactory):
    """A tender without its phases: `tests.contracts.tenders.tender` makes a whole one through the services."""

    class Meta:
        model = Tender
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"udbud-{n}")
    name = factory.Sequence(lambda n: f"Udbud {n}")


class TenderPhaseFactory(DjangoModelFactory):
    class Meta:
        model = TenderPhase

    tender = factory.SubFactory(TenderFactory)
    kind = "preparation"


class TenderLotFactory(DjangoModelFactory):
    class Meta:
        model = TenderLot
        skip_postgeneration_save = True

    tender = factory.SubFactory(TenderFactory)
    code = factory.Sequence(lambda n: f"delaftale-{n}")
    name = factory.Sequence(lambda n: f"Delaftale {n}")


class AwardCriterionFactory(DjangoModelFactory):
    class Meta:
        model = AwardCriterion

    tender = factory.SubFactory(TenderFactory)
    name = factory.Sequence(lambda n: f"Kriterium {n}")
    weight_percent = 100


class BidFactory(DjangoModelFactory):
    class Meta:
        model = Bid

    tender_lot = factory.SubFactory(TenderLotFactory)
    supplier = factory.SubFactory(SupplierFactory)


class BidPriceFactory(DjangoModelFactory):
    class Meta:
        model = BidPrice

    bid = factory.SubFactory(BidFactory)
    service = factory.SubFactory(ServiceFactory)
    unit = "pr. uge"
    price_dkk = 1450


class BidScoreFactory(DjangoModelFactory):
    class Meta:
        model = BidScore

    bid = factory.SubFactory(BidFactory)
    criterion = factory.SubFactory(AwardCriterionFactory)
    points = 8


class DocumentCategoryFactory(DjangoModelFactory):
    class Meta:
        model = DocumentCategory

    name = factory.Sequence(lambda n: f"Dokumenttype {n}")


class DocumentFactory(DjangoModelFactory):
    class Meta:
        model = Document

    contract = factory.SubFactory(ContractFactory)
    category = factory.SubFactory(DocumentCategoryFactory)
    title = factory.Sequence(lambda n: f"Dokument {n}")


class DocumentVersionFactory(DjangoModelFactory):
    class Meta:
        model = DocumentVersion

    document = factory.SubFactory(DocumentFactory)
    number = factory.Sequence(lambda n: n + 1)
    file = factory.django.FileField(data=b"%PDF-1.7", filename="kontrakt.pdf")
    file_name = "kontrakt.pdf"
    media_type = "application/pdf"
    sha256 = factory.Sequence(lambda n: f"{n:064d}")
    size_bytes = 8


class DeadlineSettingFactory(DjangoModelFactory):
    class Meta:
        model = DeadlineSetting
        django_get_or_create = ("kind",)

    kind = "option"
    administration_days = 60


class ReminderRuleFactory(DjangoModelFactory):
    class Meta:
        model = ReminderRule

    kind = "option"
    days = 30


class CalendarFeedFactory(DjangoModelFactory):
    class Meta:
        model = CalendarFeed

    user = factory.SubFactory(UserFactory)


class LegalBasisFactory(DjangoModelFactory):
    class Meta:
        model = LegalBasis

    code = factory.Sequence(lambda n: f"hjemmel-{n}")
    name = factory.Sequence(lambda n: f"Hjemmel {n}")
    limit_percent = 10


class AmendmentFactory(DjangoModelFactory):
    class Meta:
        model = Amendment

    contract = factory.SubFactory(ContractFactory)
    number = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Ændring {n}")
    legal_basis = factory.SubFactory(LegalBasisFactory)
    rationale = "Flere borgere end ventet."
    effective_on = dt.date(2021, 7, 1)


class ObligationSetFactory(DjangoModelFactory):
    class Meta:
        model = ObligationSet
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Krav {n}")


class ObligationTemplateFactory(DjangoModelFactory):
    class Meta:
        model = ObligationTemplate

    obligation_set = factory.SubFactory(ObligationSetFactory)
    title = factory.Sequence(lambda n: f"Krav {n}")
    days_after_start = 30


class ObligationFactory(DjangoModelFactory):
    class Meta:
        model = Obligation

    contract = factory.SubFactory(ContractFactory)
    title = factory.Sequence(lambda n: f"Forpligtelse {n}")
    first_due_on = dt.date(2021, 3, 1)


class ObligationOccurrenceFactory(DjangoModelFactory):
    class Meta:
        model = ObligationOccurrence

    obligation = factory.SubFactory(ObligationFactory)
    due_on = dt.date(2021, 3, 1)


class ContractImportFactory(DjangoModelFactory):
    class Meta:
        model = ContractImport

    file_name = "kontrakter.xlsx"
    sha256 = factory.Sequence(lambda n: f"{n:064d}")
    size_bytes = 1000


class RegisterExportFactory(DjangoModelFactory):
    class Meta:
        model = RegisterExport

    requested_by = factory.SubFactory(UserFactory)


class SpendDeliveryFactory(DjangoModelFactory):
    class Meta:
        model = SpendDelivery

    source = "Økonomisystemet"
    file_name = "forbrug.csv"
    sha256 = factory.Sequence(lambda n: f"{n:064d}")
    extracted_on = dt.date(2021, 2, 1)


class SpendFactory(DjangoModelFactory):
    class Meta:
        model = Spend

    delivery = factory.SubFactory(SpendDeliveryFactory)
    contract = factory.SubFactory(ContractFactory)
    month = dt.date(2021, 1, 1)
    amount_dkk = 100_000
    referrals = 10


# --- results


class BenefitGroupFactory(DjangoModelFactory):
    class Meta:
        model = BenefitGroup
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"ydelsesgruppe-{n}")
    name = factory.Sequence(lambda n: f"Ydelsesgruppe {n}")
    order = factory.Sequence(lambda n: n)


class MeasureFactory(DjangoModelFactory):
    class Meta:
        model = Measure

    code = factory.Sequence(lambda n: f"maal_{n}")
    name = factory.Sequence(lambda n: f"Resultatmål {n}")
    column_label = factory.Sequence(lambda n: f"Antal borgere med resultat {n}")
    kind = "share"


class MeasureVersionFactory(DjangoModelFactory):
    class Meta:
        model = MeasureVersion

    measure = factory.SubFactory(MeasureFactory)
    code = "1"
    window = "To måneder efter afsluttet forløb"
    population = "Alle borgere med et forløb i perioden"
    counts = "Ordinært job og fleksjob"
    valid_from = dt.date(2020, 1, 1)


class CodeGroupFactory(DjangoModelFactory):
    class Meta:
        model = CodeGroup

    code = factory.Sequence(lambda n: f"kodegruppe-{n}")
    name = factory.Sequence(lambda n: f"Kodegruppe {n}")


class RegisterCodeFactory(DjangoModelFactory):
    class Meta:
        model = RegisterCode

    code = factory.Sequence(lambda n: f"{n + 1000}")
    label = factory.Sequence(lambda n: f"Kode {n}")
    group = factory.SubFactory(CodeGroupFactory)


class CountingRuleFactory(DjangoModelFactory):
    class Meta:
        model = CountingRule

    measure_code = factory.Sequence(lambda n: f"maal_{n}")
    version = "1"
    name = factory.Sequence(lambda n: f"Resultatmål {n}")
    column_label = "Antal borgere med resultat"
    counted_by = "plan_date"
    window_months = 6
    person_rule = "any_course"
    valid_from = dt.date(2020, 1, 1)


class DerivationFactory(DjangoModelFactory):
    class Meta:
        model = Derivation

    courses_name = "forloeb.csv"
    register_name = "register.csv"
    as_of = dt.date(2023, 6, 30)
    source = "DREAM og Fasit"
    extracted_on = dt.date(2023, 6, 30)


class DeliveryFactory(DjangoModelFactory):
    class Meta:
        model = Delivery

    file_name = "resultater.csv"
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    size_bytes = 1000
    source = "DREAM og Fasit"
    extracted_on = dt.date(2023, 8, 7)


class ObservationFactory(DjangoModelFactory):
    class Meta:
        model = Observation

    delivery = factory.SubFactory(DeliveryFactory)
    measure_version = factory.SubFactory(MeasureVersionFactory)
    unit = "persons"
    period_start = dt.date(2022, 1, 1)
    period_end = dt.date(2022, 12, 31)
    denominator = 100
    outcomes = 40


class ResultCommentFactory(DjangoModelFactory):
    class Meta:
        model = ResultComment

    supplier = factory.SubFactory(SupplierFactory)
    measure = factory.SubFactory(MeasureFactory)
    period_start = dt.date(2022, 1, 1)
    period_end = dt.date(2022, 12, 31)
    text = "Vi har fået flere borgere henvist end ventet."
    written_by = factory.SubFactory(UserFactory)


class SeriesBreakFactory(DjangoModelFactory):
    class Meta:
        model = SeriesBreak

    takes_effect_on = dt.date(2025, 7, 1)
    name = factory.Sequence(lambda n: f"Lovændring {n}")
    explanation = "Ydelserne er lagt sammen."


class OutsideFigureFactory(DjangoModelFactory):
    class Meta:
        model = OutsideFigure

    measure = factory.SubFactory(MeasureFactory)
    area = "Hele landet"
    period_start = dt.date(2022, 1, 1)
    period_end = dt.date(2022, 12, 31)
    share_percent = Decimal("31.5")
    what = "Job 3 måneder efter afsluttet forløb"
    source = "jobindsats.dk"
    retrieved_on = dt.date(2026, 1, 5)


# --- learnings


class CodeBookFactory(DjangoModelFactory):
    class Meta:
        model = CodeBook

    name = factory.Sequence(lambda n: f"Kodebog {n}")


class RoundFactory(DjangoModelFactory):
    class Meta:
        model = Round
        skip_postgeneration_save = True

    year = factory.Sequence(lambda n: 2040 + n % 60)  # later than any year that a test names itself
    title = factory.LazyAttribute(lambda row: f"Erfaringsopsamling {row.year}")
    opens_on = dt.date(2024, 2, 12)
    closes_on = dt.date(2024, 3, 22)
    code_book = factory.SubFactory(CodeBookFactory)
    state = "open"


class WishFactory(DjangoModelFactory):
    class Meta:
        model = Wish

    round = factory.SubFactory(RoundFactory)
    decision = factory.SubFactory(DecisionFactory)
    text = "Hvordan virker indsatsen for de unge?"


class QuestionFactory(DjangoModelFactory):
    class Meta:
        model = Question

    round = factory.SubFactory(RoundFactory)
    key = factory.Sequence(lambda n: f"spoergsmaal-{n}")
    wording = factory.Sequence(lambda n: f"Hvad har I erfaret om emne {n}?")
    order = factory.Sequence(lambda n: n)


class ExperienceReportFactory(DjangoModelFactory):
    class Meta:
        model = ExperienceReport

    round = factory.SubFactory(RoundFactory)
    supplier = factory.SubFactory(SupplierFactory)


class ReportVersionFactory(DjangoModelFactory):
    """A draft: what is submitted can get no answers."""

    class Meta:
        model = ReportVersion

    report = factory.SubFactory(ExperienceReportFactory)
    number = factory.Sequence(lambda n: n + 1)


class AnswerFactory(DjangoModelFactory):
    class Meta:
        model = Answer

    version = factory.SubFactory(ReportVersionFactory)
    question = factory.SubFactory(QuestionFactory, round=factory.SelfAttribute("..version.report.round"))
    wording = factory.SelfAttribute("question.wording")
    text = "En fast kontaktperson gør en forskel."


class EvaluationStatementFactory(DjangoModelFactory):
    class Meta:
        model = EvaluationStatement

    round = factory.SubFactory(RoundFactory)
    key = factory.Sequence(lambda n: f"udsagn-{n}")
    wording = factory.Sequence(lambda n: f"Kommunen svarer i tide ({n}).")
    order = factory.Sequence(lambda n: n)


class RatingFactory(DjangoModelFactory):
    class Meta:
        model = Rating

    version = factory.SubFactory(ReportVersionFactory)
    statement = factory.SubFactory(EvaluationStatementFactory)
    score = 4


class EvaluationReleaseFactory(DjangoModelFactory):
    class Meta:
        model = EvaluationRelease

    round = factory.SubFactory(RoundFactory)
    asked = 8


class ReviewFactory(DjangoModelFactory):
    class Meta:
        model = Review

    version = factory.SubFactory(ReportVersionFactory)
    outcome = "accepted"


class ReviewCommentFactory(DjangoModelFactory):
    class Meta:
        model = ReviewComment

    review = factory.SubFactory(ReviewFactory, outcome="sent_back")
    question = factory.SubFactory(QuestionFactory)
    text = "Skriv også, hvordan I kan se det."


class DiscussionFactory(DjangoModelFactory):
    class Meta:
        model = Discussion

    report = factory.SubFactory(ExperienceReportFactory)
    held_on = dt.date(2024, 5, 14)
    focus_points = "Fast kontaktperson"
    adjustments = "Kommunen svarer inden to dage."


class AttachmentFactory(DjangoModelFactory):
    class Meta:
        model = Attachment

    version = factory.SubFactory(ReportVersionFactory)
    file = factory.django.FileField(data=b"%PDF-1.7", filename="metode.pdf")
    file_name = "metode.pdf"
    media_type = "application/pdf"
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    size_bytes = 8


class ReceiptFactory(DjangoModelFactory):
    class Meta:
        model = Receipt

    version = factory.SubFactory(ReportVersionFactory)
    to = "indsender@leverandoer.example"


class WithholdingFactory(DjangoModelFactory):
    class Meta:
        model = Withholding

    report = factory.SubFactory(ExperienceReportFactory)
    question = factory.SubFactory(QuestionFactory, round=factory.SelfAttribute("..report.round"))
    passage = "fast kontaktperson"
    kind = "secret"
    reason = "Det er vores metode."


class ResolutionFactory(DjangoModelFactory):
    class Meta:
        model = Resolution

    answer = factory.SubFactory(AnswerFactory)
    start = factory.Sequence(int)
    end = factory.LazyAttribute(lambda row: row.start + 2)
    kind = "name"
    decision = "redacted"
    decided_at = factory.LazyFunction(timezone.now)


class ReportEditionFactory(DjangoModelFactory):
    class Meta:
        model = ReportEdition

    report = factory.SubFactory(ExperienceReportFactory)
    version = factory.SubFactory(ReportVersionFactory, report=factory.SelfAttribute("..report"))
    slug = "havgaard"
    content = factory.LazyFunction(lambda: {"sections": []})
    digest = factory.Sequence(lambda n: f"{n:064x}")


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = Theme

    code_book = factory.SubFactory(CodeBookFactory)
    name = factory.Sequence(lambda n: f"Tema {n}")


class ExcerptFactory(DjangoModelFactory):
    class Meta:
        model = Excerpt

    answer = factory.SubFactory(AnswerFactory)
    theme = factory.SubFactory(ThemeFactory, code_book=factory.SelfAttribute("..answer.version.report.round.code_book"))
    start = 0
    end = 22


class MainPointFactory(DjangoModelFactory):
    class Meta:
        model = MainPoint
        skip_postgeneration_save = True

    round = factory.SubFactory(RoundFactory)
    heading = factory.Sequence(lambda n: f"Hovedpointe {n}")
    text = "Leverandørerne peger på det samme."


class RecommendationFactory(DjangoModelFactory):
    class Meta:
        model = Recommendation
        skip_postgeneration_save = True

    round = factory.SubFactory(RoundFactory)
    heading = factory.Sequence(lambda n: f"Anbefaling {n}")
    text = "Leverandørerne anbefaler det samme."


class EvidenceReviewFactory(DjangoModelFactory):
    class Meta:
        model = EvidenceReview

    main_point = factory.SubFactory(MainPointFactory)
    evidence = factory.LazyFunction(lambda: {"suppliers": [], "answered": [], "excerpts": [], "outdated": []})


class TenderInputFactory(DjangoModelFactory):
    class Meta:
        model = TenderInput

    recommendation = factory.SubFactory(RecommendationFactory)
    tender = factory.SubFactory(TenderFactory)


class SecondReadingFactory(DjangoModelFactory):
    class Meta:
        model = SecondReading
        skip_postgeneration_save = True

    answer = factory.SubFactory(AnswerFactory)
    coder = factory.SubFactory(UserFactory)


class DismissedSuggestionFactory(DjangoModelFactory):
    class Meta:
        model = DismissedSuggestion

    answer = factory.SubFactory(AnswerFactory)
    theme = factory.SubFactory(ThemeFactory, code_book=factory.SelfAttribute("..answer.version.report.round.code_book"))
    start = 0
    end = 22


class CountWordsFactory(DjangoModelFactory):
    class Meta:
        model = CountWords

    round = factory.SubFactory(RoundFactory)


class ReplyFactory(DjangoModelFactory):
    class Meta:
        model = Reply

    recommendation = factory.SubFactory(RecommendationFactory)
    kind = "follow"
    reason = "Forvaltningen er enig."
    decided_by = "Forvaltningen"
    decided_on = dt.date(2024, 5, 21)


class InitiativeFactory(DjangoModelFactory):
    class Meta:
        model = Initiative

    recommendation = factory.SubFactory(RecommendationFactory)
    heading = factory.Sequence(lambda n: f"Tiltag {n}")
    text = "Det prøves af."


# --- cases


class CaseTemplateFactory(DjangoModelFactory):
    class Meta:
        model = CaseTemplate

    code = factory.Sequence(lambda n: f"skabelon-{n}")
    name = factory.Sequence(lambda n: f"Skabelon {n}")
    kind = "recommendation"


class TemplateSectionFactory(DjangoModelFactory):
    class Meta:
        model = TemplateSection

    template = factory.SubFactory(CaseTemplateFactory)
    key = factory.Sequence(lambda n: f"afsnit-{n}")
    heading = factory.Sequence(lambda n: f"Afsnit {n}")


class CommitteeCaseFactory(DjangoModelFactory):
    class Meta:
        model = CommitteeCase

    slug = factory.Sequence(lambda n: f"sag-{n}")
    title = factory.Sequence(lambda n: f"Sag {n}")
    short_title = factory.Sequence(lambda n: f"Sag {n}")
    template = factory.SubFactory(CaseTemplateFactory)
    committee = factory.SubFactory(CommitteeFactory)
    dated_on = dt.date(2023, 8, 14)


# --- cms


class PageFactory(DjangoModelFactory):
    """Puts a page below `parent`; without one below the root of all pages."""

    class Meta:
        abstract = True

    title = factory.Sequence(lambda n: f"Side {n}")
    slug = factory.Sequence(lambda n: f"side-{n}")

    @classmethod
    def _create(cls, model_class, *args, parent=None, **kwargs):
        return (parent or Page.objects.get(depth=1)).add_child(instance=model_class(*args, **kwargs))


class HomePageFactory(PageFactory):
    class Meta:
        model = HomePage


class CaseIndexPageFactory(PageFactory):
    class Meta:
        model = CaseIndexPage


class StandardPageFactory(PageFactory):
    class Meta:
        model = StandardPage


class CasePageFactory(PageFactory):
    class Meta:
        model = CasePage

    snapshot = factory.SubFactory(SnapshotFactory)
    dated_on = dt.date(2023, 8, 14)


class PublishedSnapshotFactory(DjangoModelFactory):
    class Meta:
        model = PublishedSnapshot

    page = factory.SubFactory(CasePageFactory)
    snapshot = factory.SelfAttribute("page.snapshot")


class SiteSettingsFactory(DjangoModelFactory):
    class Meta:
        model = SiteSettings

    site = factory.LazyFunction(lambda: Site.objects.get(is_default_site=True))


# --- desk


class DossierFactory(DjangoModelFactory):
    class Meta:
        model = Dossier

    subject_kind = "supplier"
    subject_id = 1
    title = factory.Sequence(lambda n: f"Leverandør {n}")
    requested_by = factory.SubFactory(UserFactory)
