from __future__ import annotations

import datetime as dt

from documents import tree as t
from documents.enums import Audience
from documents.formats import HIDDEN, HIDDEN_NOTE
from documents.numbering import numbered, walk
from documents.redaction import RESTRICTED, RESTRICTED_NOTE, for_audience, redacted, redacted_evidence

SHOWN, HIDDEN_VALUE = t.Value("62 (4,8 %)", ("o1",)), t.Value("1 (0,1 %)", ("o2",), is_hidden=True)


def cell(*nodes: t.Inline) -> t.Cell:
    return t.Cell(nodes)


def table(anchor: str, *values: t.Value) -> t.Table:
    rows = tuple(t.Row((cell(t.Text(f"Række {place}")), cell(value))) for place, value in enumerate(values))
    columns = (t.Column((t.Text("Gruppe"),)), t.Column((t.Text("I job"),), is_numeric=True))
    return t.Table(anchor, (t.Text("Resultater"),), columns, rows)


def paper(*children: t.Block) -> t.Document:
    return numbered(t.Document("Titel", "Titel", "Forvaltningen", "Faktaark", dt.date(2023, 8, 14), tuple(children)))


def texts(document: t.Document) -> list[str]:
    return [node.text for node in walk(document) if isinstance(node, t.Text | t.Value)]


def test_redacted_covers_hidden_figures_and_explains_the_mark() -> None:
    public = redacted(paper(table("a", SHOWN, HIDDEN_VALUE)))
    (result,) = public.children
    assert isinstance(result, t.Table)
    assert [row.cells[1].children[0].text for row in result.rows] == ["62 (4,8 %)", HIDDEN]
    assert result.notes == ((t.Text(HIDDEN_NOTE),),)


def test_redacted_leaves_tables_without_hidden_figures_alone() -> None:
    original = paper(table("a", SHOWN))
    assert redacted(original) == original


def test_redacted_is_idempotent() -> None:
    once = redacted(paper(table("a", HIDDEN_VALUE)))
    assert redacted(once) == once


def test_redacted_covers_figures_in_running_text_and_footnotes() -> None:
    note = t.Footnote((HIDDEN_VALUE,))
    document = paper(t.Paragraph((t.Text("Kun "), HIDDEN_VALUE, note)))
    assert "1 (0,1 %)" not in texts(redacted(document))


def test_redacted_takes_the_mark_off_a_chart() -> None:
    row = t.ChartRow("Ressourceforløb", 0.1, 0.0, 0.4, "0,1 %", ("o2",), is_hidden=True)
    chart = t.Chart("c", (t.Text("Fund"),), (t.Text("Om"),), "Alt", "share", "%", (row,), table("c-tal", HIDDEN_VALUE))
    (public,) = redacted(paper(chart)).children
    assert isinstance(public, t.Chart)
    assert public.rows == (t.ChartRow("Ressourceforløb", None, None, None, HIDDEN, ("o2",), is_hidden=True),)
    assert public.table.rows[0].cells[1].children[0].text == HIDDEN  # type: ignore[union-attr]


def test_inside_the_municipality_every_figure_is_shown_and_restricted_ones_are_marked() -> None:
    (inside,) = for_audience(paper(table("a", SHOWN, HIDDEN_VALUE)), Audience.INTERNAL).children
    assert isinstance(inside, t.Table)
    assert [row.cells[1].children[0].text for row in inside.rows] == ["62 (4,8 %)", f"1 (0,1 %)\u00a0{RESTRICTED}"]
    assert inside.notes == ((t.Text(RESTRICTED_NOTE),),)


def test_redacted_evidence_covers_named_values_and_drops_what_is_internal() -> None:
    evidence = {
        "o1": {"kind": "observation", "values": {"denominator": 1286, "outcomes": 62}, "hidden_values": []},
        "o2": {
            "kind": "observation",
            "values": {"denominator": 1236, "outcomes": 1},
            "hidden_values": ["outcomes"],
            "internal": {"id": 7},
        },
    }
    public = redacted_evidence(evidence)
    assert public["o1"] == evidence["o1"]
    assert public["o2"]["values"] == {"denominator": 1236, "outcomes": HIDDEN}
    assert "internal" not in public["o2"]


def test_redacted_evidence_drops_the_digest_of_a_file_with_a_hidden_figure() -> None:
    def entry(delivery: int, hidden: list[str]) -> dict[str, object]:
        return {"values": {"outcomes": 1}, "hidden_values": hidden, "delivery": {"id": delivery, "sha256": "abc"}}

    public = redacted_evidence({"a": entry(1, ["outcomes"]), "b": entry(1, []), "c": entry(2, [])})
    assert ["sha256" in public[key]["delivery"] for key in "abc"] == [False, False, True]
