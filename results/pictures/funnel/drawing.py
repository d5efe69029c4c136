"""The funnel as shapes: axes, limits, points with their names, and the key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from documents.drawings import Drawing, Place, Shape, Stroke, Symbol, SymbolKind, Words
from documents.lettering import fitted
from results.pictures import words
from results.pictures.frames import NARROW, SIZE, WIDE, Entry, count_axis, key, share_axis
from results.pictures.funnel.data import Funnel
from results.pictures.labels import Named, Rectangle, placed, spread
from results.pictures.limits import ALARM, ALERT, FEWEST, curves, limits_at
from results.pictures.scales import Scale, rounded_up, ticks

_SYMBOLS: tuple[SymbolKind, ...] = ("circle", "diamond", "square")
_MEANINGS = ("Inden for grænserne", "Bemærk (uden for 95 %)", "Klar afvigelse (uden for 99,8 %)")
_RING = 17.0  # around the reader's own point
_LEFT, _RIGHT, _TOP, _BOTTOM = 56.0, 60.0, 26.0, 48.0


def drawings_of(funnel: Funnel) -> tuple[Drawing, Drawing]:
    """Return the drawing for documents and wide screens, and the one for phones."""
    return _drawing(funnel, WIDE), _drawing(funnel, NARROW)


def _drawing(funnel: Funnel, wide: float) -> Drawing:
    is_narrow = wide < WIDE
    height = 280.0 if is_narrow else 340.0
    x, y = _scales(funnel, wide, height)
    bottom = _TOP + height
    steps = ticks(y.high)
    plot = Rectangle(_LEFT, _TOP, wide - _RIGHT, bottom)
    lines = _lines(funnel, x, y)
    entries, top = _entries(funnel), bottom + _BOTTOM
    keyed, key_height = key(entries, top=top, room=wide)
    shapes = (
        Words(0, 13, fitted(funnel.about.measure, wide, SIZE), is_strong=True),
        *share_axis(y, steps, left=_LEFT, right=wide - _RIGHT),
        *count_axis(
            x, ticks(x.high, most=4 if is_narrow else 7, is_whole=True), y=bottom, title=f"Antal {funnel.about.unit}"
        ),
        *lines,
        *_line_ends(funnel, x, y),
        *_points(funnel, x, y, plot, lines),
        *keyed,
    )
    return Drawing(wide, top + key_height + 4, shapes)


def _scales(funnel: Funnel, wide: float, height: float) -> tuple[Scale, Scale]:
    """Return scales that are made of what is drawn alone, so that no axis tells of a point that is not."""
    bases = [int(point.base.shown or 0) for point, _, _ in funnel.drawn] or [50]
    shares = [share for _, share, _ in funnel.drawn]
    if funnel.outside:
        shares.append(funnel.outside.share)
    reference = funnel.reference.share if funnel.reference else None
    if reference is not None:
        near = limits_at(reference, max(FEWEST, min(bases)), ALERT).upper
        shares += [reference, min(near or 0.0, 3 * reference)]
    top = min(1.0, rounded_up((max(shares, default=0.0) or 0.1) * 1.05))
    return Scale(0, max(bases) * 1.06, _LEFT, wide - _RIGHT), Scale(0, top, _TOP + height, _TOP)


def _lines(funnel: Funnel, x: Scale, y: Scale) -> tuple[Shape, ...]:
    shapes: list[Shape] = []
    reference = funnel.reference.share if funnel.reference else None
    if reference is not None:
        shapes += [Stroke(curve, 1.25, "grey", "dotted") for curve in curves(reference, ALARM, x=x, y=y)]
        shapes += [Stroke(curve, 1.25, "grey", "dashed") for curve in curves(reference, ALERT, x=x, y=y)]
        shapes.append(Stroke(((x.start, y(reference)), (x.end, y(reference))), 1.5, "ink"))
    if funnel.outside:
        level = y(funnel.outside.share)
        shapes.append(Stroke(((x.start, level), (x.end, level)), 1.5, "accent", "long"))
    return tuple(shapes)


def _line_ends(funnel: Funnel, x: Scale, y: Scale) -> tuple[Shape, ...]:
    """Return the names of the lines at their right ends, moved apart where they are close."""
    reference = funnel.reference.share if funnel.reference else None
    if reference is None:
        return ()
    named = [(reference, words.percent(reference))]
    for confidence, name in ((ALERT, "95 %"), (ALARM, "99,8 %")):
        limits = limits_at(reference, round(x.high), confidence)
        named += [(limit, name) for limit in (limits.lower, limits.upper) if limit is not None and 0 < limit <= y.high]
    places = spread([y(level) for level, _ in named], apart=15, low=y.end, high=y.start)
    return tuple(
        Words(x.end + 5, place + 4.5, name, is_strong=name == named[0][1])
        for place, (_, name) in zip(places, named, strict=True)
    )


def _points(funnel: Funnel, x: Scale, y: Scale, plot: Rectangle, lines: Iterable[Shape]) -> tuple[Shape, ...]:
    marks: list[Shape] = []
    named = []
    for point, share, place in funnel.drawn:
        across, up = x(point.base.shown or 0), y(share)
        marks.append(Symbol(across, up, _SYMBOLS[place.level], tone="accent"))
        if point.is_own:
            marks.append(Symbol(across, up, "ring", _RING, "ink"))
        is_strong = point.is_own or place.level == 2
        named.append(Named(across, up, point.name, is_strong, _RING / 2 + 2 if point.is_own else 6.0))
    along = [place for line in lines if isinstance(line, Stroke) for place in _along(line)]
    longest = (plot.right - plot.left) * 0.45
    return (*placed(named, area=plot, longest=longest, lines=along), *marks)


def _along(line: Stroke) -> Iterator[Place]:
    """Yield places every few pixels of a line."""
    for (x, y), (next_x, next_y) in pairwise(line.places):
        count = max(1, round(max(abs(next_x - x), abs(next_y - y)) / 4))
        for part in range(count):
            yield x + (next_x - x) * part / count, y + (next_y - y) * part / count


def _entries(funnel: Funnel) -> list[Entry]:
    entries = []
    if funnel.reference and funnel.reference.share is not None:
        entries = [
            Entry(f"{funnel.reference.name}: {words.percent(funnel.reference.share)}", "full"),
            Entry("95 %-grænser", "dashed", tone="grey"),
            Entry("99,8 %-grænser", "dotted", tone="grey"),
        ]
        levels = {place.level for _, _, place in funnel.drawn}
        entries += [Entry(_MEANINGS[level], symbol=_SYMBOLS[level], tone="accent") for level in sorted(levels)]
    if any(point.is_own for point, _, _ in funnel.drawn):
        entries.append(Entry("Egne tal", symbol="ring"))
    if funnel.outside:
        entries.append(
            Entry(
                f"Til sammenhæng: {funnel.outside.name}, {words.percent(funnel.outside.share)}", "long", tone="accent"
            )
        )
    return entries
