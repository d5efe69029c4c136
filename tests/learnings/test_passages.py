from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from learnings.passages import find_passage, normalise, segments, stands_in, surroundings

TEXTS = st.text(st.sampled_from("abæ ø\n\t.é😀"), max_size=60)


@st.composite
def spans_of(draw: st.DrawFn) -> tuple[str, list[tuple[int, tuple[int, int]]]]:
    text = draw(TEXTS.filter(bool))
    borders = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(lambda pair: pair[0] != pair[1])
    spans = draw(st.lists(borders.map(lambda pair: (min(pair), max(pair))), max_size=6))
    return text, list(enumerate(spans))


@given(TEXTS, st.data())
def test_find_passage_finds_every_cut_of_a_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    passage = text[start:end]
    assume(passage.strip())

    lead = len(passage) - len(passage.lstrip())
    trail = len(passage) - len(passage.rstrip())

    assert (start + lead, end - trail) in find_passage(text, passage)


@given(TEXTS, TEXTS)
def test_find_passage_finds_only_what_says_the_same(text: str, passage: str) -> None:
    for start, end in find_passage(text, passage):
        assert text[start:end].split() == passage.split()


@given(TEXTS, TEXTS.filter(lambda text: text.strip()), TEXTS)
def test_a_passage_found_again_in_another_text_is_the_same_passage(before: str, passage: str, after: str) -> None:
    assert stands_in(f"{before} {passage} {after}", passage)


@pytest.mark.parametrize(
    ("text", "passage", "spans"),
    [
        ("Ro og ro igen", "ro", [(6, 8)]),
        ("ro, ro", "ro", [(0, 2), (4, 6)]),
        ("a a a", "a a", [(0, 3), (2, 5)]),
        ("to\n\nafsnit", "to afsnit", [(0, 10)]),
        ("to afsnit", " to \n afsnit ", [(0, 9)]),
        ("1.5 (ca.)", "(ca.)", [(4, 9)]),
        ("noget", "andet", []),
        ("noget", "  ", []),
        ("", "noget", []),
    ],
)
def test_find_passage(text: str, passage: str, spans: list[tuple[int, int]]) -> None:
    assert find_passage(text, passage) == spans


@given(spans_of())
def test_segments_are_the_text_and_know_their_passages(case: tuple[str, list[tuple[int, tuple[int, int]]]]) -> None:
    text, spans = case

    pieces = segments(text, spans)

    assert "".join(piece.text for piece in pieces) == text
    for key, (start, end) in spans:
        assert "".join(piece.text for piece in pieces if key in piece.keys) == text[start:end]


def test_segments_of_an_empty_text() -> None:
    assert segments("", []) == []


def test_normalise_gives_browsers_and_files_the_same_line_ends() -> None:
    assert normalise(" en\r\nto\rtre\n ") == "en\nto\ntre"


def test_surroundings_shows_where_the_text_goes_on() -> None:
    assert surroundings("et to tre fire fem", (6, 9), width=3) == "…to tre fi…"
    assert surroundings("et to", (0, 2), width=10) == "et to"


WORDS = st.lists(st.sampled_from(["fast", "kontakt", "og", "tid.", "æble", "🍎"]), min_size=1, max_size=12)
SPACE = st.sampled_from([" ", "\n", "  ", "\t"])


@given(WORDS, WORDS, WORDS, SPACE, SPACE, st.data())
def test_a_passage_found_in_a_new_version_says_the_same_words(
    before: list[str], kept: list[str], after: list[str], old_space: str, new_space: str, data: st.DataObject
) -> None:
    """A new version may add text around a passage and break its lines otherwise: it still stands, wherever it moved."""
    passage = old_space.join(kept)
    new_text = " ".join([*before, new_space.join(kept), *after])

    spans = find_passage(new_text, passage)

    assert spans
    assert all(new_text[start:end].split() == passage.split() for start, end in spans)
    assert stands_in(new_text, passage)


@given(WORDS, st.integers(0, 200), st.integers(0, 200))
def test_a_span_that_lies_in_the_text_cuts_it_at_the_same_places(words: list[str], one: int, two: int) -> None:
    text = " ".join(words)
    start, end = sorted((min(one, len(text)), min(two, len(text))))

    pieces = segments(text, [(1, (start, end))] if start < end else [])

    assert "".join(piece.text for piece in pieces) == text
    assert "".join(piece.text for piece in pieces if piece.keys) == text[start:end]
