"""Let the sets of obligations that are attached to lots flow to the contracts of those lots."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from contracts.models import Contract, Lot, Obligation, ObligationOccurrence, ObligationSet, ObligationTemplate
from contracts.services.planning import plan_many
from records.bulk import create_many, delete_many, update_many

RULE_FIELDS = ("kind", "title", "party", "description", "first_due_on", "days_after_start", "every_months")
FLOWING_FIELDS = (*RULE_FIELDS, "template", "decision", "withdrawn_on")
FLOWING_COLUMNS = (*RULE_FIELDS, "template_id", "decision_id", "withdrawn_on")
BATCH = 500


@dataclass
class Flow:
    """What a batch of contracts lacks, and what of theirs is to change."""

    new: list[Obligation] = field(default_factory=list)
    changed: list[Obligation] = field(default_factory=list)
    fields: set[str] = field(default_factory=set)

    def change(self, obligation: Obligation, fields: set[str]) -> None:
        """Note an obligation whose fields were changed; what nobody changed is not written."""
        if fields:
            self.changed.append(obligation)
            self.fields |= fields


@transaction.atomic
def apply_obligation_sets(
    target: Contract | Lot | ObligationSet,
    *,
    today: dt.date | None = None,
    since: dt.date | None = None,
    reason: str = "",
    by: User | None,
) -> None:
    """Give the contracts of a contract, lot or set the obligations that their lots' sets ask for; idempotent.

    An obligation that was changed for one contract keeps its rule. One whose set was taken away asks for nothing more,
    and keeps what was fulfilled; it goes on if the set comes back. Contracts that have ended get nothing new, unless
    `since` says that their past is entered afterwards.
    """
    contracts = _contracts_of(target)
    lock_lots(contracts.values_list("lot", flat=True))
    today = today or timezone.localdate()
    keys = list(contracts.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        batch = contracts.model._default_manager.filter(pk__in=keys[start : start + BATCH]).order_by("pk")
        flow = _flow_to(list(batch), today, since)
        made = create_many(flow.new, reason=reason, by=by)
        update_many(flow.changed, sorted(flow.fields), reason=reason, by=by)
        plan_many((row.pk for row in [*made, *flow.changed]), today=today, since=since, reason=reason, by=by)


def lock_lots(lots: Iterable[int]) -> None:
    """Let whoever gives a lot a contract or a set wait for each other, so that neither misses what the other adds."""
    list(Lot.objects.select_for_update(no_key=True).filter(pk__in=list(lots)).order_by("pk").values_list("pk"))


def detach_templates(templates: Iterable[int], *, today: dt.date, by: User | None) -> None:
    """Let go of obligations whose templates are about to be deleted: they ask for nothing more."""
    left = list(Obligation.objects.select_for_update().filter(template__in=list(templates)).order_by("pk"))
    for obligation in left:
        obligation.template, obligation.withdrawn_on = None, obligation.withdrawn_on or today
    reason = _("Taken out of the set")
    update_many(left, ["template", "withdrawn_on"], reason=reason, by=by)
    plan_many((row.pk for row in left), today=today, reason=reason, by=by)


def take_back_flowed(contract: Contract, *, reason: str, by: User | None) -> None:
    """Delete what sets have given a contract that is about to be deleted, as far as nothing of it is settled."""
    flowed = contract.obligations.filter(Q(template__isnull=False) | Q(withdrawn_on__isnull=False))
    settled = ObligationOccurrence.objects.settled().filter(obligation__contract=contract).values("obligation")
    obligations = list(flowed.exclude(pk__in=settled))
    delete_many(list(ObligationOccurrence.objects.filter(obligation__in=obligations)), reason=reason, by=by)
    delete_many(obligations, reason=reason, by=by)


def copy_rule(template: ObligationTemplate, obligation: Obligation) -> None:
    for name in RULE_FIELDS:
        setattr(obligation, name, getattr(template, name))


def differs(template: ObligationTemplate, obligation: Obligation) -> bool:
    """Tell whether an obligation says something else than the template that it came from."""
    return any(getattr(template, name) != getattr(obligation, name) for name in RULE_FIELDS)


def _contracts_of(target: Contract | Lot | ObligationSet) -> models.QuerySet[Contract]:
    if isinstance(target, Contract):
        return Contract.objects.filter(pk=target.pk)
    if isinstance(target, Lot):
        return Contract.objects.filter(lot=target)
    given = Obligation.objects.filter(template__obligation_set=target, contract__isnull=False)
    return Contract.objects.filter(Q(lot__in=target.lots.all()) | Q(pk__in=given.values("contract")))


def _flow_to(contracts: list[Contract], today: dt.date, since: dt.date | None) -> Flow:
    templates, there, flow = _templates_by_lot(contracts), _obligations_by_contract(contracts), Flow()
    for contract in contracts:
        wanted = {template.pk: template for template in templates[contract.lot_id]}
        own = there[contract.pk]
        for obligation in own:
            flow.change(obligation, _follow(obligation, wanted, today))
        if since is not None or contract.effective_ends_on is None or contract.effective_ends_on >= today:
            _add_missing(contract, wanted, own, flow)
    return flow


def _templates_by_lot(contracts: list[Contract]) -> dict[int, list[ObligationTemplate]]:
    pairs = ObligationSet.lots.through.objects.filter(lot__in={contract.lot_id for contract in contracts})
    sets_of: defaultdict[int, list[int]] = defaultdict(list)
    for lot, obligation_set in pairs.order_by("pk").values_list("lot", "obligationset"):
        sets_of[lot].append(obligation_set)
    wanted = {key for keys in sets_of.values() for key in keys}
    found: defaultdict[int, list[ObligationTemplate]] = defaultdict(list)
    for template in ObligationTemplate.objects.filter(obligation_set__in=wanted).select_related("obligation_set"):
        found[template.obligation_set_id].append(template)
    by_lot = {lot: [template for key in keys for template in found[key]] for lot, keys in sets_of.items()}
    return defaultdict(list, by_lot)


def _obligations_by_contract(contracts: list[Contract]) -> dict[int, list[Obligation]]:
    """Return what has come from sets, in the contracts' order; also what was let go of."""
    flowed = Q(template__isnull=False) | Q(withdrawn_on__isnull=False)
    held = Obligation.objects.select_for_update(of=("self",)).filter(flowed, contract__in=contracts).order_by("pk")
    found: defaultdict[int, list[Obligation]] = defaultdict(list)
    for obligation in held.select_related("template__obligation_set"):
        found[obligation.contract_id].append(obligation)  # type: ignore[index]
    return found


