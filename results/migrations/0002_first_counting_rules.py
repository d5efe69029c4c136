"""The first code groups, codes and rules. Codes and labels come from a public code list of about 2015; each says how sure it is."""

import csv
from pathlib import Path

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data"
RULES = (
    {
        "measure_code": "job_2m",
        "name": "I job to måneder efter afsluttet forløb",
        "column_label": "I job eller fleksjob",
        "order": 10,
        "counted_by": "register_week",
        "window_months": 2,
        "blank_with_work": True,
        "person_rule": "last_course",
        "yes": ["fleksjob"],
        "employed": ["beskaeftigelse"],
        "censored": ["forladt"],
    },
    {
        "measure_code": "education_2m",
        "name": "I uddannelse to måneder efter afsluttet forløb",
        "column_label": "I uddannelse",
        "order": 20,
        "counted_by": "register_week",
        "window_months": 2,
        "person_rule": "last_course",
        "yes": ["uddannelse"],
        "employed": [],
        "censored": ["forladt"],
    },
    {
        "measure_code": "plan_6m",
        "name": "Forberedende plan senest seks måneder efter afsluttet forløb",
        "column_label": "Med forberedende plan",
        "order": 30,
        "counted_by": "plan_date",
        "window_months": 6,
        "person_rule": "any_course",
        "yes": [],
        "employed": [],
        "censored": [],
    },
)


def add(apps, schema_editor):
    group_model, code_model, rule_model = (
        apps.get_model("results", name) for name in ("CodeGroup", "RegisterCode", "CountingRule")
    )
    groups = {row["code"]: group_model.objects.create(**row) for row in _rows("code_groups.csv")}
    code_model.objects.bulk_create(
        code_model(**{**row, "group": groups[row["group"]]}) for row in _rows("register_codes.csv")
    )
    for fields in RULES:
        fields = dict(fields)
        chosen = {name: [groups[code] for code in fields.pop(name)] for name in ("yes", "employed", "censored")}
        rule = rule_model.objects.create(version="1", valid_from="2000-01-01", population="ended_in_period", **fields)
        rule.yes_groups.set(chosen["yes"])
        rule.employed_groups.set(chosen["employed"])
        rule.censored_groups.set(chosen["censored"])


def _rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def remove(apps, schema_editor):
    for name in ("CountingRule", "RegisterCode", "CodeGroup"):
        apps.get_model("results", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("results", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
