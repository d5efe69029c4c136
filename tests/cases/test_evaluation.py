from __future__ import annotations

import pytest

from cases.assembly.paper import assemble
from documents import tree as t
from documents.numbering import walk
from learnings.enums import RoundState
from learnings.models import EvaluationStatement, Round
from learnings.services import move_round
from tests.cases.papers import case_with
from tests.factories import EvaluationStatementFactory, QuestionFactory, RoundFactory
from tests.learnings.services.test_evaluation import hand_in_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement() -> EvaluationStatement:
    this_round = RoundFactory(year=2024)
    QuestionFactory(round=this_round, key="kontakt")
    return EvaluationStatementFactory(round=this_round, wording="Vi får svar i tide.")


def texts_of(this_round: Round) -> list[str]:
    paper = assemble(case_with({"type": "evaluation", "value": {"round": this_round.pk}}).newest_text())
    return [node.text for node in walk(paper.document) if isinstance(node, t.Text | t.Value)]


def close(statement: EvaluationStatement) -> Round:
    return move_round(Round.objects.get(pk=statement.round_id), to=RoundState.CLOSED, by=None)


def test_the_table_tells_of_suppliers_together(statement: EvaluationStatement) -> None:
    hand_in_all(statement, 5, 5, 4, 3, 1)

    texts = texts_of(close(statement))

    place = texts.index("Vi får svar i tide.")
    assert texts[place : place + 6] == ["Vi får svar i tide.", "5", "1", "1", "3", "4"]
    assert any(text.startswith("5 af 5 leverandører har vurderet") for text in texts)
    assert not any("Bemærkning" in text for text in texts)


def test_below_five_there_is_a_point_and_no_figure(statement: EvaluationStatement) -> None:
    hand_in_all(statement, 5, 5, 4, 3)

    texts = texts_of(close(statement))

    assert "Færre end fem leverandører har svaret på det følgende. Det tages op i dialogen med dem:" in texts
    assert texts[-1] == "Vi får svar i tide."


def test_an_open_round_says_nothing(statement: EvaluationStatement) -> None:
    hand_in_all(statement, 5, 5, 4, 3, 1)

    assert not any("leverandører" in text for text in texts_of(statement.round))
