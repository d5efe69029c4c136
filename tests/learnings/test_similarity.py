"""Passages like others, found by stems of Danish words."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from learnings.similarity import alike, most_like, sentences, stems

FIXED = "En fast kontaktperson gør en forskel."


def test_endings_do_not_matter_and_small_words_are_left_out() -> None:
    assert stems("Borgeren og borgerne") == stems("borgernes borgere")
    assert stems("det er og var ikke") == []


def test_what_says_the_same_in_other_endings_is_likest() -> None:
    found = most_like([FIXED], ["Vejret var godt den dag.", "Faste kontaktpersoner er en hjælp.", "En bil kører."])

    assert [like.place for like in found] == [1]
    assert 0 < found[0].score <= 1


def test_nothing_is_like_nothing() -> None:
    assert most_like([], [FIXED]) == []
    assert most_like(["og det er"], [FIXED]) == []
    assert most_like([FIXED], []) == []


def test_groups_hold_every_text_once() -> None:
    texts = [FIXED, "Vejret er dårligt om vinteren.", "En fast kontaktperson giver tryghed."]

    assert alike(texts) == [[0, 2], [1]]
    assert alike(["og", "at"]) == [[0], [1]]
    assert alike([]) == []


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    text = "Vi hjælper fx. dem med pga. sygdom. De skal have tid.\nOk. Et nyt afsnit uden punktum"

    assert [text[slice(*span)] for span in sentences(text)] == [
        "Vi hjælper fx. dem med pga. sygdom.",
        "De skal have tid.",
        "Et nyt afsnit uden punktum",
    ]


@given(st.text(alphabet="abæ .!?\n\r1A", max_size=80))
def test_sentences_are_spans_of_the_text_in_order_that_do_not_overlap(text: str) -> None:
    spans = sentences(text)

    assert all(text[slice(*span)] == text[slice(*span)].strip() for span in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
