"""Names beside points, so that no name covers another name or a point."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from documents.drawings import Box, Place, Shape, Stroke, Words
from documents.lettering import fitted, width

SIZE = 13.0
_ABOVE, _BELOW = 10.0, 4.0  # from the base line of a name
_GAP = 1.0  # between a mark and its name
_FAR = (0.0, 8.0, 16.0, 28.0, 44.0)  # how much further off a name may go, led to its point by a line


@dataclass(frozen=True, slots=True)
class Rectangle:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Rectangle) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def is_within(self, other: Rectangle) -> bool:
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True, slots=True)
class Named:
    """A point with the name it should have."""

    x: float
    y: float
    name: str
    is_strong: bool = False
    reach: float = 6.0  # from the middle of its mark to the edge


def placed(
    points: Sequence[Named], *, area: Rectangle, longest: float, lines: Iterable[Place] = ()
) -> tuple[Shape, ...]:
    """Return the names of points, the first ones with the best places; a point with no free place near it gets none.

    Names stay in `area`, are cut at the width `longest`, and keep off the places of `lines` where they can.
    """
    around = [_around(point) for point in points]
    crossed = [Rectangle(x - 1, y - 1, x + 1, y + 1) for x, y in lines]
    found: list[tuple[Named, Rectangle]] = []
    for point in points:
        if name := fitted(point.name, longest, SIZE):
            obstacles = [*around, *(rectangle for _, rectangle in found)]
            free = [each for each in _places(point, name) if _is_free(each, area, obstacles)]
            clear = (each for each in free if not any(each.meets(line) for line in crossed))
            place = next(clear, free[0] if free else None)
            if place is not None:
                found.append((point, place))
    leaders = [_leader(point, place) for point, place in found]
    grounds = [_ground(place) for _, place in found]
    return (*(each for each in leaders if each), *grounds, *(_name(point, place, longest) for point, place in found))


def spread(places: Sequence[float], *, apart: float, low: float, high: float) -> tuple[float, ...]:
    """Return places moved so that each lies `apart` from the next, within `low` and `high` where that is possible."""
    order = sorted(range(len(places)), key=places.__getitem__)
    moved = [0.0] * len(places)
    last = low - apart
    for index in order:
        last = moved[index] = max(places[index], last + apart)
    ceiling = high
    for index in reversed(order):
        moved[index] = min(moved[index], ceiling)
        ceiling = moved[index] - apart
    return tuple(moved)


def _around(point: Named) -> Rectangle:
    half = point.reach
    return Rectangle(point.x - half, point.y - half, point.x + half, point.y + half)


def _places(point: Named, name: str) -> Iterator[Rectangle]:
    """Yield where the name may stand: right, left, above, below, and the corners; near first, then further off."""
    wide, tall = width(name, SIZE), _ABOVE + _BELOW
    for far in _FAR:
        reach = point.reach + _GAP + far
        right, left, middle = point.x + reach, point.x - reach - wide, point.x - wide / 2
        above, below, level = point.y - reach - tall + 2, point.y + reach - 2, point.y - tall / 2
        corners = ((right, above), (right, below), (left, above), (left, below))
        for x, y in ((right, level), (left, level), (middle, above), (middle, below), *corners):
            yield Rectangle(x, y, x + wide, y + tall)


def _is_free(place: Rectangle, area: Rectangle, obstacles: Iterable[Rectangle]) -> bool:
    return place.is_within(area) and not any(place.meets(each) for each in obstacles)


def _leader(point: Named, place: Rectangle) -> Stroke | None:
    x = min(max(point.x, place.left), place.right)
    y = min(max(point.y, place.top), place.bottom)
    if abs(x - point.x) + abs(y - point.y) <= point.reach + _GAP + 3:
        return None
    return Stroke(((point.x, point.y), (x, y)), 0.75, "grey")


def _ground(place: Rectangle) -> Box:
    """Lines that run below a name stop at it."""
    return Box(place.left - 1, place.top, place.right - place.left + 2, place.bottom - place.top, "paper")


def _name(point: Named, place: Rectangle, longest: float) -> Words:
    name = fitted(point.name, longest, SIZE)
    return Words(place.left, place.top + _ABOVE, name, size=SIZE, is_strong=point.is_strong)
