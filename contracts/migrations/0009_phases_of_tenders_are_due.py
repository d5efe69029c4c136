"""Planned phases of tenders are deadlines: the buffer and the reminders that a municipality begins with."""

from django.db import migrations

KIND = "tender_phase"


def fill(apps, schema_editor):
    setting = apps.get_model("contracts", "DeadlineSetting")
    rule = apps.get_model("contracts", "ReminderRule")
    setting.objects.get_or_create(kind=KIND, defaults={"administration_days": 7})
    rule.objects.get_or_create(kind=KIND, days=0, moment="before_begin", whom="responsible")
    rule.objects.get_or_create(kind=KIND, days=1, moment="after_due", whom="responsible")


class Migration(migrations.Migration):
    dependencies = [("contracts", "0008_agreed_amendments_and_phases")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
