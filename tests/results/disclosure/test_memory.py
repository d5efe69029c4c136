"""The same question is answered once."""

import pytest
from django.core.cache import caches

from results.disclosure import Cell, Mark, Policy, decide, deciding, leaks

CELLS = [Cell("n", 731), Cell("x", 3, part_of="n")]
MARKS = {"n": Mark.SHOWN, "x": Mark.PRIMARY}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch):
    """How often something was decided anew, with nothing remembered in the process."""
    caches["decisions"].clear()
    questions = []
    once = deciding._decided_once

    def counted(*args):
        questions.append(args)
        return once(*args)

    def forget():
        deciding._decided.cache_clear()
        deciding._leaks.cache_clear()

    forget()
    monkeypatch.setattr(deciding, "_decided_once", counted)
    yield questions, forget
    forget()


def test_another_process_finds_the_answer_in_the_cache(asked):
    questions, forget = asked
    for _process in range(2):
        assert decide(CELLS, [], policy=Policy()) == MARKS
        assert leaks(CELLS, [], hidden=["x"], policy=Policy()) == []
        forget()
    assert len(questions) == 1


def test_other_numbers_and_other_policies_are_other_questions(asked):
    questions, _forget = asked
    decide(CELLS, [], policy=Policy())
    decide([CELLS[0], Cell("x", 2, part_of="n")], [], policy=Policy())
    assert decide(CELLS, [], policy=Policy(3))["x"] is Mark.SHOWN
    assert len(questions) == 3


def test_what_does_not_hang_together_is_asked_by_itself(asked):
    questions, _forget = asked
    decide(CELLS, [], policy=Policy())
    decide([*CELLS, Cell("other", 2)], [], policy=Policy())
    assert len(questions) == 2
