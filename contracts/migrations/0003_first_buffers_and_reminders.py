"""The buffers and reminders that a new municipality begins with; both are edited in their registers."""

from django.db import migrations

# kind: days of administration, days of decision, whether a committee decides
BUFFERS = {
    "notice": (30, 30, True),
    "option": (60, 30, True),
    "expiry": (90, 0, False),
    "retender": (30, 30, True),
    "last_referral": (30, 0, False),
    "run_off": (30, 0, False),
    "obligation": (14, 0, False),
    "document": (30, 0, False),
    "price_regulation": (30, 0, False),
    "ceiling_retender": (30, 30, True),
    "ceiling_stop": (14, 0, False),
}
STAYING = ("option", "retender", "obligation", "document", "price_regulation", "ceiling_retender", "ceiling_stop")
# Suppliers' teams are reminded of what they owe.
SUPPLIERS = ((14, "before_due"), (3, "before_due"), (1, "after_due"), (7, "after_due"))


def fill(apps, schema_editor):
    setting = apps.get_model("contracts", "DeadlineSetting")
    rule = apps.get_model("contracts", "ReminderRule")
    for kind, (administration, decision, needs_decision) in BUFFERS.items():
        values = {
            "administration_days": administration,
            "decision_days": decision,
            "needs_decision": needs_decision,
        }
        setting.objects.get_or_create(kind=kind, defaults=values)
        rule.objects.get_or_create(kind=kind, days=0, moment="before_begin", whom="responsible")
        rule.objects.get_or_create(kind=kind, days=14, moment="before_due", whom="team")
    for kind in STAYING:
        rule.objects.get_or_create(kind=kind, days=1, moment="after_due", whom="team")
    for days, moment in SUPPLIERS:
        rule.objects.get_or_create(kind="obligation", days=days, moment=moment, whom="supplier")
    fill_phases(setting, rule)


def fill_phases(setting, rule):
    """A tender's phases are in the hands of whoever runs it: few days, and only that person is reminded."""
    setting.objects.get_or_create(kind="tender_phase", defaults={"administration_days": 7})
    rule.objects.get_or_create(kind="tender_phase", days=0, moment="before_begin", whom="responsible")
    rule.objects.get_or_create(kind="tender_phase", days=1, moment="after_due", whom="responsible")


class Migration(migrations.Migration):
    dependencies = [("contracts", "0002_first_rows")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
