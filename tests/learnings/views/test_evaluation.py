"""The staff's page of what suppliers say of the municipality: empty, waiting, told, and taken out as files."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client

from learnings.enums import RoundState
from learnings.models import EvaluationStatement, Round
from learnings.services import move_round
from tests.factories import EvaluationStatementFactory, QuestionFactory, RoundFactory
from tests.learnings.services.test_evaluation import hand_in_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement() -> EvaluationStatement:
    this_round = RoundFactory(year=2024)
    QuestionFactory(round=this_round, key="kontakt")
    return EvaluationStatementFactory(round=this_round, key="svartider", wording="Vi får svar i tide.")


def address(this_round: Round, more: str = "") -> str:
    return f"/admin/erfaringsopsamling/runder/{this_round.pk}/vurdering/{more}"


def close(statement: EvaluationStatement) -> Round:
    return move_round(Round.objects.get(pk=statement.round_id), to=RoundState.CLOSED, by=None)


def test_a_round_without_statements_offers_the_usual_ones(officer_client: Client) -> None:
    this_round = RoundFactory(state="draft")
    assert "Tilføj de sædvanlige udsagn" in officer_client.get(address(this_round)).content.decode()

    response = officer_client.post(address(this_round, "udsagn/"), follow=True)

    assert this_round.statements.count() == 4
    assert "De sædvanlige udsagn er tilføjet" in response.content.decode()
    again = officer_client.post(address(this_round, "udsagn/"), follow=True)
    assert "Runden har allerede udsagn" in again.content.decode()


def test_an_open_round_tells_how_many_and_nothing_else(statement: EvaluationStatement, officer_client: Client) -> None:
    hand_in_all(statement, 5, 5, 4, 4, 1)

    text = officer_client.get(address(statement.round)).content.decode()

    assert "5 af 5 leverandører har vurderet kommunen." in text
    assert "Svarene samles, når runden lukker" in text
    assert "Median" not in text
    assert "Bemærkning" not in text


def test_figures_have_a_picture_that_says_what_it_shows_and_a_table(
    statement: EvaluationStatement, reader_client: Client
) -> None:
    hand_in_all(statement, 5, 5, 4, 4, 1)
    this_round = close(statement)

    text = reader_client.get(address(this_round)).content.decode()

    assert "4 af 5 er enige. Median 4 på skalaen fra 1 til 5 (gennemsnit 3,8)." in text
    words = "5 leverandører har svaret. Helt uenig: 1, Uenig: 0, Hverken enig eller uenig: 0, Enig: 2, Helt enig: 2."
    assert f'role="img" aria-label="{words}"' in text
    assert "Bemærkning 1." in text
    assert "Leverandør" not in text.partition("Hvad de svarer")[2].partition("Tallene som tabel")[0]


def test_four_answers_are_no_figures_anywhere(statement: EvaluationStatement, officer_client: Client) -> None:
    hand_in_all(statement, 5, 5, 4, 1)
    this_round = close(statement)

    text = officer_client.get(address(this_round)).content.decode()

    assert "Punkter til dialog" in text
    assert "Median" not in text
    assert "Bemærkning" not in text
    assert "learnings-bar" not in text
    assert rows_of(officer_client, this_round)[1][:4] == ["Vi får svar i tide.", "svartider", "færre end fem", ""]


def rows_of(client: Client, this_round: Round) -> list[list[str]]:
    response = client.get(address(this_round, "hent/?format=csv"))
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_the_files_say_what_the_page_says(statement: EvaluationStatement, reader_client: Client) -> None:
    hand_in_all(statement, 5, 5, 4, 4, 1)
    this_round = close(statement)

    head, line = rows_of(reader_client, this_round)

    assert head[2] == "Leverandører, der har svaret"
    assert line == ["Vi får svar i tide.", "svartider", "5", "1", "0", "0", "2", "2", "4", "4,0", "3,8"]
    workbook = reader_client.get(address(this_round, "hent/"))
    assert workbook["Content-Type"].endswith("spreadsheetml.sheet")


def test_bringing_up_to_date_is_refused_with_a_sentence(statement: EvaluationStatement, officer_client: Client) -> None:
    hand_in_all(statement, 5, 5, 4, 4, 1)
    response = officer_client.post(address(statement.round, "opdater/"), follow=True)
    assert "Runden er ikke lukket endnu" in response.content.decode()
