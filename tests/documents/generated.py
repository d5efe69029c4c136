"""Made-up documents of every shape a case can take: `documents(seed)` gives the same one for the same seed.

For tests that hold for any document. Pictures come from `assets`.
"""

import datetime as dt
import hashlib
import io
from functools import cache
from random import Random

from PIL import Image

from documents import tree as t
from documents.drawings import Box, Drawing, Stroke, Symbol, SymbolKind, Words

WORDS = [
    "borgere",
    "leverandør",
    "forløb",
    "rammeaftale",
    "indsats",
    "beskæftigelse",
    "ressourceforløb",
    "tilfredshed",
    "udbud",
    "opgørelse",
    "målgruppe",
    "afklaring",
    "sygedagpenge",
    "jobcenter",
    "mentor",
    "virksomhedspraktik",
    "erfaringsopsamling",
    "progression",
    "udvalget",
    "samarbejde",
    "på",
    "æble",
    "øvelse",
    "år",
    "og",
    "i",
    "er",
    "at",
    "med",
    "ikke",
    "flere",
    "færre",
    "end",
    "af",
    "den",
    "det",
    "kontanthjælpsmodtagere",
    "besvarelsesprocent",
    "ledighedsydelsesmodtagere",
    "jobafklaringsforløb",
]
SPECIALS = (
    "<b>",
    "&amp;",
    '"citat"',
    "½",
    "≥ 5",
    "→",
    "é",
    "50\u00a0%",
    "§ 17",
    "‑",
    "…",
    "»ja«",
    "A/S",
    "1.286",
    "−3",
    "²",
)
HREFS = ("https://www.example.dk/rapport?a=1&b=2", "http://example.org/", "mailto:center@example.dk")
CELLS = ("1.286", "62 (4,8\u00a0%)", "–", "•", "0", "3.393", "4,1", "")


def documents(seed: int) -> t.Document:
    """Return the made-up document of this seed, not yet numbered."""
    return _Maker(Random(seed)).document()


def assets(sha256: str) -> bytes:
    """Return the bytes of a generated picture."""
    return _pictures()[sha256][1]


@cache
def _pictures() -> dict[str, tuple[str, bytes]]:
    pictures = {}
    for kind, size, colour in (
        ("PNG", (60, 40), "#336699"),
        ("JPEG", (300, 200), "#996633"),
        ("PNG", (900, 1400), "#cccccc"),
    ):
        out = io.BytesIO()
        Image.new("RGB", size, colour).save(out, kind)
        pictures[hashlib.sha256(out.getvalue()).hexdigest()] = (f"image/{kind.lower()}", out.getvalue())
    return pictures


