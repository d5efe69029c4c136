"""Kinds of notices for the tests; rooms above register their own."""

from __future__ import annotations

import pytest

from notifications import kinds
from notifications.kinds import Kind

MAY_BE_OFF = Kind("test", "Prøve")
ALWAYS_ON = Kind("test.vigtig", "Vigtig prøve", can_be_switched_off=False)


@pytest.fixture(autouse=True)
def registered_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_kinds", {kind.code: kind for kind in (MAY_BE_OFF, ALWAYS_ON)})
