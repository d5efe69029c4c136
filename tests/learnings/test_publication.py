from __future__ import annotations

import pytest

from learnings.publication import PublicPiece, public_pieces

TEXT = "Vi ringer til Kim. Kim ringer tilbage."


def shown(text: str, *withheld: str) -> list[tuple[str, bool]]:
    return [(piece.text, piece.is_withheld) for piece in public_pieces(text, withheld)]


def test_without_marks_all_is_published() -> None:
    assert shown(TEXT) == [(TEXT, False)]
    assert public_pieces("", []) == ()


def test_every_place_where_the_words_stand_is_kept_out() -> None:
    assert shown(TEXT, "Kim") == [
        ("Vi ringer til ", False),
        ("Kim", True),
        (". ", False),
        ("Kim", True),
        (" ringer tilbage.", False),
    ]


def test_marks_that_touch_or_overlap_are_one() -> None:
    assert shown("en to tre", "en to", "to tre") == [("en to tre", True)]
    assert shown("en to tre", "en", "en to") == [("en to", True), (" tre", False)]


@pytest.mark.parametrize("passage", ["", "Kim Nord"])
def test_the_whole_answer_is_kept_out_when_it_is_marked_or_the_words_are_gone(passage: str) -> None:
    assert public_pieces(TEXT, [passage]) == (PublicPiece(TEXT, is_withheld=True),)
