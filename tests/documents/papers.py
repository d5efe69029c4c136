"""Small papers written by hand: for tests of one thing at a time, and the hard ones that every format must survive."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from documents import tree as t
from documents.numbering import numbered


def paper(*children: t.Block, **fields: Any) -> t.Document:
    """Return a numbered document of these blocks."""
    given = {
        "title": "Erfaringer med beskæftigelsesindsatser",
        "short_title": "Erfaringer",
        "author": "Center for Eksempler",
        "subject": "Resultater og tilfredshed",
        "dated_on": dt.date(2023, 8, 7),
        "case_numbers": "F2 2023 - 7083",
        **fields,
    }
    return numbered(t.Document(children=children, **given))


def said(*parts: str | t.Inline) -> t.Paragraph:
    return t.Paragraph(tuple(t.Text(part) if isinstance(part, str) else part for part in parts))


def listed(kind: Any, *items: str | Sequence[t.Block]) -> t.ListBlock:
    """Return a list; an item is a text or blocks."""
    return t.ListBlock(kind, tuple(t.ListItem((said(i),) if isinstance(i, str) else tuple(i)) for i in items))


def tabled(*rows: Sequence[str], head: Sequence[str] = ("Ydelsesgruppe", "I job"), anchor: str = "tabel") -> t.Table:
    """Return a table whose columns after the first hold figures."""
    columns = tuple(t.Column((t.Text(label),), is_numeric=n > 0) for n, label in enumerate(head))
    body = tuple(t.Row(tuple(t.Cell((t.Text(cell),) if cell else ()) for cell in row)) for row in rows)
    return t.Table(anchor, (t.Text("Borgere i job"),), columns, body, source=(t.Text("DREAM, 7. august 2023"),))


def footnote(text: str) -> t.Footnote:
    return t.Footnote((t.Text(text),))


LINK = t.Link("https://www.example.dk/en/lang/adresse?a=1&b=2", (t.Text("Erfaringer fra leverandørerne"),))
DANISH = "Æblegrød på øen: 50\u00a0% ≥ 5 — »ja« <b> &amp; ‑ … − ½ §\u00a017, kr. 1.286,50; A/S"
SENTENCE = "Beskæftigelsesindsatsen for sygedagpengemodtagere og ledighedsydelsesmodtagere følges op hvert år. "


def noted(table: t.Table) -> t.Table:
    """Return the table with a footnote wherever one can stand, to be numbered anew."""
    head, *columns = table.columns
    row = t.Row(tuple(t.Cell((t.Text("tekst"), footnote(f"Til celle {n}"))) for n in range(len(table.columns))))
    return replace(
        table,
        caption=(*table.caption, footnote("Til teksten")),
        columns=(replace(head, label=(*head.label, footnote("Til hovedet"))), *columns),
        rows=(row, *table.rows),
        source=(*table.source, footnote("Til kilden")),
        notes=((t.Text("Bemærk"), footnote("Til noten")),),
    )


PAPERS = {
    "danish": paper(t.Heading(2, (t.Text(DANISH),)), said(DANISH), tabled((DANISH, "−3 ½"))),
    "very long table": paper(tabled(*((f"Række {n}", "" if n % 3 else f"{n}") for n in range(600)))),
    "empty cells": paper(
        tabled(("Ledige", "", "–"), ("", "", ""), ("I alt", "24", ""), head=("Gruppe", "I job", "I alt"))
    ),
    "empty head of the first column": paper(tabled(("Ledige", "24"), head=("", "I job"))),
    "nested lists": paper(
        listed(
            "decimal",
            [said("a1"), listed("decimal", [said("b1"), listed("bullet", "c1", "c2")], "b2"), said("og a1")],
            "a2",
        ),
        listed("at", "at udvalget godkender", "at udvalget drøfter"),
        listed("bullet", [said("d1"), listed("decimal", "e1", "e2")], [said("d2"), listed("decimal", "e3")]),
    ),
    "thirty footnotes": paper(*(said(SENTENCE, footnote(f"{SENTENCE * 2}{n}"), " igen") for n in range(30))),
    "many footnotes in a paragraph": paper(
        said(*(part for n in range(12) for part in (SENTENCE, footnote(f"Note {n}"))))
    ),
    "footnotes everywhere": paper(
        t.Heading(2, (t.Text("Kapitel"), footnote("Til overskriften")), is_numbered=True),
        listed("bullet", [said("punkt", footnote("Til punktet"))]),
        t.Note("Metode", (said("bemærkning", footnote("Til bemærkningen")),)),
        t.Annex("b", (t.Text("Svar"),), (said("svar", footnote("Til svaret")),)),
        lead=(t.Text("Kort fortalt"), footnote("Til resuméet")),
    ),
    "footnotes in a long table": paper(
        said("Før", footnote("Før")), noted(tabled(*[("Ledige", "24")] * 90)), said("b", footnote("b"))
    ),
    "tables, quotes and remarks in lists": paper(
        listed(
            "decimal",
            [said("a"), tabled(("Ledige", "24")), said("c")],
            [t.Quote((said("sagt"),), (t.Text("Leverandør 3"),))],
        ),
        listed("bullet", [t.Note("Metode", (t.Note("Indre", (said("x"), listed("bullet", "p"))),))]),
    ),
    "deep headings and lists": paper(
        *(t.Heading(level, (t.Text(f"Niveau {level}"),), is_numbered=level < 4) for level in range(2, 7)),
        listed(
            "bullet",
            [said("1"), listed("decimal", [said("2"), listed("bullet", [said("3"), listed("decimal", "4", "4")])])],
        ),
    ),
    "nearly nothing": paper(
        t.Table("t", (), (t.Column((t.Text("Kun hoved"),)),), ()), facts=(t.Fact("Sagsbehandler", ""),)
    ),
    "link in a footnote": paper(said("Tekst", t.Footnote((t.Text("Se "), LINK)), " ", LINK)),
    "links over several lines": paper(said(SENTENCE, t.Link("https://example.dk/", (t.Text(SENTENCE * 4),)), SENTENCE)),
    "hyphenated": paper(said("ressourceforløbsydelsesmodtagere\u00ad " * 60), said("jobafklaringsforløb" * 3)),
}
