"""What the rules of deadlines are told of amendments that are agreed and have not taken effect: they count already.

So no deadline moves on the day that an amendment takes effect, and nobody is reminded of a day that will not hold.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from typing import Any

from contracts import differences, terms
from contracts.deadlines.facts import AgreementFacts, OptionFacts
from contracts.models import Amendment, Contract, FrameworkAgreement
from contracts.models.agreed_terms import restored
from contracts.queries.coming import waiting_by_agreement

# Terms that deadlines are counted by; the end itself is stored with what is agreed.
COUNTED = {
    "contract": ("notice_months", "notice_to_month_end", "non_terminable_until", "last_referral_on", "run_off_months"),
    "frameworkagreement": ("price_regulated_on", "price_regulation"),
}
OPTION_TERMS = ("length_months", "decide_months_before", "decide_by_on")
NOTICE = "frameworkagreement.notice_months"


class ComingFacts:
    """What is agreed of all agreements: one query, and one more where a framework's notice changes for its contracts."""

    def __init__(self) -> None:
        self._waiting = waiting_by_agreement()
        self._notice = self._coming_notice()

    @property
    def contracts(self) -> set[int]:
        """Return the contracts of which something is agreed."""
        return {pk for model, pk in self._waiting if model == "contract"} | set(self._notice)

    def of(self, facts: AgreementFacts) -> AgreementFacts:
        """Return the facts of an agreement with what is agreed in them; a new option has none until it takes effect."""
        if not self._waiting:
            return facts  # as mostly, and a pass asks twenty thousand times
        waiting = self._waiting.get(facts.source, [])
        found: dict[str, Any] = {}
        if facts.is_contract and facts.pk in self._notice:
            found["notice_months"] = self._notice[facts.pk]
        for amendment in waiting:
            if facts.effective_end is None or amendment.effective_on <= facts.effective_end + terms.DAY:
                found |= _changes(amendment, facts, found.get("option", facts.option))
        return dataclasses.replace(facts, **found) if found else facts

    def _coming_notice(self) -> dict[int, int | None]:
        """Return by contract the notice that its framework will have, for those that have none of their own."""
        field = FrameworkAgreement._meta.get_field("notice_months")
        by_framework: defaultdict[int, list[Any]] = defaultdict(list)
        for (model, pk), waiting in self._waiting.items():
            for amendment in waiting if model == "frameworkagreement" else ():
                by_framework[pk] += [change.after for change in _diff(amendment) if change.key == NOTICE]
        if not by_framework:
            return {}
        rows = Contract.objects.filter(lot__framework__in=by_framework, notice_months=None).order_by()
        return {
            pk: restored(field, by_framework[framework][-1])
            for pk, framework in rows.values_list("pk", "lot__framework")
            if by_framework[framework]
        }


def _diff(amendment: Amendment) -> tuple[differences.Difference, ...]:
    return differences.diff(amendment.base_terms, amendment.terms)


def _changes(amendment: Amendment, facts: AgreementFacts, option: OptionFacts | None) -> dict[str, Any]:
    model = Contract if facts.is_contract else FrameworkAgreement
    found: dict[str, Any] = {}
    for change in _diff(amendment):
        _model, _dot, name = change.key.partition(".")
        if name in COUNTED[facts.model] and change.key == f"{facts.model}.{name}":
            found[name] = restored(model._meta.get_field(name), change.after)
        elif option is not None and change.key == f"{option.source_in(facts)[0]}.{option.number}":
            found["option"] = _option_after(option, change.after, model)
    return found


def _option_after(option: OptionFacts, row: dict[str, Any] | None, model: Any) -> OptionFacts | None:
    if row is None:
        return None
    kind = model._meta.get_field("options").related_model
    values = {name: restored(kind._meta.get_field(name), row.get(name)) for name in OPTION_TERMS}
    return dataclasses.replace(option, **values)
