"""Tenders from the first plan to the contracts."""

from contracts.services.tenders.award import award_tender, link_award
from contracts.services.tenders.bids import (
    Score,
    ScoreConflictError,
    delete_bid,
    exclude_bid,
    readmit_bid,
    save_bid,
    save_scores,
    save_tender_lot,
    scores_version,
)
from contracts.services.tenders.criteria import CriterionRow, criteria_version, save_criteria, save_criterion
from contracts.services.tenders.phases import PlanRow, begin_phase, finish_phase, propose_plan, save_plan, undo_phase
from contracts.services.tenders.saving import cancel_tender, delete_tender, reopen_tender, save_tender
from contracts.services.tenders.winners import choose_winners

__all__ = [
    "CriterionRow",
    "PlanRow",
    "Score",
    "ScoreConflictError",
    "award_tender",
    "begin_phase",
    "cancel_tender",
    "choose_winners",
    "criteria_version",
    "delete_bid",
    "delete_tender",
    "exclude_bid",
    "finish_phase",
    "link_award",
    "propose_plan",
    "readmit_bid",
    "reopen_tender",
    "save_bid",
    "save_criteria",
    "save_criterion",
    "save_plan",
    "save_scores",
    "save_tender",
    "save_tender_lot",
    "scores_version",
    "undo_phase",
]
