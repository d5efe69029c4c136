"""Check constraints of the database, held against rows in memory: thousands of them without a query each.

Django's own `CheckConstraint.validate` asks the database once for each constraint of each row. This gives the same answers for
the conditions that our models have; for any other it asks as Django does.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.constants import LOOKUP_SEP

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "exact": operator.eq,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
}


class UnknownConditionError(Exception):
    """A condition has something that is not computed here."""


def broken_constraints(record: models.Model) -> Iterator[models.CheckConstraint]:
    """Yield the check constraints that the record, stored or not, does not meet."""
    for constraint in record._meta.constraints:
        if isinstance(constraint, models.CheckConstraint) and not _is_met(constraint, record):
            yield constraint


def first_field(constraint: models.CheckConstraint) -> str:
    """Return the field that a broken constraint is told at: the one that it names, else the first in its condition."""
    names = list(_fields_in(constraint.condition))
    code = constraint.violation_error_code
    return code if code and code.isidentifier() else names[0]


def _fields_in(condition: Any) -> Iterator[str]:
    for part in condition.children:
        if isinstance(part, Q):
            yield from _fields_in(part)
        else:
            yield part[0].split(LOOKUP_SEP)[0]


def _is_met(constraint: models.CheckConstraint, record: models.Model) -> bool:
    try:
        return truth(constraint.condition, record) is not False
    except UnknownConditionError:
        return _asked(constraint, record)


def _asked(constraint: models.CheckConstraint, record: models.Model) -> bool:
    try:
        constraint.validate(type(record), record)
    except ValidationError:
        return False
    return True


def truth(condition: Any, record: models.Model) -> bool | None:
    """Return what the condition says of the record; None where a missing value leaves it open, as in SQL."""
    if not isinstance(condition, Q):
        path, wanted = condition
        return _leaf(path, wanted, record)
    found = [truth(part, record) for part in condition.children]
    decisive = condition.connector == Q.OR
    if condition.connector not in {Q.AND, Q.OR}:
        raise UnknownConditionError(condition.connector)
    if decisive in found:
        value: bool | None = decisive
    else:
        value = None if None in found else not decisive
    return not value if condition.negated and value is not None else value


def _leaf(path: str, wanted: Any, record: models.Model) -> bool | None:
    name, _sep, lookup = path.partition(LOOKUP_SEP)
    value = _value(name, record)
    if lookup == "isnull":
        return (value is None) is wanted
    if value is None:
        return None
    if lookup in {"in", "range"}:
        return _among(lookup, value, wanted)
    if (lookup or "exact") not in COMPARISONS:
        raise UnknownConditionError(path)
    other = _value(wanted.name, record) if isinstance(wanted, F) else _plain(wanted)  # type: ignore[attr-defined]
    return None if other is None else COMPARISONS[lookup or "exact"](value, other)


def _among(lookup: str, value: Any, wanted: Any) -> bool:
    choices = [_plain(item) for item in wanted]
    return choices[0] <= value <= choices[1] if lookup == "range" else value in choices


def _plain(value: Any) -> Any:
    if hasattr(value, "resolve_expression"):
        raise UnknownConditionError(value)
    return value


def _value(name: str, record: models.Model) -> Any:
    """Return a column's value; a relation to a row that is not stored yet has no key, but is no less there."""
    field: Any = record._meta.get_field(name)
    value = getattr(record, field.attname)
    return record._state.fields_cache.get(field.name) if value is None and field.is_relation else value
