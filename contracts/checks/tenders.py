"""A tender stands where its phases say, its criteria come to 100, and what it led to belongs together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.db.models import F, Q
from django.utils.translation import gettext as _

from contracts.enums import TenderState
from contracts.models import AwardCriterion, Bid, BidScore, Tender, TenderLot
from contracts.services.tenders.guards import weight_problem
from contracts.tendering.progress import state_of
from contracts.tendering.weights import level_sums
from records.checks import Problem


def check_tender_states() -> Iterator[Problem]:
    """Find tenders whose state does not follow from the phases that have begun; two queries."""
    for tender in Tender.objects.exclude(state=TenderState.CANCELLED).prefetch_related("phases").order_by("pk"):
        state = state_of(tender.phases_in_order())
        if state != tender.state:
            yield Problem(
                tender,
                _("Its state is “%(stored)s”, but its phases have come to “%(state)s”.")
                % {"stored": tender.get_state_display(), "state": state.label},
            )


def check_criteria() -> Iterator[Problem]:
    """Find criteria below one of another tender, and published tenders whose weights do not come to 100; two queries."""
    rows = AwardCriterion.objects.select_related("tender", "parent").order_by("tender", "position", "pk")
    for criterion in rows.filter(parent__isnull=False).exclude(parent__tender=F("tender")):
        yield Problem(criterion, _("It lies below a criterion of another tender."))
    published = rows.exclude(tender__state__in=[TenderState.DRAFT, TenderState.CANCELLED])
    for tender, criteria in groupby(published, key=lambda row: row.tender):
        for level in level_sums(list(criteria)):
            if not level.is_whole:
                yield Problem(tender, weight_problem(level))


def check_scores() -> Iterator[Problem]:
    """Find points off the scale, on a criterion of another tender or on one that has sub-criteria; one query."""
    off = Q(points__gt=F("bid__tender_lot__tender__score_max"))
    strange = ~Q(criterion__tender=F("bid__tender_lot__tender"))
    above = Q(criterion__children__isnull=False)
    found = BidScore.objects.filter(off | strange | above).select_related("criterion").distinct().order_by("pk")
    for score in found:
        yield Problem(score, _("The points are off the scale, or on a criterion that this bid is not scored on."))


def check_awards() -> Iterator[Problem]:
    """Find lots and contracts that a tender led to, but which do not belong to what it says; two queries."""
    lots = TenderLot.objects.filter(lot__isnull=False).exclude(lot__framework=F("tender__framework"))
    for lot in lots.select_related("tender", "lot").order_by("pk"):
        yield Problem(
            lot,
            _("“%(lot)s” was made of it, but belongs to another framework than the tender led to.") % {"lot": lot.lot},
        )
    same = Q(contract__supplier=F("supplier"), contract__lot=F("tender_lot__lot"))
    for bid in Bid.objects.filter(contract__isnull=False).exclude(same).select_related("contract").order_by("pk"):
        yield Problem(
            bid,
            _("Contract %(number)s was made of it, but has another supplier or lot.") % {"number": bid.contract.number},
        )
