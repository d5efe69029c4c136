"""What is posted on the pages around the coding desk: each does its one thing and leads back."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from learnings.models import CountWords, DismissedSuggestion, Excerpt, SecondReading, TenderInput, Theme
from learnings.services import accept
from tests.factories import TenderFactory, ThemeFactory
from tests.learnings.views.conftest import World

pytestmark = pytest.mark.django_db


def at(name: str, pk: int) -> str:
    return reverse(f"learnings:{name}", args=[pk])


def test_a_suggestion_is_accepted_dismissed_and_suggested_again(world: World, officer_client: Client) -> None:
    place = {"theme": world.theme.pk, "start": 3, "end": 7}
    address = at("suggestion_judge", world.answer.pk)

    officer_client.post(address, {**place, "verdict": "dismiss"})
    assert DismissedSuggestion.objects.get().theme == world.theme
    officer_client.post(address, {**place, "verdict": "again"})
    assert not DismissedSuggestion.objects.exists()
    response = officer_client.post(address, {**place, "verdict": "accept"})
    assert response.url == f"{at('suggesting', world.round.pk)}?theme={world.theme.pk}"
    assert Excerpt.objects.get(was_suggested=True).passage == "fast"
    officer_client.post(address, {"verdict": "accept"})
    assert Excerpt.objects.filter(was_suggested=True).count() == 1


def test_themes_are_merged(world: World, officer_client: Client) -> None:
    into = ThemeFactory(code_book=world.round.code_book, name="Relation")
    address = at("theme_merge", world.theme.pk)

    refused = officer_client.post(address, {"into": world.theme.pk})
    assert refused.context["form"].errors
    response = officer_client.post(address, {"into": into.pk})
    assert response.url == f"{at('themes', world.round.pk)}?theme={into.pk}"
    assert list(Theme.objects.all()) == [into]


def test_a_second_coder_reads_one_answer_after_the_other(world: World, officer_client: Client, officer: User) -> None:
    first = at("reading", world.answer.pk)

    response = officer_client.post(first, {"theme": [world.theme.pk], "is_read": "True"})
    assert response.url == at("reading", world.other_version.answers.get().pk)
    response = officer_client.post(response.url, {"is_read": "True"})
    assert response.url == at("agreement", world.round.pk)
    assert [row.themes.count() for row in SecondReading.objects.filter(coder=officer)] == [1, 0]
    assert officer_client.get(response.url).context["agreements"][0].answers == 2


def test_the_last_coding_is_undone_from_the_desk(world: World, officer_client: Client) -> None:
    officer_client.post(at("excerpt_add", world.answer.pk), {"theme": world.theme.pk, "passage": "forskel"})

    response = officer_client.post(at("coding_undo", world.round.pk), {})
    assert response.url == f"{at('coding', world.round.pk)}?answer={world.answer.pk}"
    assert Excerpt.objects.count() == 2
    again = officer_client.post(at("coding_undo", world.round.pk), {}, follow=True)
    assert "fortryde" in " ".join(map(str, again.context["messages"]))


def test_the_words_of_counts_are_changed(world: World, officer_client: Client) -> None:
    data = {"several_from_percent": 60, "most_above_percent": 55, "loaded_version": ""}

    refused = officer_client.post(at("count_words", world.round.pk), data)
    assert refused.context["form"].errors
    officer_client.post(at("count_words", world.round.pk), {**data, "several_from_percent": 40})
    assert CountWords.objects.get().several_from_percent == 40
    assert "40 procent" in officer_client.get(at("counting", world.round.pk)).content.decode()


def test_a_main_point_is_published_looked_through_and_withdrawn(world: World, officer_client: Client) -> None:
    early = officer_client.post(at("main_point_publish", world.point.pk), follow=True)
    assert "hviler på indberetninger, der ikke er godkendt endnu" in early.content.decode()
    accept(world.version.report, by=None)

    for name, is_published in (("publish", True), ("review", True), ("withdraw", False)):
        response = officer_client.post(at(f"main_point_{name}", world.point.pk))
        world.point.refresh_from_db()
        assert response.url == f"{at('main_points', world.round.pk)}#point-{world.point.pk}"
        assert world.point.is_published is is_published


def test_a_recommendation_is_handed_on_and_judged_on_the_tenders_page(world: World, officer_client: Client) -> None:
    tender = TenderFactory()
    officer_client.post(at("hand_on", world.recommendation.pk), {"tender": tender.pk})
    item = TenderInput.objects.get(tender=tender)
    page = at("tender_inputs", tender.pk)
    assert page in officer_client.get(reverse("tenders:criteria", args=[tender.pk])).content.decode()

    for note, state in (("", "waiting"), ("Uden for udbuddet.", "not_used")):
        data = {f"{item.pk}-state": "not_used", f"{item.pk}-note": note}
        response = officer_client.post(at("tender_input_judge", item.pk), data)
        item.refresh_from_db()
        assert (response.url, item.state) == (f"{page}#input-{item.pk}", state)


def test_similar_passages_become_a_recommendation(world: World, officer_client: Client) -> None:
    world.recommendation.excerpts.clear()

    page = officer_client.get(at("gathering", world.round.pk), {"theme": world.theme.pk})
    ((group, url),) = page.context["groups"]
    assert len(group) == 2
    chosen = officer_client.get(url).context["form"].chosen_excerpts()
    assert set(chosen) == set(group)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "qdpx"])
def test_coding_is_exported_shown_and_read_in_again(world: World, officer_client: Client, kind: str) -> None:
    content = b"".join(officer_client.get(at("exchange_download", world.round.pk), {"format": kind}))
    for row in (world.point, world.recommendation):
        row.excerpts.clear()
    Excerpt.objects.all().delete()

    uploaded = SimpleUploadedFile(f"kodning.{kind}", content)
    response = officer_client.post(at("exchange_upload", world.round.pk), {"file": uploaded})
    preview = officer_client.get(response.url)
    assert len(preview.context["plan"].new) == 2
    assert not Excerpt.objects.exists()
    staged = preview.context["staged"].pk
    officer_client.post(at("exchange_confirm", world.round.pk), {"staged": staged, "verdict": "confirm"})
    assert {row.passage for row in Excerpt.objects.all()} == {"fast kontaktperson"}


def test_a_wrong_file_and_an_unknown_format_are_refused(world: World, officer_client: Client) -> None:
    wrong = SimpleUploadedFile("kodning.qdpx", b"PK nonsense")

    page = officer_client.post(at("exchange_upload", world.round.pk), {"file": wrong})
    assert page.context["form"].errors
    address = at("exchange_download", world.round.pk)
    assert officer_client.get(address, {"format": "exe"}).status_code == 404
