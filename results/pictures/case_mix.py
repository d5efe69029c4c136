"""The mix of benefit groups that each supplier works with: it explains a part of a difference in results, and stands beside it.

A bar for each supplier and group on scales that begin at 0, in columns, so that groups are told apart by place and not by colour.
Where one group alone of a supplier is hidden, its total would give it away, and the supplier gets no bars.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from documents import formats
from documents import tree as t
from documents.drawings import Box, Drawing, Shape, Stroke, Words
from documents.lettering import wrapped
from results.pictures import words
from results.pictures.frames import NARROW, SIZE, WIDE
from results.pictures.parts import About, Amount, Figure, Order, cell, column, derived_cell, figure, words_cell


@dataclass(frozen=True, slots=True)
class Mix:
    """A supplier's number in each group, in the order of `CaseMix.groups`, and in all."""

    name: str
    counts: tuple[Amount, ...]
    total: Amount
    is_own: bool = False

    @property
    def safe_total(self) -> Amount:
        """The total, hidden too where it would tell the one group that is."""
        gives_away = sum(each.is_hidden for each in self.counts) == 1
        return Amount(self.total.value, self.total.is_hidden or gives_away, self.total.evidence)

    @property
    def shares(self) -> tuple[float | None, ...]:
        """The share of each group that everybody may see."""
        total = self.safe_total.shown
        return tuple(each.shown / total if total and each.shown is not None else None for each in self.counts)


@dataclass(frozen=True, slots=True)
class CaseMix:
    """The groups in order, and the suppliers by name or size."""

    about: About
    groups: tuple[str, ...]
    mixes: tuple[Mix, ...]
    order: Order = "name"

    @property
    def ordered(self) -> tuple[Mix, ...]:
        named = sorted(self.mixes, key=lambda mix: words.danish_order(mix.name))
        by_size = sorted(named, key=lambda mix: -(mix.safe_total.shown or 0))
        return tuple(by_size if self.order == "size" else named)


def case_mix_figure(mix: CaseMix) -> Figure:
    """Return the mix as a figure. Raises ValueError when a supplier has not one count for each group."""
    for each in mix.mixes:
        if len(each.counts) != len(mix.groups):
            raise ValueError(f"{each.name!r} has {len(each.counts)} counts for {len(mix.groups)} groups")
    about, finding = mix.about, _finding(mix)
    hidden = sum(all(share is None for share in each.shares) and _is_hidden(each) for each in mix.mixes)
    left_out = f"{words.suppliers(hidden)} har ingen søjler, fordi tallene handler om få personer." if hidden else ""
    return figure(
        about,
        headline=finding,
        description=(f"Andel af hver leverandørs {about.unit} i hver ydelsesgruppe{_scope(about)}.", left_out),
        alt=f"Søjler med ydelsesgruppernes andel af {about.unit} hos {words.suppliers(_drawn(mix))}{_scope(about)}. {finding}.",
        drawings=(_drawing(mix, _WIDE), _drawing(mix, _NARROW)),
        table=_table(mix),
    )


def _is_hidden(mix: Mix) -> bool:
    return mix.safe_total.is_hidden or any(each.is_hidden for each in mix.counts)


def _scope(about: About) -> str:
    return f" ({about.scope})" if about.scope else ""


def _drawn(mix: CaseMix) -> int:
    return sum(any(share is not None for share in each.shares) for each in mix.mixes)


def _finding(mix: CaseMix) -> str:
    """Return the group whose share differs most between suppliers, without a full stop."""
    spans = [span for index, group in enumerate(mix.groups) if (span := _span(mix, index, group))]
    if not spans:
        return words.NONE_DRAWN if not _drawn(mix) else "Der er for få leverandører til at sammenligne"
    distance, group, low, high = max(spans, key=lambda span: span[0])
    if distance < 0.05:
        return "Leverandørerne har næsten den samme sammensætning af ydelsesgrupper"
    return (
        f"Sammensætningen er forskellig: {words.lowered(group)} udgør fra {words.percent(low[0], decimals=0)} ({low[1]}) "
        f"til {words.percent(high[0], decimals=0)} ({high[1]})"
    )


def _span(mix: CaseMix, index: int, group: str) -> tuple[float, str, tuple[float, str], tuple[float, str]] | None:
    found = [(share, each.name) for each in mix.ordered if (share := each.shares[index]) is not None]
    if len(found) < 2:
        return None
    low, high = min(found), max(found)
    return high[0] - low[0], group, low, high


# --- the drawing


@dataclass(frozen=True, slots=True)
class _Layout:
    wide: float
    name_room: float
    columns: int  # beside each other; further groups stand in a band below
    row_height: float


