"""Many models are created in one go, and a database from before the migrations were folded is refused."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection, models
from django.db.migrations.operations import CreateModel
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

from records.migrating import FOLDED, CreateModels

KEY = ("id", models.BigAutoField(primary_key=True))
HEN = CreateModel("Hen", [KEY, ("egg", models.ForeignKey("farm.Egg", models.CASCADE, null=True))])
EGG = CreateModel("Egg", [KEY, ("hen", models.ForeignKey("farm.Hen", models.CASCADE))])


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("is_made_already", [False, True])
def test_models_that_refer_to_each_other_come_and_go(is_made_already: bool) -> None:
    operation, before = CreateModels([HEN, EGG]), ProjectState()
    if is_made_already:
        assert before.apps
    after = before.clone()
    operation.state_forwards("farm", after)

    with connection.schema_editor() as editor:
        operation.database_forwards("farm", editor, before, after)
    hens, eggs = (after.apps.get_model("farm", name).objects for name in ("Hen", "Egg"))
    hen = hens.create(egg=None)
    assert eggs.create(hen=hen).hen == hen

    with connection.schema_editor() as editor:
        operation.database_backwards("farm", editor, after, before)
    assert not {"farm_hen", "farm_egg"} & set(connection.introspection.table_names())


@pytest.mark.django_db
def test_a_database_from_before_is_refused_before_anything_is_done() -> None:
    MigrationRecorder(connection).record_applied(*FOLDED)

    with pytest.raises(SystemCheckError, match="første frigivelse"):
        call_command("migrate", verbosity=0, skip_checks=False)
