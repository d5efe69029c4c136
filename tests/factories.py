"""One minimal factory for every model, in the order of the layers. Add yours under its app's heading."""

from __future__ import annotations

import datetime as dt

import factory
from factory.django import DjangoModelFactory
from wagtail.models import Page, Site

from accounts.models import User
from cases.models import CaseTemplate, CommitteeCase, TemplateSection
from cms.models import CaseIndexPage, CasePage, HomePage, PublishedSnapshot, SiteSettings, StandardPage
from committees.models import Committee, CommitteeMeeting, Decision, DecisionPoint
from contracts.models import Contract, FrameworkAgreement, Lot, Service, TargetGroup
from documents.models import Asset, Rendition, Snapshot
from jobs.models import Job
from learnings.models import (
    Answer,
    CodeBook,
    Excerpt,
    ExperienceReport,
    Initiative,
    MainPoint,
    Question,
    Recommendation,
    Reply,
    ReportVersion,
    Round,
    Theme,
)
from records.models import SavedView
from results.models import BenefitGroup, Delivery, Measure, MeasureVersion, Observation, StagedUpload
from suppliers.models import Supplier
from suppliers.validators import CVR_WEIGHTS


def cvr(number: int) -> str:
    """Return the `number`-th eight-digit number from 90000000 that passes the CVR check."""
    candidate, found = 90_000_000, -1
    while True:
        digits = str(candidate)
        if sum(int(d) * w for d, w in zip(digits, CVR_WEIGHTS, strict=True)) % 11 == 0:
            found += 1
            if found == number:
                return digits
        candidate += 1


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


# --- records


class SavedViewFactory(DjangoModelFactory):
    class Meta:
        model = SavedView

    owner = factory.SubFactory(UserFactory)
    register = "suppliers.supplier"
    name = factory.Sequence(lambda n: f"Visning {n}")
    querystring = "ordering=name"


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


class LotFactory(DjangoModelFactory):
    class Meta:
        model = Lot
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"delaftale-{n}")
    framework = factory.SubFactory(FrameworkAgreementFactory)
    name = factory.Sequence(lambda n: f"Delaftale {n}")


class ContractFactory(DjangoModelFactory):
    class Meta:
        model = Contract

    number = factory.Sequence(lambda n: f"K-{n}")
    supplier = factory.SubFactory(SupplierFactory)
    lot = factory.SubFactory(LotFactory)
    starts_on = dt.date(2020, 7, 1)


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


class StagedUploadFactory(DjangoModelFactory):
    class Meta:
        model = StagedUpload

    file = factory.django.FileField(data=b"measure;period", filename="resultater.csv")
    file_name = "resultater.csv"
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    source = "DREAM og Fasit"
    extracted_on = dt.date(2023, 8, 7)
    uploaded_by = factory.SubFactory(UserFactory)


# --- learnings


class CodeBookFactory(DjangoModelFactory):
    class Meta:
        model = CodeBook

    name = factory.Sequence(lambda n: f"Kodebog {n}")


class RoundFactory(DjangoModelFactory):
    class Meta:
        model = Round
        skip_postgeneration_save = True

    year = factory.Sequence(lambda n: 2024 + n % 76)
    title = factory.LazyAttribute(lambda row: f"Erfaringsopsamling {row.year}")
    opens_on = dt.date(2024, 2, 12)
    closes_on = dt.date(2024, 3, 22)
    code_book = factory.SubFactory(CodeBookFactory)
    state = "open"


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
