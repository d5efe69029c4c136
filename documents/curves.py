"""A curve over time against its limits: what has been, what is expected, and how sure that is.

As with all charts, readable without colour: what has been is a full line, what is expected is dashed with its interval as a grey
band, and each limit is a rule with its name on it. Drawn by `documents.charts`, which is the door to the drawing library.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

# In CSS pixels; labels of the axis come on top. The narrow one is for phones, where a wide one would be too small to read.
_WIDTH, _NARROW, _HEIGHT = 620, 300, 300
_INK, _GREY, _FAINT = "#1a1a1a", "#595959", "#d9d9d9"
_HEADROOM = 1.1  # above the highest limit, for its name


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A value at the end of a day; `low` and `high` bound an expected one."""

    day: dt.date
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class CurveLimit:
    """A level that matters, with its name; the main one is drawn as a full rule, the others are dotted."""

    value: float
    label: str
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class Curve:
    """What has been and what is expected, in order; `expected` begins with the last point that has been."""

    unit: str
    observed: tuple[CurvePoint, ...]
    expected: tuple[CurvePoint, ...] = ()
    limits: tuple[CurveLimit, ...] = ()


def curve_layers(curve: Curve, *, is_narrow: bool = False) -> dict[str, Any]:
    """Return the drawing as a Vega-Lite specification, without its fonts."""
    return {
        "width": _NARROW if is_narrow else _WIDTH,
        "height": _HEIGHT,
        "background": None,
        "padding": {"left": 0, "right": 8, "top": 4, "bottom": 4},
        "layer": [_band(curve), *_limits(curve), _expected(curve), _observed(curve), _last(curve)],
    }


def _data(points: Iterable[CurvePoint]) -> dict[str, Any]:
    return {
        "values": [{"t": _moment(each.day), "y": each.value, "low": each.low, "high": each.high} for each in points]
    }


def _moment(day: dt.date) -> int:
    """Return the end of a day in milliseconds, as the axis counts."""
    return (day.toordinal() + 1 - dt.date(1970, 1, 1).toordinal()) * 86_400_000


def _x() -> dict[str, Any]:
    axis = {"title": None, "format": "%b %Y", "grid": False, "tickCount": 8, "domainColor": _GREY}
    axis |= {"labelOverlap": "greedy", "labelSeparation": 12}
    return {"field": "t", "type": "temporal", "scale": {"type": "utc", "nice": False}, "axis": axis}


def _y(curve: Curve, field: str = "y") -> dict[str, Any]:
    points = [each.value for each in (*curve.observed, *curve.expected)]
    values = [*points, *(limit.value for limit in curve.limits)]
    top, bottom = max(values, default=1) or 1, min([0, *values])
    axis = {"title": curve.unit, "titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleY": -14}
    axis |= {"titleX": 0, "grid": False, "tickCount": 6, "domain": False}
    scale = {"domain": [bottom, max(top, 0) * _HEADROOM], "nice": False, "clamp": True}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}


def _band(curve: Curve) -> dict[str, Any]:
    y = _y(curve, "low")
    encoding = {"x": _x(), "y": y, "y2": {"field": "high"}}
    return {
        "data": _data(curve.expected),
        "mark": {"type": "area", "color": _FAINT, "opacity": 1},
        "encoding": encoding,
    }


def _limits(curve: Curve) -> list[dict[str, Any]]:
    return [layer for limit in curve.limits for layer in (_rule(curve, limit), _name(curve, limit))]


def _rule(curve: Curve, limit: CurveLimit) -> dict[str, Any]:
    dash = {} if limit.is_main else {"strokeDash": [2, 3]}
    mark = {
        "type": "rule",
        "color": _INK if limit.is_main else _GREY,
        "strokeWidth": 1.5 if limit.is_main else 1,
        **dash,
    }
    return {"data": {"values": [{"y": limit.value}]}, "mark": mark, "encoding": {"y": _y(curve)}}


def _name(curve: Curve, limit: CurveLimit) -> dict[str, Any]:
    """The main limit's name stands above its rule and the others' below, so that two near each other do not collide."""
    place = {"baseline": "bottom", "dy": -3} if limit.is_main else {"baseline": "top", "dy": 3}
    mark = {"type": "text", "align": "left", "color": _INK, "fontWeight": 600 if limit.is_main else 400, **place}
    encoding = {"x": {"value": 6}, "y": _y(curve), "text": {"field": "label", "type": "nominal"}}
    return {"data": {"values": [{"y": limit.value, "label": limit.label}]}, "mark": mark, "encoding": encoding}


def _expected(curve: Curve) -> dict[str, Any]:
    mark = {"type": "line", "color": _INK, "strokeWidth": 2, "strokeDash": [7, 5]}
    return {"data": _data(curve.expected), "mark": mark, "encoding": {"x": _x(), "y": _y(curve)}}


def _observed(curve: Curve) -> dict[str, Any]:
    mark = {"type": "line", "color": _INK, "strokeWidth": 2.5}
    return {"data": _data(curve.observed), "mark": mark, "encoding": {"x": _x(), "y": _y(curve)}}


def _last(curve: Curve) -> dict[str, Any]:
    mark = {"type": "point", "filled": True, "opacity": 1, "color": _INK, "size": 70}
    return {"data": _data(curve.observed[-1:]), "mark": mark, "encoding": {"x": _x(), "y": _y(curve)}}
