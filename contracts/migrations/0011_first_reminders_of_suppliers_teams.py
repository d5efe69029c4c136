"""When suppliers' teams are reminded of their experience reports, until the municipality decides otherwise."""

from django.db import migrations

RULES = ((14, "before_due"), (3, "before_due"), (1, "after_due"), (7, "after_due"))


def fill(apps, schema_editor):
    rules = apps.get_model("contracts", "ReminderRule").objects
    for days, moment in RULES:
        rules.get_or_create(kind="obligation", days=days, moment=moment, whom="supplier")


def empty(apps, schema_editor):
    apps.get_model("contracts", "ReminderRule").objects.filter(whom="supplier").delete()


class Migration(migrations.Migration):
    dependencies = [("contracts", "0010_suppliers_teams_are_reminded")]
    operations = [migrations.RunPython(fill, empty)]
