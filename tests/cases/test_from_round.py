"""A case is written from a round, from the round's own page on, and says the same in every format."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases.assembly.paper import assemble
from cases.enums import PaperKind, RoundPart
from cases.from_round import parts_with_content, why_not, write_case
from cases.models import CommitteeCase
from cases.services import make_documents
from documents.enums import Audience, Format
from documents.numbering import numbered
from documents.services.rendering import render_snapshot
from documents.services.snapshots import evidence_for
from learnings.models import MainPoint
from learnings.services import withdraw_main_point
from tests.cases.papers import case_with, template_with, text_block
from tests.cases.rounds import SAID, Told, told_round
from tests.documents.readback import difference, squeezed
from tests.documents.readback.html import read_html
from tests.documents.readback.pdf import read_pdf
from tests.documents.readback.tree import read_tree
from tests.documents.readback.word import read_word
from tests.factories import (
    CommitteeCaseFactory,
    CommitteeFactory,
    DecisionPointFactory,
    RoundFactory,
    WishFactory,
    WithholdingFactory,
)

pytestmark = pytest.mark.django_db

KEYS = ("resume", "problemstilling", "loesning", "oekonomi", "bilag")
NAMES = ("Broen", "Havnen", "Skoven")


@pytest.fixture
def told() -> Told:
    return told_round(*NAMES)


def written(told: Told, by: User, *, keys: tuple[str, ...] = KEYS, parts=tuple(RoundPart), is_named=False, **fields):
    fields = {"template": template_with(*keys, kind=PaperKind.RECOMMENDATION), "title": "Sag om runden", **fields}
    new = CommitteeCaseFactory.build(committee=CommitteeFactory(), slug="", short_title="", **fields)
    return write_case(new, round=told.round, parts=parts, is_named=is_named, by=by)


def kinds_of(case: CommitteeCase) -> dict[str, list[str]]:
    return {
        child.value["title"] if child.block_type == "annex" else child.value["section"].key: [
            block.block_type for block in child.value["content"]
        ]
        for child in case.newest_text().body
    }


# --- the service


def test_a_case_is_written_with_its_sections_and_annex(told: Told, officer: User) -> None:
    case = written(told, officer)
    assert kinds_of(case) == {
        "resume": ["respondents"],
        "problemstilling": [],
        "loesning": [
            "subheading",
            "respondents",
            "subheading",
            "main_points",
            "text",
            "subheading",
            "recommendations",
            "subheading",
            "discussions",
            "subheading",
            "evaluation",
        ],
        "oekonomi": [],
        "bilag": ["annex_list"],
        "Leverandørernes svar, spørgsmål for spørgsmål": ["elaboration", "subheading", "recommendations"],
    }
    assert (case.live, case.from_round, case.slug, case.short_title) == (
        False,
        told.round,
        "sag-om-runden",
        "Sag om runden",
    )


def test_only_what_is_chosen_stands_in_it(told: Told, officer: User) -> None:
    case = written(told, officer, keys=("tekst",), parts=[RoundPart.MAIN_POINTS])
    assert kinds_of(case) == {"tekst": ["subheading", "main_points"]}


def test_the_decision_that_asked_for_the_round_is_answered_by_it(told: Told, officer: User) -> None:
    wish = WishFactory(round=told.round)
    point = DecisionPointFactory(decision=wish.decision)
    case = written(told, officer, requested_by=wish.decision)
    answers = {child.value["section"].key: list(child.value["answers"]) for child in case.newest_text().body[:-1]}
    assert (answers["loesning"], answers["resume"]) == ([point], [])
    assert kinds_of(case)["problemstilling"] == ["requested_points"]


def test_addresses_are_whole_words_and_free(told: Told, officer: User) -> None:
    title = "Erfaringsopsamling 2024: leverandørernes hovedpointer og anbefalinger til kommunen"
    slugs = [written(told, officer, title=title).slug for _number in range(3)]
    assert slugs == [f"erfaringsopsamling-2024-leverandoerernes{end}" for end in ("", "-2", "-3")]


def test_what_has_nothing_to_tell_is_not_chosen_beforehand(told: Told) -> None:
    assert RoundPart.EVALUATION not in parts_with_content(told.round)
    assert RoundPart.RECOMMENDATIONS in parts_with_content(told.round)


def test_an_open_round_and_one_without_published_main_points_are_refused(told: Told, officer: User) -> None:
    assert why_not(told.round) == ""
    withdraw_main_point(told.point, by=officer)
    assert "udgivet" in why_not(told.round)
    MainPoint.objects.all().delete()
    assert "når runden har en hovedpointe" in why_not(told.round)
    assert "når runden er lukket" in why_not(RoundFactory())
    with pytest.raises(ValidationError, match="hovedpointe"):
        written(told, officer)
    assert not CommitteeCase.objects.exists()


# --- every format


def test_every_format_says_the_same_and_nothing_withheld(told: Told, officer: User) -> None:
    WithholdingFactory(report=told.versions["Broen"].report, question=told.contact, passage="")
    case = written(told, officer)
    snapshot, _job = make_documents(case, by=officer)
    render_snapshot(str(snapshot.pk), lambda percent, message="": None)
    expected = read_tree(numbered(assemble(case.newest_text()).document))
    files = {each.format: each.read() for each in snapshot.renditions.filter(audience=Audience.PUBLIC)}

    assert difference(expected, read_html(files[Format.HTML].decode())) == ""
    assert difference(expected, read_word(files[Format.DOCX])) == ""
    assert difference(squeezed(expected), squeezed(read_pdf(files[Format.PDF]))) == ""
    assert SAID not in str(expected)
    public = json.dumps(evidence_for(snapshot, Audience.PUBLIC), ensure_ascii=False)
    assert not any(name in public for name in (*NAMES, SAID))


# --- pages


def page(client: Client, name: str, *args: object) -> str:
    return client.get(reverse(name, args=args)).text


def data_for(told: Told, **fields: object) -> dict[str, object]:
    template = template_with(*KEYS, kind=PaperKind.RECOMMENDATION)
    data = {"title": "Sag om runden", "template": template.pk, "committee": CommitteeFactory().pk}
    return {**data, "dated_on": "2024-05-27", "parts": RoundPart.values, "meeting": "", "requested_by": "", **fields}


def test_the_page_of_the_round_leads_to_it(told: Told, officer_client: Client, reader_client: Client) -> None:
    address = reverse("cases:write_round", args=[told.round.pk])
    assert address in page(officer_client, "learnings:round_show", told.round.pk)
    assert address not in page(reader_client, "learnings:round_show", told.round.pk)


def test_the_page_of_a_round_that_is_not_ready_says_why(officer_client: Client) -> None:
    this_round = RoundFactory()
    text = page(officer_client, "learnings:round_show", this_round.pk)
    assert "Der kan skrives en sag, når runden er lukket." in text
    assert reverse("cases:write_round", args=[this_round.pk]) not in text
    assert "Der kan skrives en sag, når runden er lukket." in page(officer_client, "cases:write_round", this_round.pk)


def test_the_form_writes_the_case_and_goes_to_its_text(told: Told, officer_client: Client, officer: User) -> None:
    response = officer_client.post(reverse("cases:write_round", args=[told.round.pk]), data_for(told))
    case = CommitteeCase.objects.get()
    assert response["Location"] == reverse("wagtailsnippets_cases_committeecase:edit", args=[case.pk])
    assert (case.from_round, case.case_officer) == (told.round, officer)


def test_the_form_says_what_is_wrong(told: Told, officer_client: Client) -> None:
    response = officer_client.post(
        reverse("cases:write_round", args=[told.round.pk]), data_for(told, title="", parts=[])
    )
    assert set(response.context["form"].errors) == {"title", "parts"}


def test_the_second_time_it_leads_to_the_first_case_and_may_make_another(
    told: Told, officer_client: Client, officer: User
) -> None:
    first = written(told, officer)
    text = page(officer_client, "cases:write_round", told.round.pk)
    assert f'href="{first.get_absolute_url()}"' in text
    officer_client.post(reverse("cases:write_round", args=[told.round.pk]), data_for(told))
    assert CommitteeCase.objects.filter(from_round=told.round).count() == 2


def test_a_reader_is_refused_and_a_round_that_is_not_there_is_not_found(
    told: Told, officer_client: Client, reader_client: Client
) -> None:
    assert reader_client.get(reverse("cases:write_round", args=[told.round.pk])).status_code != 200
    assert officer_client.get(reverse("cases:write_round", args=[0])).status_code == 404
    assert officer_client.get(reverse("cases:insert_round", args=[told.round.pk, "vejret"])).status_code == 404


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("round_show", "respondents"),
        ("round_show", "discussions"),
        ("counting", "elaboration"),
        ("main_points", "main_points"),
        ("recommendations", "recommendations"),
        ("evaluation", "evaluation"),
    ],
)
def test_each_part_can_be_put_into_a_case_by_itself(
    told: Told, officer_client: Client, officer: User, name: str, part: str
) -> None:
    case = case_with(text_block("<p>Godt.</p>"), by=officer)
    (section,) = case.newest_text().body
    address = reverse("cases:insert_round", args=[told.round.pk, part])
    assert address in page(officer_client, f"learnings:{name}", told.round.pk)
    assert officer_client.get(address).status_code == 200
    assert officer_client.post(address, {"place": f"{case.pk}:{section.id}"}).status_code == 302
    assert kinds_of(CommitteeCase.objects.get())["resultater"] == ["text", part]


def test_the_draft_shows_what_it_rests_on_before_there_are_documents(
    told: Told, reader_client: Client, officer: User
) -> None:
    case = written(told, officer)
    text = page(reader_client, "cases:draft_evidence", case.pk)
    assert "alle, 3 af 3 leverandører" in text
    assert f"#answer-{told.excerpts[0].answer_id}" in text
    assert reverse("cases:draft_evidence", args=[case.pk]) in page(reader_client, "cases:case", case.pk)
