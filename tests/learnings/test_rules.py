from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnings.enums import CountWord, RoundState
from learnings.rules import count_word, may_move

ORDER = [CountWord.NONE, CountWord.ONE, CountWord.FEW, CountWord.SEVERAL, CountWord.MOST, CountWord.ALL]


@pytest.mark.parametrize(
    ("count", "total", "word"),
    [
        (0, 0, "ingen"),
        (0, 8, "ingen"),
        (1, 8, "en enkelt"),
        (1, 2, "en enkelt"),
        (1, 1, "en enkelt"),
        (2, 9, "enkelte"),
        (2, 8, "flere"),
        (4, 8, "flere"),
        (5, 8, "de fleste"),
        (7, 8, "de fleste"),
        (8, 8, "alle"),
        (2, 2, "alle"),
    ],
)
def test_count_word(count: int, total: int, word: str) -> None:
    assert count_word(count, total) == word


@pytest.mark.parametrize(("count", "total"), [(-1, 3), (4, 3)])
def test_count_word_refuses_what_is_no_count(count: int, total: int) -> None:
    with pytest.raises(ValueError, match=f"got {count} of {total}"):
        count_word(count, total)


@given(st.integers(1, 500), st.data())
def test_one_supplier_more_is_never_a_weaker_word(total: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, total - 1))

    assert ORDER.index(count_word(count, total)) <= ORDER.index(count_word(count + 1, total))


def test_a_round_is_never_closed_before_it_was_open() -> None:
    assert not may_move(RoundState.DRAFT, RoundState.CLOSED)
    assert may_move(RoundState.DRAFT, RoundState.OPEN)
