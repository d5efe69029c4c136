"""Everything about one contract, tab by tab. Rows are those that the viewer may see."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from contracts import terms
from contracts.bars import bars_of
from contracts.enums import Validity
from contracts.models import Amendment, Contract, Document, ObligationOccurrence
from contracts.queries.coming import base_end, waiting_for, waiting_sentences
from contracts.queries.shares import contract_meter
from contracts.validity import standing
from desk.queries.agreements import (
    amendments_tab,
    documents_table,
    label,
    occurrences_table,
    own_documents,
    own_obligations,
)
from desk.queries.deadlines import deadlines_table, next_deadlines
from desk.queries.facts import fact, linked_fact, period
from desk.queries.spend import months_table, referrals_table
from desk.queries.timeline import gathered, of_agreements
from desk.viewer import Viewer
from records.pages import Banner
from records.views.reads import Row
from suppliers.banners import banners_of

FIRST_EVENTS = 12
TONES = {
    Validity.VALID: "info",
    Validity.NOT_BEGUN: "info",
    Validity.NO_REFERRALS: "warning",
    Validity.UNSIGNED: "warning",
}


def banners(contract: Contract, viewer: Viewer) -> list[Banner]:
    """Return where the contract stands with the reasons in words, what is agreed to change, and how its supplier stands."""
    now = standing(contract, today=viewer.today)
    own = Banner(capfirst(now.sentence), TONES.get(now.state, "critical"))
    coming = [Banner(each, "info") for each in waiting_sentences(contract)]
    return [
        own,
        *coming,
        *(Banner(f"{contract.supplier}: {each.text}", each.tone) for each in banners_of(contract.supplier)),
    ]


def facts(contract: Contract, viewer: Viewer) -> list[Row]:
    framework = contract.lot.framework
    notice = contract.notice_months if contract.notice_months is not None else framework.notice_months
    return [
        linked_fact(label(Contract, "supplier"), [contract.supplier]),
        linked_fact(label(Contract, "lot"), [contract.lot]),
        linked_fact(_("Framework agreement"), [framework]),
        fact(_("Period"), period(contract.starts_on, contract.effective_ends_on)),
        fact(label(Contract, "value_dkk"), contract.value_dkk),
        fact(label(Contract, "notice_months"), notice),
        fact(_("Latest day to give notice"), _last_notice(contract, notice)),
        fact(label(Contract, "responsible"), contract.responsible or framework.responsible),
    ]


def _last_notice(contract: Contract, months: int | None) -> dt.date | None:
    """Return the last day on which notice still ends the contract by its end; none when it has been given."""
    if contract.terminated_to is not None:
        return None
    return terms.notice_deadline(contract.effective_ends_on, months, to_month_end=contract.notice_to_month_end)


def overview(contract: Contract, viewer: Viewer) -> dict[str, Any]:
    limit = FIRST_EVENTS * viewer.number("flere", largest=50)
    sources = of_agreements(viewer, contracts=viewer.rows(Contract).filter(pk=contract.pk), limit=limit)
    options = sorted(contract.options.all(), key=lambda option: option.number)
    days = {each.number: each for each in terms.option_days(base_end(contract, waiting_for(contract)), options)}
    return {
        "options": [(option, days.get(option.number)) for option in options],
        "prices": list(contract.prices.select_related("service")),
        "terms": _terms(contract),
        "meter": (meter := contract_meter(contract)),
        "bars": bars_of(meter),
        "next": next_deadlines(viewer, contract_id=contract.pk),
        "timeline": gathered(sources, limit=limit),
        "more": viewer.number("flere", largest=50) + 1,
    }


def _terms(contract: Contract) -> list[Row]:
    names = (
        "signed_by_municipality_on",
        "signed_by_supplier_on",
        "last_referral_on",
        "run_off_ends_on",
        "non_terminable_until",
        "expected_referrals_per_year",
        "f2_case_number",
        "edoc_case_number",
        "note",
    )
    sharing = fact(label(Contract, "sharing_level"), contract.get_sharing_level_display())
    return [*(fact(label(Contract, name), getattr(contract, name)) for name in names), sharing]


def deadlines(contract: Contract, viewer: Viewer) -> dict[str, Any]:
    return {"tables": [deadlines_table(viewer, contract_id=contract.pk)]}


def spend(contract: Contract, viewer: Viewer) -> dict[str, Any]:
    rows = viewer.rows(Contract).filter(pk=contract.pk)
    return {"tables": [referrals_table(rows, viewer), months_table(rows, viewer)]}


def amendments(contract: Contract, viewer: Viewer) -> dict[str, Any]:
    return amendments_tab(contract, viewer.rows(Amendment).filter(contract=contract), viewer)


def obligations(contract: Contract, viewer: Viewer) -> dict[str, Any]:
    rows = viewer.rows(ObligationOccurrence).filter(obligation__contract=contract)
    return {**own_obligations(contract, viewer), "tables": [occurrences_table(rows, viewer)]}


def documents(contract: Contract, viewer: Viewer) -> dict[str, Any]:
    table = documents_table(viewer.rows(Document).filter(contract=contract))
    return {**own_documents(contract, viewer), "tables": [table], "exported": table.name}
