"""What stands on a record's pages beyond what every register says, and where rooms above have made a page for it.

A page that shows several rooms lies above all of them, and yet every link to the record should lead there. The room above
says so in the Wagtail hook `register_record_pages`: a function that returns addresses by model.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from wagtail import hooks

PageAddress = Callable[[models.Model], str]


@dataclass(frozen=True)
class Banner:
    """A sentence on top of a record's pages. `tone` is info, warning or critical."""

    text: str
    tone: str = "info"


@dataclass(frozen=True)
class Link:
    """A page of a record beyond those that every register has."""

    label: str
    url: str
    icon: str


@dataclass(frozen=True)
class Successor:
    """The record that has taken another's place, and a sentence for those who come by the old address."""

    record: models.Model
    note: str


def page_of(record: models.Model) -> str | None:
    """Return the address of the page that a room above has made for the record; None where its register's own is it."""
    address = _pages().get(type(record))
    return address(record) if address else None


@functools.cache
def _pages() -> dict[type[models.Model], PageAddress]:
    return {model: page for hook in hooks.get_hooks("register_record_pages") for model, page in hook().items()}
