"""Records that are made once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.db import models

from accounts.models import User
from records.services import SaveService, save_record

Record = TypeVar("Record", bound=models.Model)


def ensure(
    model: type[Record],
    *,
    key: Mapping[str, Any],
    related: Mapping[str, Iterable[models.Model]] | None = None,
    save: SaveService = save_record,
    by: User | None,
    **fields: Any,
) -> Record:
    """Return the record with that key, made when it is missing.

    One that is there stays as it is: people may have changed it since. `save` is the record's own service. Raises
    ValidationError when a new one does not hold together.
    """
    held = model._default_manager.filter(**key).first()
    return held or save(model(**key, **fields), related=related, by=by)
