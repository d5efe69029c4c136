from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from learnings.models import ExperienceReport, Question, ReportVersion
from learnings.services import DraftAnswer, save_draft_answers, start_report
from tests.factories import QuestionFactory, SupplierFactory
from tests.learnings.views.conftest import World, build
from tests.learnings.world import FIXED, hand_in, supplier_on, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def question() -> Question:
    return QuestionFactory(key="kontakt", wording="Hvad gør en forskel?")


@pytest.fixture
def report(question: Question) -> ExperienceReport:
    return start_report(question.round, supplier_on(name="Anker"), by=None)


def show_url(report: ExperienceReport) -> str:
    return reverse("learnings:report_show", args=[report.pk])


def edit_url(report: ExperienceReport) -> str:
    return reverse("learnings:report_edit", args=[report.pk])


def fields(question: Question, *, text: str = "", reason: str = "", revision: int = 0, **more: Any) -> dict[str, Any]:
    return {f"text_{question.pk}": text, f"reason_{question.pk}": reason, "revision": revision, **more}


def test_starting_a_report_leads_to_its_form(question: Question, officer_client: Client) -> None:
    supplier = supplier_on()

    response = officer_client.post(reverse("learnings:report_start", args=[question.round.pk, supplier.pk]))

    assert response.url == edit_url(ExperienceReport.objects.get(supplier=supplier))


def test_a_supplier_without_a_contract_gets_no_report(question: Question, officer_client: Client) -> None:
    address = reverse("learnings:report_start", args=[question.round.pk, SupplierFactory().pk])

    response = officer_client.post(address, follow=True)

    assert not ExperienceReport.objects.exists()
    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_a_draft_is_saved_with_gaps(report: ExperienceReport, question: Question, officer_client: Client) -> None:
    QuestionFactory(round=report.round)

    response = officer_client.post(edit_url(report), fields(question, text=FIXED, save="1"))

    assert response.url == edit_url(report)
    assert report.versions.get().answers.get(question=question).text == FIXED


def test_a_report_is_submitted_on_behalf_of_the_supplier(
    report: ExperienceReport, question: Question, officer_client: Client, officer: User
) -> None:
    data = fields(
        question, text=FIXED, submit="1", handed_in_by="Lone", note="Pr. mail", submitted_at="2024-03-19 14:12"
    )

    response = officer_client.post(edit_url(report), data)

    version = report.versions.get()
    assert response.url == show_url(report)
    assert (version.submitted_by, version.handed_in_by, version.note) == (officer, "Lone", "Pr. mail")
    assert version.submitted_at is not None
    assert version.submitted_at.isoformat() == "2024-03-19T13:12:00+00:00"


def test_what_is_missing_is_listed_and_what_was_written_is_kept(
    report: ExperienceReport, question: Question, officer_client: Client
) -> None:
    other = QuestionFactory(round=report.round, wording="Hvad tager tid?")

    page = officer_client.post(edit_url(report), fields(question, text=FIXED, submit="1"))

    assert page.status_code == 200
    assert "Hvad tager tid?" in " ".join(page.context["form"].non_field_errors())
    assert FIXED in page.content.decode()
    assert report.versions.get().answers.get(question=question).text == FIXED
    # The form goes on from what was saved, so that the next attempt is no conflict.
    revision = page.context["form"]["revision"].value()
    again = officer_client.post(
        edit_url(report), fields(other, text="Et år.", revision=revision, submit="1") | {f"text_{question.pk}": FIXED}
    )
    assert again.url == show_url(report)


def test_two_writers_both_keep_their_text(report: ExperienceReport, question: Question, officer_client: Client) -> None:
    save_draft_answers(report, answers={question.pk: DraftAnswer("Den andens tekst.")}, by=None)

    page = officer_client.post(edit_url(report), fields(question, text="Min tekst.", save="1"))

    body = page.content.decode()
    assert "Den andens tekst." in body
    assert "Min tekst." in body
    assert report.versions.get().answers.get().text == "Den andens tekst."
    revision = page.context["form"]["revision"].value()
    officer_client.post(edit_url(report), fields(question, text="Begges tekst.", revision=revision, save="1"))
    assert report.versions.get().answers.get().text == "Begges tekst."


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"submitted_at": "2999-01-01 10:00"}, "submitted_at"),
        ({"revision": "x"}, "revision"),
        ({"note": "x" * 301}, "note"),
    ],
)
def test_an_invalid_form_is_shown_again(
    report: ExperienceReport, question: Question, officer_client: Client, changes: dict[str, str], field: str
) -> None:
    page = officer_client.post(edit_url(report), fields(question, text=FIXED, save="1") | changes)

    assert list(page.context["form"].errors) == [field]
    assert FIXED in page.content.decode()
    assert not ReportVersion.objects.exists()


