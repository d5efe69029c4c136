"""What a room's checks give: a record that breaks a rule over several rows, and how."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import models


@dataclass(frozen=True)
class Problem:
    """A stored record that a rule does not allow; `message` is a sentence for whoever puts it right."""

    record: models.Model
    message: str


Check = Callable[[], Iterator[Problem]]
