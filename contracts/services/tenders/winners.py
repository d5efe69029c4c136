"""Choose who wins, lot by lot."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from contracts.enums import BidState, TenderState
from contracts.models import Tender
from contracts.queries.evaluation import LotRanking, RankedBid, rankings_of
from contracts.services.tenders.bids import move
from contracts.services.tenders.saving import fresh
from records.services import save_record


@transaction.atomic
def choose_winners(tender: Tender, *, winners: Collection[int], reason: str = "", by: User | None) -> list[LotRanking]:
    """Let these bids (by key) win and the others not; excluded bids stay excluded. Returns the lots as they then stand.

    Raises ValidationError when the tender is not being evaluated, a winner is not evaluated, more win than the lot
    wants, or a better ranked bid is passed over without a reason.
    """
    tender = fresh(tender)
    if tender.state != TenderState.EVALUATION:
        raise ValidationError(_("Winners are chosen while bids are evaluated. Begin the phase “Evaluation” first."))
    rankings = rankings_of(tender)
    if problems := [problem for ranking in rankings for problem in _problems(ranking, winners, reason)]:
        raise ValidationError(problems)
    for ranked in (ranked for ranking in rankings for ranked in ranking.bids):
        _decide(ranked, has_won=ranked.bid.pk in winners, reason=reason, by=by)
    return rankings


def _decide(ranked: RankedBid, *, has_won: bool, reason: str, by: User | None) -> None:
    state = BidState.WON if has_won else BidState.LOST
    if ranked.is_excluded or ranked.bid.state == state:
        return
    move(ranked.bid, state)
    save_record(ranked.bid, reason=reason[:100], by=by)


def _problems(ranking: LotRanking, winners: Collection[int], reason: str) -> Iterable[str]:
    chosen = [ranked for ranked in ranking.bids if ranked.bid.pk in winners]
    for ranked in ranking.bids if chosen else ():
        if ranked.place.number is None and not (ranked.is_excluded and ranked not in chosen):
            yield _("%(lot)s: the bid from %(supplier)s has no place in the ranking. Evaluate it, or exclude it.") % {
                "lot": ranking.lot,
                "supplier": ranked.bid.supplier,
            }
    if len(chosen) > ranking.lot.suppliers_wanted:
        yield ngettext(
            "%(lot)s: %(chosen)s bids are chosen, but only %(wanted)s supplier is wanted. Choose fewer, or change the lot.",
            "%(lot)s: %(chosen)s bids are chosen, but only %(wanted)s suppliers are wanted. Choose fewer, or change the lot.",
            ranking.lot.suppliers_wanted,
        ) % {"lot": ranking.lot, "chosen": len(chosen), "wanted": ranking.lot.suppliers_wanted}
    if not reason.strip() and (passed_over := _passed_over(ranking, chosen)):
        yield _("%(lot)s: %(supplier)s is ranked better than a bid that is chosen. Say why it is not chosen.") % {
            "lot": ranking.lot,
            "supplier": passed_over.bid.supplier,
        }


def _passed_over(ranking: LotRanking, chosen: list[RankedBid]) -> RankedBid | None:
    """Return the best bid that is not chosen though a worse one is."""
    worst = max((ranked.place.number or 0 for ranked in chosen), default=0)
    left = [ranked for ranked in ranking.bids if ranked not in chosen and ranked.place.number is not None]
    return next((ranked for ranked in left if (ranked.place.number or 0) < worst), None)
