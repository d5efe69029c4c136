"""Main points in groups: whom they are about, then under which of the great themes they fall."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from learnings.models import Round
from learnings.queries.desk import theme_tree
from learnings.queries.evidence import MainPointSummary


@dataclass(frozen=True)
class PointGroup:
    """Main points about the same. `scope` is "" for all suppliers, `theme` "" for points without a theme."""

    scope: str
    theme: str
    points: tuple[MainPointSummary, ...]


def grouped(round: Round, points: Iterable[MainPointSummary]) -> tuple[PointGroup, ...]:
    """Return the points, those about everybody first, and in each scope by the topmost theme of their first one; 2 queries.

    A point is about the lot or target group that it is limited to, or about the one that its question is for.
    """
    tops = _tops(round)
    asked = dict(round.questions.filter(target_group__isnull=False).values_list("pk", "target_group__name"))
    order = {name: place for place, name in enumerate(dict.fromkeys(tops.values()))}
    found: dict[tuple[str, str], list[MainPointSummary]] = defaultdict(list)
    for point in points:
        scope = point.scope or asked.get(point.question_id or 0, "")
        themes = sorted((tops[name] for name in point.themes if name in tops), key=lambda name: order[name])
        found[scope, next(iter(themes), "")].append(point)
    # Points without a theme stand last among those of their scope.
    keys = sorted(found, key=lambda key: (key[0] != "", key[0], key[1] == "", order.get(key[1], 0)))
    return tuple(PointGroup(*key, tuple(found[key])) for key in keys)


def _tops(round: Round) -> dict[str, str]:
    """Return the name of the topmost theme above each theme, by name, in the order of the tree; names are unique in it."""
    names: dict[int, str] = {}
    tops: dict[str, str] = {}
    for theme, _depth in theme_tree(round):  # parents stand before children
        names[theme.pk] = tops[theme.name] = names.get(theme.parent_id or 0, theme.name)
    return tops
