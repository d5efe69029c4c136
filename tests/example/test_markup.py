from __future__ import annotations

import pytest

from example.markup import Piece, html_of, pieces_of


def pieces(body: str) -> list[Piece]:
    return list(pieces_of(body))


def test_paragraphs_and_lists_between_other_blocks_are_one_text() -> None:
    body = "\nFørste.\n\n- et\n- to\n\n### Overskrift\n\nSidst."
    assert pieces(body) == [
        Piece("text", "<p>Første.</p><ul><li>et</li><li>to</li></ul>"),
        Piece("subheading", "Overskrift"),
        Piece("text", "<p>Sidst.</p>"),
    ]


def test_a_token_on_a_line_of_its_own_is_a_block() -> None:
    assert pieces("[[results_table:plan]]\n\n[[sources]]") == [Piece("results_table", "plan"), Piece("sources")]


def test_at_points_take_the_sentence_that_they_continue() -> None:
    body = "Først noget.\n\nForvaltningen indstiller,\n\n1. at ét.\n2. at to."
    assert pieces(body) == [
        Piece("text", "<p>Først noget.</p>"),
        Piece("at_points", "Forvaltningen indstiller,", ("at ét.", "at to.")),
    ]


def test_other_numbered_points_are_a_list() -> None:
    assert pieces("1. et\n2. to") == [Piece("text", "<ol><li>et</li><li>to</li></ol>")]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**stærk** og svag", "<p><b>stærk</b> og svag</p>"),
        ("se [siden](https://x.example/a)", '<p>se <a href="https://x.example/a">siden</a></p>'),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("tal {i_job} her", "<p>tal {i_job} her</p>"),
        ("to\nlinjer", "<p>to</p><p>linjer</p>"),
    ],
)
def test_marks_within_a_line(text: str, html: str) -> None:
    assert html_of([text]) == html
