"""Values of records as people read them: in lists, on read pages, in history and in conflicts."""

from __future__ import annotations

import datetime as dt
import json
from abc import abstractmethod
from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils import formats, timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.rich_text import RichText

NOTHING = "–"
Part = tuple[models.Field, Any]
Text = Callable[[models.Field, Any], str]


def display(value: Any) -> str:
    """Return a value as text in the reader's language; nothing at all is an en dash, zero is 0."""
    if value is None or value in ("", []):
        return NOTHING
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dt.datetime):
        return formats.date_format(timezone.localtime(value) if timezone.is_aware(value) else value, "DATETIME_FORMAT")
    if isinstance(value, dt.date):
        return formats.date_format(value)
    if isinstance(value, int | float | Decimal):
        return _number(value)
    return _text_of(value)


def _number(value: float | Decimal) -> str:
    """Write an amount of whole kroner without its two noughts."""
    is_whole = isinstance(value, Decimal) and value == value.to_integral_value()
    return str(formats.localize(int(value) if is_whole else value))


def _text_of(value: Any) -> str:
    if isinstance(value, models.Manager):
        value = value.all()
    if isinstance(value, models.QuerySet | list | tuple | set | frozenset):
        return ", ".join(sorted(str(item) for item in value)) or NOTHING
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    if isinstance(value, FieldFile):
        return value.name or NOTHING
    if isinstance(value, RichText):
        return strip_tags(value.source)
    return str(value)


def field_display(field: models.Field, value: Any) -> str:
    """Return the stored value of a column as text, by the field's own choices where it has them."""
    if field.choices:
        return str(dict(field.flatchoices).get(value, display(value)))
    return display(value)


class PartChange(NamedTuple):
    """What a part of a value is called, and its text before and after."""

    label: str
    old: str
    new: str


class CompoundField(models.JSONField):
    """A column whose value has parts of its own: people read which of them changed, never the whole."""

    @abstractmethod
    def parts(self, value: Any) -> Iterable[Part]:
        """Return the parts as columns with their values, so that related rows among them can be named."""

    @abstractmethod
    def changes(self, old: Any, new: Any, text: Text) -> Iterable[PartChange]:
        """Return what differs between two values, with `text` for the value of a part."""


class Labels:
    """Names of related rows, read in one query per model however many values ask for them."""

    def __init__(self) -> None:
        self._wanted: defaultdict[type[models.Model], set[Any]] = defaultdict(set)
        self._found: dict[type[models.Model], dict[Any, str]] = {}

    def want(self, field: models.Field, value: Any) -> None:
        """Note that the value of a relation will be shown; columns that are no relation are left alone."""
        if isinstance(field, CompoundField):
            for part, held in field.parts(value):
                self.want(part, held)
        if field.is_relation and field.related_model is not None:
            keys: Iterable[Any] = value if field.many_to_many else [value]
            self._wanted[field.related_model].update(key for key in keys if key is not None)

    def text(self, field: models.Field, value: Any) -> str:
        """Return the value as text, with related rows by name; a row that is gone is named by its number."""
        if not field.is_relation:
            return field_display(field, value)
        keys = value if field.many_to_many else [value]
        names = self._names(field.related_model)
        return display([names.get(key, _("deleted (no. %(key)s)") % {"key": key}) for key in keys if key is not None])

    def _names(self, model: type[models.Model] | None) -> dict[Any, str]:
        if model is None:
            return {}
        if model not in self._found:
            rows = model._base_manager.select_related().filter(pk__in=self._wanted[model])
            self._found[model] = {row.pk: str(row) for row in rows}
        return self._found[model]
