"""Worked examples from elsewhere, by method."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

CASES = json.loads(Path(__file__).with_name("cases.json").read_text(encoding="utf-8"))["cases"]


def worked(method: str) -> pytest.MarkDecorator:
    """Return the parametrisation over the examples of a method."""
    found = [case for case in CASES if case["method"] == method]
    assert found, method
    return pytest.mark.parametrize("case", found, ids=[case["id"] for case in found])


def near(case: dict[str, Any], expected: Any, *, at_least: float = 0.0) -> Any:
    """Return what a value is compared with: within the tolerance that the example names."""
    tolerance = max(case["tolerance"], at_least)
    is_absolute = case["tolerance_type"] == "absolute"
    return pytest.approx(expected, abs=tolerance if is_absolute else 0, rel=0 if is_absolute else tolerance)