_WIDE = _Layout(WIDE, 170, 5, 34)
_NARROW = _Layout(NARROW, 104, 3, 40)
_BAR_HEIGHT = 12.0
_VALUE_ROOM = 46.0  # right of the longest bar, for its figure


def _drawing(mix: CaseMix, layout: _Layout) -> Drawing:
    shapes: list[Shape] = []
    y, top = 0.0, max((share for each in mix.mixes for share in each.shares if share), default=1.0)
    for band in _bands(tuple(enumerate(mix.groups)), layout.columns):
        heads, height = _heads(band, y, layout)
        shapes += heads
        y += height
        for each in mix.ordered:
            shapes += _row(each, band, y, layout, top)
            y += layout.row_height
        y += 14
    return Drawing(layout.wide, max(y, 20), tuple(shapes))


def _bands(groups: Sequence[tuple[int, str]], most: int) -> Iterator[tuple[tuple[int, str], ...]]:
    """Yield the groups in bands of nearly equal length."""
    if not groups:
        return
    bands = -(-len(groups) // most)
    size = -(-len(groups) // bands)
    for start in range(0, len(groups), size):
        yield tuple(groups[start : start + size])


def _columns(band: Sequence[tuple[int, str]], layout: _Layout) -> tuple[float, float]:
    """Return where the columns begin and how wide each is."""
    start = layout.name_room + 10
    return start, (layout.wide - start) / len(band)


def _heads(band: Sequence[tuple[int, str]], y: float, layout: _Layout) -> tuple[list[Shape], float]:
    """Return the names of the groups, standing on one line, and how high they are."""
    start, wide = _columns(band, layout)
    heads = [wrapped(group, wide - 8, SIZE, most=3) for _, group in band]
    height = max(map(len, heads)) * 15.0 + 8
    shapes: list[Shape] = []
    for place, lines in enumerate(heads):
        for index, line in enumerate(reversed(lines)):
            shapes.append(Words(start + place * wide, y + height - 9 - index * 15, line, is_strong=True))
    return shapes, height


def _row(mix: Mix, band: Sequence[tuple[int, str]], top: float, layout: _Layout, most: float) -> Iterator[Shape]:
    """Yield a supplier's name and bars; the share `most` has the longest bar."""
    start, wide = _columns(band, layout)
    middle = top + layout.row_height / 2
    yield Stroke(((0, top), (layout.wide, top)), 0.75, "faint")
    lines = wrapped(mix.name, layout.name_room, SIZE)
    for index, line in enumerate(lines):
        yield Words(0, middle + 4.5 - (len(lines) - 1) * 7.5 + index * 15, line, is_strong=mix.is_own)
    shares = mix.shares
    for place, (group, _) in enumerate(band):
        yield from _bar(shares[group], _text(mix, group), start + place * wide, middle, (wide - _VALUE_ROOM) / most)


def _text(mix: Mix, group: int) -> str:
    """Return what stands at a bar: the share, the mark of a hidden figure, or "–" for none."""
    share = mix.shares[group]
    if share is not None:
        return words.percent(share, decimals=1 if 0 < share < 0.01 else 0)
    return formats.HIDDEN if mix.safe_total.is_hidden or mix.counts[group].is_hidden else formats.MISSING


def _bar(share: float | None, text: str, x: float, y: float, whole: float) -> Iterator[Shape]:
    yield Stroke(((x, y - _BAR_HEIGHT / 2 - 3), (x, y + _BAR_HEIGHT / 2 + 3)), 1, "grey")
    reach = whole * share if share else 0
    if reach:
        yield Box(x, y - _BAR_HEIGHT / 2, reach, _BAR_HEIGHT, "accent")
    yield Words(x + reach + 6, y + 4.5, text)


# --- the table


def _table(mix: CaseMix) -> t.Table:
    about = mix.about
    return t.Table(
        anchor=f"{about.anchor}-tal" if about.anchor else "",
        caption=(),
        columns=(
            column("Leverandør", is_numeric=False),
            *(column(group, "antal (andel)") for group in mix.groups),
            column("I alt", "antal"),
        ),
        rows=tuple(_table_row(each) for each in mix.ordered),
    )


def _table_row(mix: Mix) -> t.Row:
    name = f"{mix.name} ({words.OWN})" if mix.is_own else mix.name
    return t.Row((words_cell(name), *(_count(mix, each) for each in mix.counts), cell(mix.safe_total)))


def _count(mix: Mix, count: Amount) -> t.Cell:
    """Return "62 (48 %)", and the count alone where the total may not be seen."""
    total = mix.safe_total
    text = formats.number(count.value)
    if count.is_hidden or total.is_hidden or count.value is None or not total.value:
        return derived_cell(text, count)
    return derived_cell(f"{text} ({words.percent(count.value / total.value, decimals=0)})", count)
