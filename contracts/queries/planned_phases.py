"""The phases of tenders as the rules of deadlines are told of them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from contracts.deadlines.facts import AgreementFacts, PhaseFacts
from contracts.enums import Phase
from contracts.models import Tender, TenderPhase


def planned_phases(tenders: QuerySet[Tender]) -> Iterator[tuple[AgreementFacts, PhaseFacts]]:
    """Yield the phases that are planned and not finished, with their tenders: the day on which each begins or ends; one query."""
    rows = TenderPhase.objects.filter(tender__in=tenders.order_by(), is_skipped=False, ended_on=None)
    for row in rows.order_by("tender", "pk").select_related("tender__framework", "tender__predecessor_framework"):
        day = row.planned_end_on if row.started_on else row.planned_start_on
        if day is not None:
            yield _tender_facts(row.tender), PhaseFacts(row.pk, str(Phase(row.kind).label), day, row.is_open)


def _tender_facts(tender: Tender) -> AgreementFacts:
    framework = tender.framework or tender.predecessor_framework
    return AgreementFacts(
        tender.pk,
        is_contract=False,
        is_tender=True,
        code=tender.code,
        name=tender.name,
        framework_id=framework.pk if framework else 0,
        framework_code=framework.code if framework else "",
        framework_name=framework.name if framework else "",
        responsible_id=tender.responsible_id,
    )
