"""What rounds have known so far, said in the new way.

Committees' wishes get a text, contracts that owed a report because they ran owe it by an obligation, and what was handed in in
rounds that are closed is accepted and fulfils it.
"""

from django.db import migrations
from django.db.models import Q
from django.utils import timezone

KIND = "experience_report"
REASON = "Reports follow from obligations"


def forward(apps, schema_editor):
    for round in apps.get_model("learnings", "Round").objects.all():
        write_wishes(apps, round)
        write_obligations(apps, round)
        if round.state == "closed":
            accept_reports(apps, round)


def backward(apps, schema_editor):
    pairs = chosen(apps)
    for wish in apps.get_model("learnings", "Wish").objects.order_by("pk"):
        pairs.get_or_create(round_id=wish.round_id, decision_id=wish.decision_id)


def chosen(apps):
    return apps.get_model("learnings", "Round")._meta.get_field("wishes").remote_field.through.objects


def write_wishes(apps, round):
    decisions = apps.get_model("committees", "Decision")
    for pair in chosen(apps).filter(round_id=round.pk).order_by("pk"):
        decision = decisions.objects.get(pk=pair.decision_id)
        text = decision.remarks or decision.title
        create(apps, "learnings", "Wish", round_id=round.pk, decision_id=decision.pk, text=text)


def write_obligations(apps, round):
    due = due_in(apps, round).values("obligation__contract")
    for contract in owing(apps, round).exclude(pk__in=due).distinct():
        rule = {"kind": KIND, "title": round.title, "party": "supplier", "first_due_on": round.closes_on}
        obligation = create(apps, "contracts", "Obligation", contract_id=contract.pk, **rule)
        create(apps, "contracts", "ObligationOccurrence", obligation_id=obligation.pk, due_on=round.closes_on)


def owing(apps, round):
    """The rule until now: a contract that ran on some day of the round."""
    ended = Q(effective_ends_on__lt=round.opens_on) | Q(
        effective_ends_on__isnull=True, lot__framework__effective_ends_on__lt=round.opens_on
    )
    contracts = apps.get_model("contracts", "Contract").objects.filter(starts_on__lte=round.closes_on)
    return contracts.exclude(ended)


def due_in(apps, round):
    occurrences = apps.get_model("contracts", "ObligationOccurrence").objects
    return occurrences.filter(
        due_on__year=round.closes_on.year, obligation__kind=KIND, obligation__contract__isnull=False
    )


def accept_reports(apps, round):
    versions = apps.get_model("learnings", "ReportVersion").objects.filter(submitted_at__isnull=False)
    for report in apps.get_model("learnings", "ExperienceReport").objects.filter(round=round):
        submitted = list(versions.filter(report=report).order_by("number"))
        if submitted and not versions.model.objects.filter(report=report, submitted_at__isnull=True).exists():
            version, first = submitted[-1], submitted[0]
            facts = {"outcome": "accepted", "reviewed_at": version.submitted_at}
            create(apps, "learnings", "Review", version_id=version.pk, **facts)
            fulfil(apps, report, due_in(apps, round), on=timezone.localdate(first.submitted_at))


def fulfil(apps, report, due, *, on):
    kind, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="learnings", model="experiencereport"
    )
    supplier = apps.get_model("suppliers", "Supplier").objects.get(pk=report.supplier_id)
    survivor = supplier.merged_into_id or supplier.pk
    own = Q(obligation__contract__supplier=survivor) | Q(obligation__contract__supplier__merged_into=survivor)
    for occurrence in due.filter(own, state="open"):
        occurrence.state, occurrence.settled_on = "fulfilled", on
        occurrence.evidence_type_id, occurrence.evidence_id = kind.pk, report.pk
        occurrence.save()
        note(apps, "contracts", occurrence, "~")


def create(apps, app, name, **values):
    row = apps.get_model(app, name).objects.create(**values)
    note(apps, app, row, "+")
    return row


def note(apps, app, row, kind):
    """Write the entry in history that our services write."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    history = apps.get_model(app, f"Historical{row._meta.object_name}").objects
    history.create(**values, history_date=timezone.now(), history_type=kind, history_change_reason=REASON)


class Migration(migrations.Migration):
    dependencies = [
        ("committees", "0003_sentences_at_fields"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("contracts", "0009_phases_of_tenders_are_due"),
        ("learnings", "0003_wishes_reviews_and_discussions"),
        ("suppliers", "0004_sentences_at_fields"),
    ]
    operations = [migrations.RunPython(forward, backward)]
