"""Save and delete obligations and sets of them: what is due follows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from contracts.models import Obligation, ObligationSet, ObligationTemplate
from contracts.services.flowing import apply_obligation_sets, copy_rule, detach_templates, differs, lock_lots
from contracts.services.planning import plan_occurrences
from records.bulk import delete_many
from records.children import pending_children
from records.services import delete_record, save_record

Related = Mapping[str, Iterable[models.Model]] | None


@transaction.atomic
def save_obligation(
    obligation: Obligation,
    *,
    related: Related = None,
    reason: str = "",
    today: dt.date | None = None,
    by: User | None,
) -> Obligation:
    """Save an obligation and write down when it is due.

    One that came from a set and now says something else no longer follows the set. Raises ValidationError when it would
    move to another agreement: what was fulfilled there stays there.
    """
    stored = Obligation.objects.select_for_update(of=("self",)).filter(pk=obligation.pk).first()
    if stored is not None and (stored.contract_id, stored.framework_id) != (
        obligation.contract_id,
        obligation.framework_id,
    ):
        raise ValidationError(
            _("An obligation stays with its agreement. Write when this one ends, and add one to the other agreement.")
        )
    if obligation.template is not None:
        obligation.follows_set = not differs(obligation.template, obligation)
    save_record(obligation, related=related, reason=reason, by=by)
    plan_occurrences(obligation, today=today or timezone.localdate(), reason=reason, by=by)
    return obligation


@transaction.atomic
def follow_set_again(obligation: Obligation, *, today: dt.date | None = None, by: User | None) -> Obligation:
    """Give an obligation that was changed for its contract the set's rule again. Raises ValidationError without a set."""
    template = obligation.template
    if template is None:
        raise ValidationError(_("The obligation comes from no set. Change it here instead."))
    copy_rule(template, obligation)
    obligation.decision_id = template.obligation_set.decision_id
    return save_obligation(obligation, reason=_("Follows the set again"), today=today, by=by)


@transaction.atomic
def delete_obligation(obligation: Obligation, *, reason: str = "", by: User) -> None:
    """Delete an obligation with its open days; history can bring it back.

    Raises ValidationError when it has been fulfilled or waived, or comes from a set that would give it again.
    """
    if obligation.template is not None and obligation.withdrawn_on is None:
        raise ValidationError(
            _("The obligation comes from the set “%(set)s”. Write when it is no longer required, or change the set.")
            % {"set": obligation.template.obligation_set}
        )
    occurrences = list(obligation.occurrences.select_for_update())
    if settled := sum(not occurrence.is_open for occurrence in occurrences):
        text = ngettext(
            "The obligation has been settled %(count)s time, and that is kept. Write when it is no longer required instead.",
            "The obligation has been settled %(count)s times, and that is kept. Write when it is no longer required instead.",
            settled,
        )
        raise ValidationError(text % {"count": settled})
    delete_many(occurrences, reason=reason, by=by)
    delete_record(obligation, reason=reason, by=by)


@transaction.atomic
def save_obligation_set(
    obligation_set: ObligationSet,
    *,
    related: Related = None,
    reason: str = "",
    today: dt.date | None = None,
    by: User | None,
) -> ObligationSet:
    """Save a set with its obligations, and let them flow to the contracts of its lots."""
    _check_templates(obligation_set)
    today = today or timezone.localdate()
    lots = {lot.pk for lot in (related or {}).get("lots", ())}
    lock_lots(lots | _lots_of(obligation_set))
    detach_templates(_taken_out(obligation_set), today=today, by=by)
    save_record(obligation_set, related=related, reason=reason, by=by)
    apply_obligation_sets(obligation_set, today=today, reason=str(obligation_set)[:100], by=by)
    return obligation_set


@transaction.atomic
def delete_obligation_set(
    obligation_set: ObligationSet, *, reason: str = "", today: dt.date | None = None, by: User
) -> None:
    """Delete a set: its obligations ask for nothing more, and keep what was fulfilled."""
    lock_lots(_lots_of(obligation_set))
    templates = obligation_set.templates.values_list("pk", flat=True)
    detach_templates(list(templates), today=today or timezone.localdate(), by=by)
    delete_record(obligation_set, reason=reason, by=by)


def _lots_of(obligation_set: ObligationSet) -> set[int]:
    return set(obligation_set.lots.values_list("pk", flat=True)) if obligation_set.pk else set()


def _check_templates(obligation_set: ObligationSet) -> None:
    """Raise ValidationError when an obligation of the set does not hold together; its form says so beside the row."""
    for _relation, rows in pending_children(obligation_set):
        for row in rows:
            row.validate_constraints(exclude={"obligation_set"})


def _taken_out(obligation_set: ObligationSet) -> list[int]:
    """Return the stored obligations of a set that its pending rows no longer hold."""
    for relation, rows in pending_children(obligation_set):
        if relation.related_model is ObligationTemplate:
            kept = [row.pk for row in rows if row.pk is not None]
            stored = ObligationTemplate.objects.filter(obligation_set=obligation_set.pk).exclude(pk__in=kept)
            return list(stored.values_list("pk", flat=True))
    return []
