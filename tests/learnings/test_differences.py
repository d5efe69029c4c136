from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from learnings.differences import Kind, Piece, differences

TEXTS = st.text(st.sampled_from("ab æ\n"), max_size=40)


@given(TEXTS, TEXTS)
def test_the_pieces_are_both_texts(old: str, new: str) -> None:
    pieces = differences(old, new)

    assert "".join(piece.text for piece in pieces if piece.kind != Kind.ADDED) == old
    assert "".join(piece.text for piece in pieces if piece.kind != Kind.REMOVED) == new


def test_a_changed_word_is_removed_and_added() -> None:
    assert differences("Et fast hold", "Et nyt hold") == [
        Piece(Kind.SAME, "Et "),
        Piece(Kind.REMOVED, "fast"),
        Piece(Kind.ADDED, "nyt"),
        Piece(Kind.SAME, " hold"),
    ]


def test_the_same_text_has_no_differences() -> None:
    assert differences("Et fast hold", "Et fast hold") == [Piece(Kind.SAME, "Et fast hold")]
