"""The strip of facts below a record's name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

from records.values import display
from records.views.reads import Item, Row
from records.viewsets import address_of


def fact(label: Any, value: Any) -> Row:
    """Return one fact. A record is only named: not everybody who reads a contract may open the person who is responsible."""
    return Row(str(label), [Item(display(value))])


def linked_fact(label: Any, records: Iterable[models.Model]) -> Row:
    return Row(str(label), [Item(str(record), address_of(record)) for record in records])


def period(starts_on: Any, ends_on: Any) -> str:
    return f"{display(starts_on)} – {display(ends_on) if ends_on else '…'}"
