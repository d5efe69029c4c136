from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from learnings.models import Answer, ExperienceReport, FrozenError, ReportVersion
from tests.factories import (
    AnswerFactory,
    ExcerptFactory,
    ExperienceReportFactory,
    QuestionFactory,
    ReportVersionFactory,
    RoundFactory,
    ThemeFactory,
)
from tests.learnings.world import FIXED, answer_to, hand_in, supplier_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted() -> ReportVersion:
    this_round = RoundFactory()
    QuestionFactory(round=this_round, key="kontakt")
    return hand_in(this_round, supplier_on(), kontakt=FIXED)


def change_answer(version: ReportVersion) -> None:
    answer = version.answers.get()
    answer.text = "Noget andet."
    answer.save()


def change_version(version: ReportVersion) -> None:
    version.submitted_at = None
    version.save()


def add_answer(version: ReportVersion) -> None:
    Answer(version=version, question=QuestionFactory(round=version.report.round), wording="?").save()


@pytest.mark.parametrize(
    "change",
    [
        change_answer,
        change_version,
        add_answer,
        lambda version: version.answers.update(text="Noget andet."),
        lambda version: version.answers.all().delete(),
        lambda version: version.answers.get().delete(),
        lambda version: version.delete(),
        lambda version: ReportVersion.objects.filter(pk=version.pk).update(note="rettet"),
        lambda version: ReportVersion.objects.filter(pk=version.pk).delete(),
        lambda version: Answer.objects.bulk_update(version.answers.all(), ["text"]),
        lambda version: Answer.objects.bulk_create(
            [Answer(version=version, question=QuestionFactory(round=version.report.round), wording="?")]
        ),
    ],
)
def test_a_submitted_version_refuses_every_change(submitted: ReportVersion, change: object) -> None:
    before = list(submitted.answers.values())

    with pytest.raises(FrozenError), transaction.atomic():
        change(submitted)  # type: ignore[operator]

    assert list(submitted.answers.values()) == before
    assert ReportVersion.objects.submitted().filter(pk=submitted.pk).exists()


def test_a_draft_may_be_changed_and_discarded() -> None:
    answer = AnswerFactory()

    answer.text = "Noget andet."
    answer.save()
    answer.version.delete()

    assert not Answer.objects.exists()


def test_newest_is_the_last_submitted_version_of_each_report(submitted: ReportVersion) -> None:
    draft = ReportVersionFactory(report=submitted.report, number=2)

    assert list(ReportVersion.objects.newest()) == [submitted]

    draft.submitted_at = submitted.submitted_at
    draft.save()
    assert list(ReportVersion.objects.newest()) == [draft]


def test_a_report_has_one_draft() -> None:
    version = ReportVersionFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        ReportVersionFactory(report=version.report)


def test_a_supplier_has_one_report_in_a_round() -> None:
    report = ExperienceReportFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        ExperienceReportFactory(round=report.round, supplier=report.supplier)


def test_an_answer_is_a_text_or_a_reason_never_both() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        AnswerFactory(text="Ja.", not_applicable_reason="Vi har ingen unge.")


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3)])
def test_an_excerpt_is_not_empty(start: int, end: int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ExcerptFactory(start=start, end=end)


def test_a_theme_name_is_unique_in_its_code_book() -> None:
    theme = ThemeFactory()
    ThemeFactory(name=theme.name)

    with pytest.raises(IntegrityError), transaction.atomic():
        ThemeFactory(name=theme.name, code_book=theme.code_book)


def test_a_passage_is_cut_from_the_answer(submitted: ReportVersion) -> None:
    answer = answer_to(submitted, submitted.report.round.questions.get())

    assert ExcerptFactory(answer=answer, start=3, end=21).passage == FIXED[3:21]


def test_visible_to_shows_suppliers_nothing(submitted: ReportVersion, supplier_user: object, reader: object) -> None:
    for model in (ExperienceReport, ReportVersion, Answer):
        assert not model.objects.visible_to(supplier_user).exists()  # type: ignore[arg-type]
        assert model.objects.visible_to(reader).exists()  # type: ignore[arg-type]