def _follow(obligation: Obligation, wanted: dict[int, ObligationTemplate], today: dt.date) -> set[str]:
    """Bring an obligation into line with its set, and return the fields that this changed."""
    if obligation.template_id is None:
        return set()
    template, before = wanted.get(obligation.template_id), _values(obligation)
    if template is None:
        obligation.withdrawn_on = obligation.withdrawn_on or today
    else:
        _fill(obligation, template)
    after = _values(obligation)
    return {name for name in FLOWING_FIELDS if before[name] != after[name]}


def _fill(obligation: Obligation, template: ObligationTemplate) -> None:
    obligation.template, obligation.withdrawn_on = template, None
    if obligation.follows_set:
        copy_rule(template, obligation)
        obligation.decision_id = template.obligation_set.decision_id


def _values(obligation: Obligation) -> dict[str, object]:
    columns = zip(FLOWING_FIELDS, FLOWING_COLUMNS, strict=True)
    return {name: getattr(obligation, column) for name, column in columns}


def _add_missing(contract: Contract, wanted: dict[int, ObligationTemplate], own: list[Obligation], flow: Flow) -> None:
    held = {obligation.template_id for obligation in own}
    let_go = {(row.kind, row.title): row for row in own if row.template_id is None}
    for template in _missing(wanted, held):
        if returned := let_go.pop((template.kind, template.title), None):
            _fill(returned, template)
            flow.change(returned, set(FLOWING_FIELDS))
        else:
            flow.new.append(Obligation(contract=contract))
            _fill(flow.new[-1], template)


def _missing(wanted: dict[int, ObligationTemplate], held: set[int | None]) -> Iterator[ObligationTemplate]:
    return (template for key, template in wanted.items() if key not in held)
