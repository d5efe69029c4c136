"""What must be in place before a tender comes into a state."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext as _

from contracts.enums import BidState, TenderState
from contracts.models import Bid, Tender, TenderLot
from contracts.tendering.weights import LevelSum, level_sums

Problems = Iterator[str]


def check_state(tender: Tender, state: TenderState) -> None:
    """Raise ValidationError with a sentence for each thing that is missing before the tender is in the state."""
    problems = [problem for rule in RULES.get(state, ()) for problem in rule(tender)]
    if problems:
        raise ValidationError(problems)


def weight_problem(level: LevelSum) -> str:
    """Return the sentence about weights that do not come to 100."""
    values = {"total": formats.number_format(level.total.normalize()), "parent": level.parent}
    if level.parent is None:
        return _("The weights of the criteria come to %(total)s %%, not 100 %%. Correct them.") % values
    return _("The weights below “%(parent)s” come to %(total)s %%, not 100 %%. Correct them.") % values


def _lots(tender: Tender) -> Problems:
    if not tender.pk or not tender.lots.exists():
        yield _("The tender has no lots. Add what suppliers can win first.")


def _weights(tender: Tender) -> Problems:
    criteria = list(tender.criteria.all()) if tender.pk else []
    if not criteria:
        yield _("The tender has no award criteria. Write them, with weights that come to 100 %.")
    yield from (weight_problem(level) for level in level_sums(criteria) if not level.is_whole)


def _winners(tender: Tender) -> Problems:
    bids = Bid.objects.filter(tender_lot__tender=tender)
    if not bids.filter(state=BidState.WON).exists():
        yield _("No winner is chosen yet. Choose the winning bids first.")
    for bid in bids.filter(state__in=[BidState.RECEIVED, BidState.EVALUATED]).select_related("supplier", "tender_lot"):
        yield _("The bid from %(supplier)s in %(lot)s is neither chosen, not chosen nor excluded. Decide on it.") % {
            "supplier": bid.supplier,
            "lot": bid.tender_lot,
        }


def _made(tender: Tender) -> Problems:
    if not TenderLot.objects.filter(tender=tender, bids__contract__isnull=False).exists():
        yield _("Contracts are made by the award. Open the page “Award”.")


Rule = Callable[[Tender], Problems]
WHEN_PUBLISHED: tuple[Rule, ...] = (_lots, _weights)
RULES: dict[TenderState, tuple[Rule, ...]] = {
    TenderState.PUBLISHED: WHEN_PUBLISHED,
    TenderState.EVALUATION: WHEN_PUBLISHED,
    TenderState.STANDSTILL: (_winners,),
    TenderState.AWARDED: (_winners,),
    TenderState.CONTRACTED: (_made,),
}