def test_a_submitted_report_has_no_form(world: World, officer_client: Client) -> None:
    assert officer_client.get(edit_url(world.version.report)).url == show_url(world.version.report)


def test_a_change_begins_a_new_version_which_may_be_discarded(world: World, officer_client: Client) -> None:
    report = world.version.report

    response = officer_client.post(reverse("learnings:report_reopen", args=[report.pk]))
    assert response.url == edit_url(report)
    assert [version.number for version in report.versions.all()] == [1, 2]
    twice = officer_client.post(reverse("learnings:report_reopen", args=[report.pk]), follow=True)
    assert [message.level_tag for message in twice.context["messages"]] == ["error"]

    officer_client.post(reverse("learnings:report_discard", args=[report.pk]))
    assert [version.number for version in report.versions.all()] == [1]


def test_a_first_draft_is_not_discarded(report: ExperienceReport, officer_client: Client) -> None:
    write(report, kontakt=FIXED)

    response = officer_client.post(reverse("learnings:report_discard", args=[report.pk]), follow=True)

    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert report.versions.exists()


def test_the_report_shows_its_coded_passages(world: World, reader_client: Client) -> None:
    page = reader_client.get(show_url(world.version.report)).content.decode()

    assert '<mark title="Kontakt">fast kontaktperson</mark>' in page


def test_the_newest_submitted_version_is_shown_unless_another_is_asked_for(world: World, reader_client: Client) -> None:
    report = world.version.report
    hand_in(report.round, report.supplier, kontakt="To faste kontaktpersoner.")

    assert reader_client.get(show_url(report)).context["version"].number == 2
    assert reader_client.get(show_url(report), {"version": "1"}).context["version"] == world.version
    assert reader_client.get(show_url(report), {"version": "9"}).status_code == 404
    assert reader_client.get(show_url(report), {"version": "x"}).status_code == 404


def test_changes_between_versions_are_marked(world: World, reader_client: Client) -> None:
    report = world.version.report
    hand_in(report.round, report.supplier, kontakt="En fast kontakt gør en forskel.")

    page = reader_client.get(show_url(report), {"version": "2", "compare": "1"}).content.decode()

    assert "<del>kontaktperson</del><ins>kontakt</ins>" in page


def test_an_answer_that_became_a_reason_is_not_mixed_with_it(world: World, reader_client: Client) -> None:
    report = world.version.report
    hand_in(report.round, report.supplier, kontakt=DraftAnswer(not_applicable_reason="En gør det ikke længere."))

    page = reader_client.get(show_url(report), {"version": "2", "compare": "1"})

    (row,) = page.context["answers"]
    assert [(piece.kind, piece.text[-10:]) for piece in row.pieces] == [
        ("removed", FIXED[-10:]),
        ("added", "e længere."),
    ]


def test_a_later_version_is_not_late(world: World, reader_client: Client) -> None:
    report = world.version.report
    assert reader_client.get(show_url(report)).context["is_late"]
    hand_in(report.round, report.supplier, kontakt="Rettet.")

    assert not reader_client.get(show_url(report)).context["is_late"]


def test_markup_in_an_answer_is_text(report: ExperienceReport, reader_client: Client) -> None:
    hand_in(report.round, report.supplier, kontakt="<script>alert(1)</script>")

    page = reader_client.get(show_url(report)).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_report_that_is_only_begun_says_so(report: ExperienceReport, reader_client: Client) -> None:
    assert "learnings-empty" in reader_client.get(show_url(report)).content.decode()


@pytest.mark.parametrize("questions", [1, 3])
def test_the_number_of_queries_does_not_follow_the_questions(
    reader_client: Client, django_assert_num_queries: DjangoAssertNumQueries, questions: int
) -> None:
    world = build(suppliers=1)
    for number in range(questions - 1):
        QuestionFactory(round=world.round, key=f"q{number}", is_required=False)
    report = world.version.report
    hand_in(report.round, report.supplier, **{f"q{number}": FIXED for number in range(questions - 1)}, kontakt="Nyt.")
    reader_client.get(show_url(report))  # fills caches
    with django_assert_num_queries(19):
        reader_client.get(show_url(report))
