from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from learnings.models import Discussion, ExperienceReport
from learnings.queries import state_of
from learnings.services import accept, extend, send_back, start_report
from tests.factories import DiscussionFactory, ExperienceReportFactory, RoundFactory
from tests.learnings.views.conftest import World
from tests.learnings.world import DUE, supplier_on
from tests.records.forms import posted

pytestmark = pytest.mark.django_db


def page(client: Client, report: ExperienceReport) -> str:
    return client.get(reverse("learnings:report_show", args=[report.pk])).content.decode()


def test_a_report_is_accepted_and_the_acceptance_taken_back(world: World, officer_client: Client) -> None:
    report = world.version.report

    officer_client.post(reverse("learnings:report_accept", args=[report.pk]))
    assert "Tag godkendelsen tilbage" in page(officer_client, report)

    officer_client.post(reverse("learnings:review_take_back", args=[report.pk]))
    assert "Godkend rapporten" in page(officer_client, report)


def test_accepting_twice_is_told(world: World, officer_client: Client) -> None:
    accept(world.version.report, by=None)

    address = reverse("learnings:report_accept", args=[world.version.report_id])
    response = officer_client.post(address, follow=True)

    assert "er allerede godkendt" in response.content.decode()


def test_a_report_is_sent_back_with_comments_that_stand_beside_the_answers(
    world: World, officer_client: Client
) -> None:
    report = world.version.report
    sent = {"message": "Næsten.", f"comment_{world.question.pk}": "Hvordan kan I se det?"}

    officer_client.post(reverse("learnings:report_send_back", args=[report.pk]), sent)

    shown = page(officer_client, report)
    assert "Næsten." in shown
    assert "Hvordan kan I se det?" in shown
    assert state_of(ExperienceReport.objects.get(pk=report.pk)) == "sent_back"


def test_sending_back_without_a_word_is_refused_on_the_page(world: World, officer_client: Client) -> None:
    address = reverse("learnings:report_send_back", args=[world.version.report_id])

    assert "Skriv, hvad der skal ændres" in officer_client.post(address, {"message": ""}).content.decode()


def test_more_time_stands_in_the_overview_and_is_taken_back(world: World, officer_client: Client) -> None:
    supplier = supplier_on(name="Ålborg Værksted")
    address = reverse("learnings:report_extend", args=[world.round.pk, supplier.pk])

    officer_client.post(address, {"until": "2024-04-05", "reason": "Flytning"})

    overview = officer_client.get(reverse("learnings:round_show", args=[world.round.pk])).content.decode()
    assert "5. april 2024" in overview
    assert "Flytning" in overview
    report = ExperienceReport.objects.get(supplier=supplier)
    officer_client.post(reverse("learnings:extension_take_back", args=[report.pk]))
    report.refresh_from_db()
    assert report.extended_to is None


def test_a_day_that_gives_no_more_time_is_refused_beside_it(world: World, officer_client: Client) -> None:
    address = reverse("learnings:report_extend", args=[world.round.pk, world.version.report.supplier_id])

    response = officer_client.post(address, {"until": "2024-03-22", "reason": "Flytning"})

    assert "Vælg en senere dag" in response.context["form"].errors["until"][0]


def test_a_discussion_is_noted_changed_and_shown(world: World, officer_client: Client) -> None:
    report = world.version.report
    address = reverse("learnings:discussion_edit", args=[report.pk])
    for text in ("Fast kontaktperson", "Lønnede timer"):
        officer_client.post(address, posted(officer_client, address, held_on="2024-05-14", focus_points=text))

    assert Discussion.objects.get().history.count() == 2
    assert "Lønnede timer" in page(officer_client, report)


def test_last_years_discussion_stands_beside_the_report(world: World, officer_client: Client) -> None:
    report = world.version.report
    earlier = RoundFactory(year=report.round.year - 1, title="Runden før")
    DiscussionFactory(
        report=ExperienceReportFactory(round=earlier, supplier=report.supplier), adjustments="Svar inden to dage"
    )

    assert "Svar inden to dage" in page(officer_client, report)


def test_a_corrected_question_shows_both_wordings(world: World, officer_client: Client) -> None:
    world.question.wording = "Hvad gør den største forskel?"
    world.question.save()

    shown = page(officer_client, world.version.report)
    assert "Hvad gør en forskel?" in shown
    assert "Spørgsmålet er rettet siden: Hvad gør den største forskel?" in shown


def rows(client: Client, world: World, which: str) -> list[str]:
    address = reverse("learnings:round_show", args=[world.round.pk])
    return [row.supplier.name for row in client.get(address, {"show": which}).context["rows"]]


def test_the_overview_is_narrowed_down_and_counts(world: World, officer_client: Client) -> None:
    first, second = world.version.report, world.other_version.report
    accept(first, by=None)
    send_back(second, comments={}, message="Skriv mere.", by=None)
    DiscussionFactory(report=first)
    silent = supplier_on(name="Ålborg Værksted")
    start_report(world.round, silent, by=None)
    extend(world.round, silent, until=DUE + dt.timedelta(days=14), reason="Flytning", by=None)

    assert rows(officer_client, world, "accepted") == [first.supplier.name]
    assert rows(officer_client, world, "sent_back") == [second.supplier.name]
    assert rows(officer_client, world, "missing") == rows(officer_client, world, "extended") == [silent.name]
    assert rows(officer_client, world, "undiscussed") == [second.supplier.name]
    assert len(rows(officer_client, world, "without_team")) == len(rows(officer_client, world, "nonsense")) == 3


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_narrowed_down_is_taken_out(world: World, officer_client: Client, kind: str) -> None:
    accept(world.version.report, by=None)
    address = reverse("learnings:round_export", args=[world.round.pk])

    response = officer_client.get(address, {"show": "accepted", "format": kind})

    content = b"".join(response.streaming_content) if response.streaming else response.content
    assert f".{kind}" in response["Content-Disposition"]
    if kind == "csv":
        lines = content.decode("utf-8-sig").splitlines()
        assert [line.partition(";")[0] for line in lines] == ["Leverandør", world.version.report.supplier.name]
    else:
        assert content.startswith(b"PK")
