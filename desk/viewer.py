"""Who looks, on which day, and what the address asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import models

from accounts.models import User

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class Viewer:
    user: User
    today: dt.date
    asked: Mapping[str, Any] = field(default_factory=dict)

    def rows(self, model: type[Row]) -> Any:
        """Return the rows of a model that this person may see."""
        return model._default_manager.visible_to(self.user)  # type: ignore[attr-defined]

    def number(self, name: str, *, largest: int) -> int:
        """Return a number of the address, from 1; anything else counts as 1."""
        text = str(self.asked.get(name, ""))
        return min(int(text), largest) if text.isdecimal() and text.isascii() and int(text[:9]) > 0 else 1
