"""Addresses of the pages of tenders, below the back office's own."""

from __future__ import annotations

from django.urls import path

from contracts.views.tenders import award, bids, criteria, documents, plan, steps

app_name = "tenders"

urlpatterns = [
    path("<int:tender_id>/plan/", plan.plan, name="plan"),
    path("<int:tender_id>/plan/foreslaa/", plan.plan_propose, name="plan_propose"),
    path("<int:tender_id>/faser/<slug:phase>/begynd/", steps.phase_begin, name="phase_begin"),
    path("<int:tender_id>/faser/<slug:phase>/afslut/", steps.phase_finish, name="phase_finish"),
    path("<int:tender_id>/faser/<slug:phase>/fortryd/", steps.phase_undo, name="phase_undo"),
    path("<int:tender_id>/annuller/", steps.tender_cancel, name="cancel"),
    path("<int:tender_id>/genoptag/", steps.tender_reopen, name="reopen"),
    path("<int:tender_id>/kriterier/", criteria.criteria, name="criteria"),
    path("<int:tender_id>/tilbud/", bids.bids, name="bids"),
    path("<int:tender_id>/omraader/<int:lot_id>/point/", bids.scores, name="scores"),
    path("<int:tender_id>/tilbud/<int:bid_id>/udeluk/", bids.bid_exclude, name="bid_exclude"),
    path("<int:tender_id>/tilbud/<int:bid_id>/tag-med/", bids.bid_readmit, name="bid_readmit"),
    path("<int:tender_id>/dokumenter/", documents.documents, name="documents"),
    path("<int:tender_id>/tildeling/", award.award, name="award"),
    path("<int:tender_id>/tildeling/vindere/", award.winners_choose, name="winners_choose"),
    path("<int:tender_id>/tildeling/kontrakter/", award.contracts_make, name="contracts_make"),
]
