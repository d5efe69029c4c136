"""Columns of a list that rooms above add to it.

A list of suppliers tells how many contracts run, and suppliers know nothing of contracts. The room above gives the column, and
how its value is fetched for all rows at once, in the hook `register_record_columns`: a function that returns `ColumnsAbove`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from wagtail import hooks
from wagtail.admin.ui.tables import Column


@dataclass(frozen=True)
class ColumnsAbove:
    """`annotate` adds what the columns show to the rows; it is asked only when one of them is seen."""

    model: type[models.Model]
    columns: list[Column]
    annotate: Callable[[Any], Any]


def columns_above(model: type[models.Model]) -> list[ColumnsAbove]:
    return [each for each in _all() if each.model is model]


@functools.cache
def _all() -> list[ColumnsAbove]:
    return [each for hook in hooks.get_hooks("register_record_columns") for each in hook()]
