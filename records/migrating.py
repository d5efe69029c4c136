"""What migrating needs besides what Django has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import Error
from django.db import connections
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState
from django.utils.translation import gettext as _
from django.utils.translation import override

# Any database from before has this one applied; none of later has.
FOLDED = ("contracts", "0002_case_number_labels")


class CreateModels(Operation):
    """Create many models at once, which may refer to each other in any order.

    Django makes all models anew, in memory, after each model that a migration creates. With the several hundred of this project
    that took minutes before a new installation had its tables; here it is done once.
    """

    serialization_expand_args = ["models"]

    def __init__(self, models: Sequence[CreateModel]) -> None:
        self.models = models

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        was_made = state.__dict__.pop("apps", None) is not None
        for model in self.models:
            model.state_forwards(app_label, state)
        if was_made:
            state.apps  # noqa: B018  # made on first use

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "Create models " + ", ".join(model.name for model in self.models)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__qualname__, [], {"models": list(self.models)}


def check_database_is_not_older(databases: Sequence[str] | None = None, **kwargs: Any) -> list[Error]:
    """Find databases from before the project's first release, whose migrations were folded: those cannot be brought forward.

    Django asks before it migrates, so that nothing is half done. Each of the databases costs one query.
    """
    return [
        _older(name) for name in databases or () if FOLDED in MigrationRecorder(connections[name]).applied_migrations()
    ]


def _older(database: str) -> Error:
    with override(settings.LANGUAGE_CODE):  # commands switch translations off
        text = _("The database “%(name)s” was made before the first release, and cannot be brought forward.")
        hint = _(
            "The example's database is made anew after `make clean`. Elsewhere, point DATABASE_URL to an empty database."
        )
        return Error(str(text % {"name": database}), hint=str(hint), id="records.E001")
