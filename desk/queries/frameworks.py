"""Everything about one framework agreement, tab by tab. Rows are those that the viewer may see."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from contracts import terms
from contracts.enums import Validity
from contracts.models import Amendment, Contract, Document, FrameworkAgreement, Lot, ObligationOccurrence
from contracts.queries.burn_down import burn_down
from contracts.queries.coming import waiting_sentences
from contracts.views.spend.figures import framework_figures
from desk.queries.agreements import (
    amendments_tab,
    contracts_table,
    documents_table,
    label,
    occurrences_table,
    own_documents,
    own_obligations,
)
from desk.queries.deadlines import next_and_year
from desk.queries.facts import fact, period
from desk.queries.timeline import gathered, of_agreements
from desk.viewer import Viewer
from records.pages import Banner
from records.values import display
from records.views.reads import Row
from records.viewsets import address_of
from suppliers.models import Supplier

FIRST_EVENTS = 12
MATRIX_SUPPLIERS = 40


@dataclass(frozen=True)
class MatrixCell:
    """One contract of a supplier in a lot: its state as a word, and where it is read."""

    number: str
    state: str
    tone: str
    url: str


@dataclass(frozen=True)
class Matrix:
    """Lots across, suppliers down; `left_out` suppliers have no room."""

    lots: tuple[Lot, ...]
    rows: tuple[tuple[Supplier, str, tuple[tuple[MatrixCell, ...], ...]], ...]
    left_out: int


def contracts_of(framework: FrameworkAgreement, viewer: Viewer) -> Any:
    return viewer.rows(Contract).filter(lot__framework=framework)


def banners(framework: FrameworkAgreement, viewer: Viewer) -> list[Banner]:
    """Return where the agreement stands, in words, and what is agreed to change."""
    text, tone = _standing(framework, viewer.today)
    return [Banner(capfirst(text), tone), *(Banner(each, "info") for each in waiting_sentences(framework))]


def _standing(framework: FrameworkAgreement, today: dt.date) -> tuple[str, str]:
    start, end, used_up = framework.starts_on, framework.effective_ends_on, framework.ceiling_reached_in
    if today < start:
        return _("not begun, starts on %(day)s") % {"day": display(start)}, "info"
    if end is not None and end < today:
        return _("expired %(day)s") % {"day": display(end)}, "critical"
    if used_up is not None and used_up <= today:
        return _("valid, no new referrals: %(reasons)s") % {
            "reasons": _("the framework's ceiling is used up")
        }, "critical"
    if end is None:
        return _("valid, without an end"), "info"
    return _("valid until %(day)s") % {"day": display(end)}, "info"


def facts(framework: FrameworkAgreement, viewer: Viewer) -> list[Row]:
    """Return what one wants to know first; 3 queries."""
    options = list(framework.options.all())
    latest = terms.latest_from(framework.effective_ends_on, options)
    contracts = contracts_of(framework, viewer)
    return [
        fact(_("Period"), period(framework.starts_on, framework.effective_ends_on)),
        fact(_("At the latest with options"), latest),
        fact(label(FrameworkAgreement, "ceiling_dkk"), framework.ceiling_dkk),
        fact(_("Running contracts"), contracts.in_force(today=viewer.today).count()),
        fact(label(FrameworkAgreement, "notice_months"), framework.notice_months),
        fact(label(FrameworkAgreement, "retender_strategy"), framework.get_retender_strategy_display()),
        fact(label(FrameworkAgreement, "responsible"), framework.responsible),
        fact(label(FrameworkAgreement, "f2_case_number"), framework.f2_case_number),
    ]


def overview(framework: FrameworkAgreement, viewer: Viewer) -> dict[str, Any]:
    limit = FIRST_EVENTS * viewer.number("flere", largest=50)
    sources = of_agreements(viewer, contracts=contracts_of(framework, viewer), framework=framework, limit=limit)
    return {
        "matrix": matrix(framework, viewer),
        "figures": framework_figures(burn_down(framework, today=viewer.today)),
        "figures_url": reverse("contracts:burn_down", args=[framework.pk]),
        **next_and_year(viewer, framework_id=framework.pk),
        "wheel_url": f"{reverse('contracts:year_wheel')}?framework={framework.pk}",
        "deadlines_url": f"{reverse('contracts:deadlines')}?framework={framework.pk}",
        "timeline": gathered(sources, limit=limit),
        "more": viewer.number("flere", largest=50) + 1,
    }


def matrix(framework: FrameworkAgreement, viewer: Viewer) -> Matrix:
    """Return who holds a contract in which lot, with where it stands today; 3 queries, those who hold most on top."""
    lots = tuple(viewer.rows(Lot).filter(framework=framework).order_by("code"))
    held = contracts_of(framework, viewer).values("supplier").annotate(count=models.Count("pk"))
    ranked = [row["supplier"] for row in held.order_by("-count", "supplier__name")]
    shown = ranked[:MATRIX_SUPPLIERS]
    rows = contracts_of(framework, viewer).filter(supplier__in=shown).select_related("supplier")
    cells: dict[Supplier, dict[int, list[MatrixCell]]] = defaultdict(lambda: defaultdict(list))
    for contract in rows.with_validity(today=viewer.today).order_by("supplier__name", "-starts_on"):
        cells[contract.supplier][contract.lot_id].append(_matrix_cell(contract))
    return Matrix(
        lots,
        tuple(
            (supplier, address_of(supplier), tuple(tuple(by_lot.get(lot.pk, ())) for lot in lots))
            for supplier, by_lot in cells.items()
        ),
        len(ranked) - len(shown),
    )


TONES = {Validity.VALID: "good", Validity.NO_REFERRALS: "warning", Validity.UNSIGNED: "warning"}


def _matrix_cell(contract: Any) -> MatrixCell:
    state = Validity(contract.validity)
    return MatrixCell(contract.number, str(state.label), TONES.get(state, "quiet"), address_of(contract))


def contracts(framework: FrameworkAgreement, viewer: Viewer) -> dict[str, Any]:
    register = f"{reverse('contract:index')}?lot__framework={framework.pk}"
    rows = contracts_of(framework, viewer)
    return {"tables": [contracts_table(rows, viewer, without="framework", whole_list_url=register)]}


def amendments(framework: FrameworkAgreement, viewer: Viewer) -> dict[str, Any]:
    return amendments_tab(framework, _of_framework_and_contracts(viewer.rows(Amendment), framework, viewer), viewer)


def obligations(framework: FrameworkAgreement, viewer: Viewer) -> dict[str, Any]:
    rows = _of_framework_and_contracts(viewer.rows(ObligationOccurrence), framework, viewer, "obligation__")
    return {**own_obligations(framework, viewer), "tables": [occurrences_table(rows, viewer)]}


def documents(framework: FrameworkAgreement, viewer: Viewer) -> dict[str, Any]:
    inside = viewer.rows(Document).filter(contract__in=contracts_of(framework, viewer).values("pk"))
    table = documents_table(inside, title=_("Documents of its contracts"))
    return {**own_documents(framework, viewer), "tables": [table]}


def _of_framework_and_contracts(
    rows: Any, framework: FrameworkAgreement, viewer: Viewer, prefix: str = ""
) -> models.QuerySet[Any]:
    inside = models.Q(**{f"{prefix}contract__in": contracts_of(framework, viewer).values("pk")})
    return rows.filter(inside | models.Q(**{f"{prefix}framework": framework}))