class _Maker:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.anchors: list[str] = []
        self.size = random.choice((1, 1, 2, 3))

    def maybe(self, chance: float) -> bool:
        return self.random.random() < chance

    def times(self, low: int, high: int) -> range:
        return range(self.random.randint(low, high))

    # --- text ---------------------------------------------------------------------------------------------------------------

    def phrase(self, low: int = 1, high: int = 8) -> str:
        chosen = [
            self.random.choice(SPECIALS) if self.maybe(0.06) else self.random.choice(WORDS)
            for _ in self.times(low, high)
        ]
        return " ".join(chosen).capitalize()

    def inline(self, *, depth: int = 0, notes: bool = False) -> t.Inline:
        kind = self.random.choice(
            ("text", "text", "text", "strong", "emphasis", "link", "reference", "value", "footnote")
        )
        inner = (t.Text(self.phrase(1, 3)),) if depth else self.inlines(1, 2, depth=depth + 1)
        if kind == "reference" and self.anchors and not depth:
            return t.Reference(self.random.choice(self.anchors))
        if kind == "footnote" and notes and not depth:
            return t.Footnote(self.inlines(1, 4, depth=1))
        if kind == "value":
            return t.Value(self.random.choice(CELLS[:-1]), evidence=("observation:1",))
        made = {"strong": t.Strong, "emphasis": t.Emphasis}.get(kind)
        if made:
            return made(inner)
        if kind == "link" and not depth:
            anchor = ["#" + self.random.choice(self.anchors)] if self.anchors else []
            return t.Link(self.random.choice([*HREFS, *anchor]), (t.Text(self.phrase(1, 3)),))
        return t.Text(self.phrase(2, 12))

    def inlines(self, low: int = 1, high: int = 6, *, depth: int = 0, notes: bool = False) -> tuple[t.Inline, ...]:
        made: list[t.Inline] = [t.Text(self.phrase())]
        for _ in self.times(low, high):
            node = self.inline(depth=depth, notes=notes)
            made += [node] if isinstance(node, t.Footnote) else [t.Text(" "), node]
        return tuple(made)

    def label(self) -> tuple[t.Inline, ...]:
        return (t.Text(self.phrase(1, 5)),)

    # --- blocks -------------------------------------------------------------------------------------------------------------

    def paragraph(self) -> t.Paragraph:
        return t.Paragraph(self.inlines(1, 9, notes=True))

    def listing(self, depth: int = 0) -> t.ListBlock:
        kind = self.random.choice(("bullet", "decimal", "at") if not depth else ("bullet", "decimal"))
        return t.ListBlock(kind, tuple(self.item(kind, depth) for _ in self.times(1, 30 if self.maybe(0.05) else 6)))

    def item(self, kind: str, depth: int) -> t.ListItem:
        children: list[t.Block] = [self.paragraph()]
        if depth < 2 and self.maybe(0.2):
            children.append(self.listing(depth + 1))
        if self.maybe(0.1):
            children.append(self.paragraph())
        if depth == 0 and self.maybe(0.03):
            children.append(self.table(rows=self.random.randint(1, 4)))
        return t.ListItem(tuple(children))

    def quote(self) -> t.Quote:
        paragraphs = tuple(t.Paragraph(self.inlines(1, 4)) for _ in self.times(1, 2))
        return t.Quote(paragraphs, attribution=self.label() if self.maybe(0.7) else (), evidence=("answer:1",))

    def note(self) -> t.Note:
        children: list[t.Block] = [self.paragraph() for _ in self.times(1, 3)]
        if self.maybe(0.5):
            children.append(self.listing(1))
        if self.maybe(0.1):
            children.append(self.table(rows=3))
        return t.Note(self.phrase(1, 4), tuple(children))

    def table(self, *, rows: int | None = None, anchor: str | None = None) -> t.Table:
        columns = (t.Column(self.label()), *(self.column() for _ in self.times(0, self.random.choice((2, 3, 6)))))
        count = self.random.choice((1, 2, 5, 5, 9, 9, 40, 120)) if rows is None else rows
        long = self.maybe(0.2)
        body = [t.Row(tuple(self.cell(each, long=long) for each in columns)) for _ in range(count)]
        if self.maybe(0.6):
            total = (t.Cell((t.Text("I alt"),)), *(self.cell(each, long=False) for each in columns[1:]))
            body.append(t.Row(total, kind="total"))
        notes = tuple(self.label() for _ in self.times(0, 2))
        source = (t.Text(self.phrase(3, 9)),) if self.maybe(0.8) else ()
        name = self.anchor() if anchor is None else anchor
        return t.Table(name, self.inlines(0, 2), columns, tuple(body), source=source, notes=notes)

    def column(self) -> t.Column:
        return t.Column(self.label(), unit=self.random.choice(("", "antal", "pct.", "kr.")), is_numeric=self.maybe(0.8))

    def cell(self, column: t.Column, *, long: bool) -> t.Cell:
        if column.is_numeric:
            return t.Cell((t.Value(self.random.choice(CELLS), evidence=("observation:2",)),))
        return t.Cell((t.Text(self.phrase(8, 40) if long else self.phrase(1, 4)),))

    def chart(self) -> t.Chart:
        rows = tuple(self.mark(index) for index in self.times(1, 9))
        cells = tuple(t.Row((t.Cell((t.Text(row.label),)), t.Cell((t.Value(row.text),)))) for row in rows)
        columns = (t.Column(self.label()), t.Column(self.label(), unit="pct.", is_numeric=True))
        data = t.Table("", self.inlines(0, 1, depth=1), columns, cells)
        source = (t.Text(self.phrase(2, 6)),) if self.maybe(0.7) else ()
        words = (self.anchor(), self.inlines(0, 2), self.inlines(0, 2), self.phrase(4, 12))
        if self.maybe(0.4):
            return t.Chart(*words, "drawing", "", (), data, source, drawing=self.drawing())
        return t.Chart(*words, "share", "pct.", rows, data, source)

    def drawing(self) -> Drawing:
        wide, high = self.random.randint(200, 700), self.random.randint(60, 400)
        kinds: list[SymbolKind] = ["circle", "diamond", "square", "ring", "left", "right"]
        shapes = [Stroke(((0, high / 2), (wide, high / 3)), 1.5, "grey", "dashed"), Box(0, 0, wide / 4, 12, "accent")]
        symbols = [Symbol(wide / 2 + 20 * index, high / 2, self.random.choice(kinds)) for index in self.times(0, 4)]
        return Drawing(wide, high, (*shapes, *symbols, Words(10, high - 5, self.phrase(1, 4))))

    def mark(self, index: int) -> t.ChartRow:
        label = f"{index + 1}. {self.phrase(1, 6)}"
        if self.maybe(0.15):
            return t.ChartRow(label, None, text=self.random.choice(("–", "•")))
        value = round(self.random.uniform(0, 60), 1)
        low, high = max(value - self.random.uniform(0, 8), 0.0), value + self.random.uniform(0, 8)
        return t.ChartRow(label, value, low, high, text=f"{value}".replace(".", ","))

    def picture(self) -> t.Picture:
        sha256, (media_type, _) = self.random.choice(list(_pictures().items()))
        return t.Picture(self.anchor(), sha256, media_type, self.phrase(3, 9), self.inlines(0, 2))

    def anchor(self) -> str:
        self.anchors.append(f"a{len(self.anchors) + 1}")
        return self.anchors[-1]

    def block(self) -> t.Block:
        makers = (
            self.paragraph,
            self.paragraph,
            self.listing,
            self.quote,
            self.note,
            self.table,
            self.table,
            self.chart,
        )
        return self.random.choice((*makers, self.picture))()

    # --- the whole ----------------------------------------------------------------------------------------------------------

    def section(self, level: int, *, is_numbered: bool) -> list[t.Block]:
        made: list[t.Block] = [t.Heading(level, self.inlines(0, 1, depth=1), is_numbered=is_numbered)]
        made += [self.block() for _ in self.times(0, 2 + self.size)]
        if level < 4:
            for _ in self.times(0, 2 if self.maybe(0.4) else 0):
                made += self.section(level + 1, is_numbered=is_numbered)
        return made

    def annex(self) -> t.Annex:
        anchor = self.anchor()
        children = [self.block() for _ in self.times(0, 2)]
        if self.maybe(0.5):
            children += self.section(3, is_numbered=self.maybe(0.5))
        return t.Annex(anchor, self.label(), tuple(children))

    def document(self) -> t.Document:
        body: list[t.Block] = [self.block() for _ in self.times(0, 2)]
        is_numbered = self.maybe(0.5)
        for _ in self.times(1, 1 + self.size):
            body += self.section(2, is_numbered=is_numbered)
        body += [self.annex() for _ in self.times(0, 2 if self.maybe(0.5) else 0)]
        facts = tuple(t.Fact(self.phrase(1, 3), self.phrase(1, 4)) for _ in self.times(0, 7))
        return t.Document(
            title=self.phrase(2, 14),
            short_title=self.phrase(1, 5),
            author="Center for Eksempler",
            subject=self.phrase(3, 8),
            dated_on=dt.date(2023, 1, 1) + dt.timedelta(days=self.random.randint(0, 800)),
            children=tuple(body),
            lead=self.inlines(1, 5, notes=True) if self.maybe(0.6) else (),
            facts=facts,
            case_numbers="F2 2023-7083 · eDoc 2023-0158729" if self.maybe(0.8) else "",
            keywords=tuple(self.phrase(1, 1) for _ in self.times(0, 3)),
        )
