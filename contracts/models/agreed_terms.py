"""The terms of an agreement that an amendment may change, as they are stored in a draft and read by people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from contracts import differences
from records.values import NOTHING, CompoundField, Part, PartChange, Text

# The value is no term: it is what amendments are measured by, and theirs stands on the amendment.
TERM_FIELDS = {
    "contract": (
        "ends_on",
        "last_referral_on",
        "run_off_months",
        "notice_months",
        "notice_to_month_end",
        "non_terminable_until",
        "expected_referrals_per_year",
        "sharing_level",
    ),
    "frameworkagreement": (
        "ends_on",
        "ceiling_dkk",
        "retender_threshold_percent",
        "stop_threshold_percent",
        "notice_months",
        "price_regulation",
        "price_regulated_on",
        "price_regulation_note",
    ),
}
ROW_FIELDS = {
    "contractprice": ("service", "unit", "price_dkk", "valid_from", "valid_to"),
    "contractoption": ("length_months", "decide_months_before", "decide_by_on"),
    "frameworkoption": ("length_months", "decide_months_before", "decide_by_on"),
}
OPTIONS = frozenset({"contractoption", "frameworkoption"})
Row = dict[str, Any]


def key_of(model: str, name: object) -> str:
    """Return the key of a field ("contract.ends_on") or of a row ("contractprice.12")."""
    return f"{model}.{name}"


def stored(field: models.Field, value: Any) -> Any:
    """Return a column's value as it stands in stored terms; equal values are stored alike."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(field, models.DecimalField) and value is not None:
        return str(Decimal(value).quantize(Decimal(1).scaleb(-field.decimal_places)))
    return value if value != "" else None


def restored(field: models.Field, value: Any) -> Any:
    """Return what was stored as the column holds it; a relation stays a key."""
    if value is None:
        return None if field.null else field.get_default()
    return value if field.is_relation else field.to_python(value)


def stored_fields(row: models.Model, names: Iterable[str]) -> dict[str, Any]:
    """Return the columns that have a value, as they stand in stored terms."""
    found = {name: stored(_field(row, name), getattr(row, _field(row, name).attname)) for name in names}
    return {name: value for name, value in found.items() if value is not None}


def _field(row: models.Model | type[models.Model], name: str) -> models.Field:
    return row._meta.get_field(name)  # type: ignore[return-value]


class TermsField(CompoundField):
    """Terms by key (see `contracts.differences`); history tells which of them changed."""

    def parts(self, value: differences.Terms | None) -> Iterator[Part]:
        for key, part in (value or {}).items():
            model, name = _model_and_name(key)
            if isinstance(part, dict):
                yield from ((_field(model, column), restored(_field(model, column), part[column])) for column in part)
            else:
                yield _field(model, name), restored(_field(model, name), part)

    def changes(self, old: Any, new: Any, text: Text) -> list[PartChange]:
        """Return each term that differs: what it is called, before and after."""
        return [worded(difference, text) for difference in differences.diff(old or {}, new or {})]


def worded(difference: differences.Difference, text: Text) -> PartChange:
    """Return one difference in words; of a row that was changed only what changed in it."""
    model, name = _model_and_name(difference.key)
    if model._meta.model_name not in ROW_FIELDS:
        field = _field(model, name)
        before, after = (text(field, restored(field, value)) for value in (difference.before, difference.after))
        return PartChange(capfirst(str(field.verbose_name)), before, after)
    rows = (difference.before, difference.after)
    columns = _changed_columns(*rows)
    before, after = (_row_text(model, row, columns, text) for row in rows)
    return PartChange(_row_label(model, name, difference.after or difference.before, text), before, after)


def _changed_columns(before: Row | None, after: Row | None) -> list[str] | None:
    """Return what differs in a row that was changed; None for one that is new or gone, which is shown whole."""
    if before is None or after is None:
        return None
    return [column for column in before | after if before.get(column) != after.get(column)]


def label_of(key: str, row: Any, text: Text) -> str:
    """Return what a term is called."""
    model, name = _model_and_name(key)
    if model._meta.model_name in ROW_FIELDS:
        return _row_label(model, name, row or {}, text)
    return capfirst(str(_field(model, name).verbose_name))


def value_text(key: str, value: Any, text: Text) -> str:
    """Return a term's whole value in words."""
    model, name = _model_and_name(key)
    if model._meta.model_name in ROW_FIELDS:
        return _row_text(model, value, None, text)
    return text(_field(model, name), restored(_field(model, name), value))


def _row_label(model: type[models.Model], name: str, row: Row, text: Text) -> str:
    if model._meta.model_name in OPTIONS:
        return _("Option %(number)s") % {"number": name}
    service = text(_field(model, "service"), row["service"]) if "service" in row else NOTHING
    return _("Price: %(service)s, %(unit)s") % {"service": service, "unit": row.get("unit", NOTHING)}


def _row_text(model: type[models.Model], row: Row | None, columns: list[str] | None, text: Text) -> str:
    if row is None:
        return NOTHING
    names = ROW_FIELDS[str(model._meta.model_name)]
    shown = [name for name in names if (name in columns if columns is not None else name in row)]
    fields = [_field(model, name) for name in shown]
    return ", ".join(f"{field.verbose_name}: {text(field, restored(field, row.get(field.name)))}" for field in fields)


def _model_and_name(key: str) -> tuple[type[models.Model], str]:
    model, _dot, name = key.partition(".")
    return apps.get_model("contracts", model), name
