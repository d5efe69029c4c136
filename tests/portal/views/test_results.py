"""A supplier's own results: its figures, of the others what its contract shares, its own words, and the file."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.test import Client
from django.utils.html import escape

from contracts.enums import SharingLevel
from documents.formats import HIDDEN
from results.models import ResultComment
from results.periods import year
from suppliers.enums import MemberRole
from suppliers.services import add_member
from tests.conftest import client_for
from tests.factories import DeliveryFactory, LotFactory, UserFactory
from tests.results.comparison.conftest import *  # noqa: F403
from tests.results.comparison.conftest import NOW, Market

OTHERS = ("Birkemose", "Klintekær", "Lyngtoft")


def fill(market: Market, level: str, others: tuple[str, ...] = OTHERS) -> None:
    """Havgård with a contract that shares at a level, and the others with figures in the same lot."""
    market.contract("Havgård", sharing=SharingLevel(level))
    market.figure("Havgård", market.sick, 40, 100)
    market.figure("Havgård", market.resource, 12, 60)
    for place, name in enumerate(others):
        market.contract(name)
        market.figure(name, market.sick, 30 + place, 100 + place)
        market.figure(name, market.resource, 9 + place, 70)


def client_of(market: Market, name: str = "Havgård", role: str = MemberRole.EDITOR) -> Client:
    person = UserFactory()
    add_member(market.supplier(name), user=person, role=role, by=None)
    return client_for(person)


def top(market: Market, page: str = "", name: str = "Havgård") -> str:
    return f"/portal/{market.supplier(name).pk}/resultater/{page}"


def read(client: Client, address: str, **asked: str) -> str:
    response = client.get(address, asked)
    assert response.status_code == 200
    return response.content.decode()


def file_of(client: Client, market: Market, **asked: str) -> list[list[str]]:
    response = client.get(top(market, "hent/"), asked)
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_own_figures_stand_in_sentence_picture_table_and_file(market: Market):
    fill(market, SharingLevel.NAMED)
    client = client_of(market)
    page = read(client, top(market))
    assert "Havgård: 52 af 160 (32,5 %)" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert page.count('role="img"') == 8  # two funnels, forest and mix, each wide and narrow
    assert "Havgård (egne tal)" in page
    assert "Hent tallene" in page
    rows = file_of(client, market)
    assert [row[:4] for row in rows[1:4]] == [
        ["Havgård", "Sum af grupper", "160", "52"],
        ["Havgård", "Ressourceforløb", "60", "12"],
        ["Havgård", "Sygemeldte", "100", "40"],
    ]


@pytest.mark.parametrize(
    ("level", "named", "told"),
    [
        (SharingLevel.NAMED, True, "deler leverandørernes resultater i udbudsområdet med navn"),
        (SharingLevel.UNNAMED, False, "deler de øvriges resultater uden navne"),
        (SharingLevel.POOLED, False, "som ét tal for dem alle"),
        (SharingLevel.NONE, False, "deler ikke de øvriges resultater"),
    ],
)
def test_the_others_are_seen_as_the_contract_shares_them(market: Market, level: str, named: bool, told: str):
    fill(market, level)
    client = client_of(market)
    page = read(client, top(market))
    assert told in page
    assert {name in page for name in OTHERS} == {named}
    assert {any(name in cell for row in file_of(client, market) for cell in row) for name in OTHERS} == {named}


@pytest.mark.parametrize("level", [SharingLevel.UNNAMED, SharingLevel.POOLED])
def test_two_others_are_not_shown_since_one_could_be_found_by_subtraction(market: Market, level: str):
    fill(market, level, OTHERS[:2])
    client = client_of(market)
    page = read(client, top(market)).replace("\N{NO-BREAK SPACE}", " ")
    assert "Anden leverandør" not in page
    assert "Alle leverandører" not in page
    rows = file_of(client, market)
    assert {row[0] for row in rows[1:]} == {"Havgård"}
    hidden = [str(value) for value in (30, 31, 101, 161, 201, 301, 170)]  # the others', and sums with theirs
    cells = {cell for row in rows for cell in row}
    assert not cells & set(hidden)


def test_own_counts_of_few_are_its_own_and_give_no_share(market: Market):
    market.contract("Havgård")
    market.figure("Havgård", market.sick, 1, 3)
    market.figure("Havgård", market.resource, 30, 60)
    client = client_of(market)
    few = next(row for row in file_of(client, market) if row[1] == "Sygemeldte")
    assert few[2:5] == ["3", "1", ""]
    page = read(client, top(market))
    assert ">50,0<" in page  # of the larger group
    assert "33,3" not in page


def test_what_is_small_of_another_is_covered_on_the_page_and_in_the_file_and_not_drawn(market: Market):
    fill(market, SharingLevel.NAMED)
    market.contract("Omkørslen")
    market.figure("Omkørslen", market.sick, 2, 50)
    client = client_of(market)
    page, rows = read(client, top(market)), file_of(client, market)
    small = next(row for row in rows if row[0] == "Omkørslen")
    assert small[2:5] == ["50", HIDDEN, HIDDEN]
    assert "handler om få personer" in page
    funnels = re.findall(r"<svg xmlns.*?</svg>", page, re.DOTALL)[:4]
    assert [">Omkørslen<" in each for each in funnels] == [False] * 4
    assert ">Birkemose<" in funnels[0]


def test_the_address_is_the_choice_and_another_measure_does_not_exist(market: Market):
    fill(market, SharingLevel.NONE)
    lot = LotFactory(code="2", framework=market.framework)
    market.figure("Havgård", market.sick, 7, 30, lot=lot)
    market.figure("Birkemose", market.sick, 7, 30, lot=LotFactory(code="3", framework=market.framework))
    client = client_of(market)
    asked = {"maal": "job_2m", "omraade": f"delaftale-{lot.pk}", "periode": NOW.code}
    assert "7 af 30" in read(client, top(market), **asked)
    assert [row[2] for row in file_of(client, market, **asked)[1:]] == ["30"]
    for strange in ({"maal": "andet"}, {"omraade": f"delaftale-{lot.pk + 1}"}, {"periode": "2019"}):
        for page in ("", "hent/", "kommentar/"):
            assert client.get(top(market, page), {**asked, **strange}).status_code == 404, (strange, page)


def test_a_choice_without_figures_says_so_and_keeps_the_form(market: Market):
    fill(market, SharingLevel.NONE)
    lot = LotFactory(code="2", framework=market.framework)
    market.figure("Havgård", market.sick, 7, 30, lot=lot, period=year(2022))
    client = client_of(market)
    page = read(client, top(market), omraade=f"delaftale-{lot.pk}", periode=NOW.code)
    assert "I har ingen tal for dette resultatmål" in page
    assert client.get(top(market, "hent/"), {"omraade": f"delaftale-{lot.pk}", "periode": NOW.code}).status_code == 404


def test_without_figures_the_page_says_when_they_come(market: Market):
    market.contract("Havgård")
    market.figure("Havgård", market.sick, 7, 30, delivery=DeliveryFactory(is_validated=False))
    client = client_of(market)
    page = read(client, top(market))
    assert "Kommunen har endnu ingen validerede tal for jer" in page
    assert "<select" not in page
    assert client.get(top(market, "hent/")).status_code == 404


def test_a_comment_is_written_shown_beside_the_figures_and_changed(market: Market):
    fill(market, SharingLevel.NONE)
    client = client_of(market)
    assert "I har ikke skrevet en kommentar" in read(client, top(market))
    for text in ("Færre henviste end ventet.", "Mange var <b>sygemeldte</b>."):
        response = client.post(top(market, "kommentar/"), {"text": text})
        assert (response.status_code, response["Location"].split("?")[0]) == (302, top(market))
        assert escape(text) in read(client, response["Location"])
    comment = ResultComment.objects.get()
    assert (comment.supplier, comment.lot, comment.is_on_behalf) == (market.supplier("Havgård"), market.lot, False)
    assert comment.history.count() == 2
    assert "sygemeldte" in read(client, top(market, "kommentar/"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Skriv jeres kommentar, eller annullér."),
        ("Borgeren 010190-1234 er i job.", "CPR-nummer"),
        ("x" * 2001, "må være på 2000"),
    ],
)
def test_a_comment_that_cannot_be_saved_keeps_its_text_and_says_why(market: Market, text: str, told: str):
    fill(market, SharingLevel.NONE)
    response = client_of(market).post(top(market, "kommentar/"), {"text": text})
    page = response.content.decode()
    assert response.status_code == 200
    assert told in page
    assert text in page
    assert not ResultComment.objects.exists()


def test_a_viewer_reads_and_may_not_write(market: Market):
    fill(market, SharingLevel.NONE)
    viewer = client_of(market, role=MemberRole.VIEWER)
    assert "Skriv kommentar" not in read(viewer, top(market))
    assert viewer.get(top(market, "kommentar/")).status_code == 403
    assert viewer.post(top(market, "kommentar/"), {"text": "Nej"}).status_code == 403
    assert not ResultComment.objects.exists()


@pytest.mark.parametrize("page", ["", "hent/", "kommentar/"])
def test_another_supplier_finds_nothing(market: Market, page: str):
    fill(market, SharingLevel.NAMED)
    other = client_of(market, "Birkemose")
    assert other.get(top(market, page)).status_code == 404
    assert other.post(top(market, "kommentar/"), {"text": "Vores"}).status_code == 404
    asked = {"omraade": f"delaftale-{market.lot.pk}", "maal": "job_2m", "periode": NOW.code}
    assert other.get(top(market, page), asked).status_code == 404
    assert not ResultComment.objects.exists()


def test_anothers_comment_is_not_on_the_page(market: Market):
    fill(market, SharingLevel.NAMED)
    client_of(market, "Birkemose").post(top(market, "kommentar/", "Birkemose"), {"text": "Vi er de bedste."})
    assert ResultComment.objects.count() == 1
    assert "de bedste" not in read(client_of(market), top(market))


@pytest.mark.parametrize("others", [3, 5])
def test_the_number_of_queries_does_not_follow_the_rows(market: Market, others: int, django_assert_num_queries):
    fill(market, SharingLevel.NAMED, tuple(f"L{place}" for place in range(others)))
    client = client_of(market)
    read(client, top(market))
    with django_assert_num_queries(29):
        read(client, top(market))
