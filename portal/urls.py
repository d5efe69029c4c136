"""Addresses of the portal. What lies below a supplier's number is for its own team alone: `tests/portal/test_isolation.py`."""

from __future__ import annotations

from django.urls import include, path

from portal.views import (
    attachments,
    contracts,
    documents,
    entry,
    evaluation,
    handing_in,
    invitations,
    offline,
    overview,
    publication,
    reports,
    results,
    team,
    writing,
)

app_name = "portal"

OF_SUPPLIER = [
    path("", overview.overview_show, name="overview"),
    path("kontrakter/", contracts.contract_list, name="contracts"),
    path("kontrakter/<int:pk>/", contracts.contract_show, name="contract"),
    path("rapporter/", reports.report_list, name="reports"),
    path("rapporter/runde/<int:round_id>/begynd/", reports.report_begin, name="report_begin"),
    path("rapporter/<int:pk>/", reports.report_show, name="report"),
    path("rapporter/<int:pk>/afsnit/<str:slug>/", writing.section_edit, name="section"),
    path("rapporter/<int:pk>/svar/<int:question_id>/", writing.answer_save, name="answer_save"),
    path("rapporter/<int:pk>/vurdering/", evaluation.evaluation_edit, name="evaluation"),
    path("rapporter/<int:pk>/vurdering/<int:statement_id>/", evaluation.rating_save, name="rating_save"),
    path("rapporter/<int:pk>/indsend/", handing_in.report_submit, name="report_submit"),
    path("rapporter/<int:pk>/version/<int:number>/", handing_in.version_show, name="version"),
    path("rapporter/<int:pk>/version/<int:number>/kvittering/", handing_in.receipt_show, name="receipt"),
    path(
        "rapporter/<int:pk>/version/<int:number>/kvittering/hent/", handing_in.receipt_download, name="receipt_download"
    ),
    path("rapporter/<int:pk>/offentligt/", publication.publication_show, name="publication"),
    path("rapporter/<int:pk>/offentligt/<int:mark_id>/fjern/", publication.mark_remove, name="mark_remove"),
    path("rapporter/<int:pk>/uden-forbindelse/", offline.offline_upload, name="offline"),
    path("rapporter/<int:pk>/uden-forbindelse/word/", offline.paper_download, name="paper_download"),
    path("rapporter/<int:pk>/uden-forbindelse/regneark/", offline.workbook_download, name="workbook_download"),
    path("rapporter/<int:pk>/uden-forbindelse/gem/", offline.offline_confirm, name="offline_confirm"),
    path("rapporter/<int:pk>/bilag/", attachments.attachment_list, name="attachments"),
    path("rapporter/<int:pk>/bilag/<int:file_id>/hent/", attachments.attachment_download, name="attachment"),
    path("rapporter/<int:pk>/bilag/<int:file_id>/fjern/", attachments.attachment_remove, name="attachment_remove"),
    path("resultater/", results.result_show, name="results"),
    path("resultater/hent/", results.result_download, name="results_download"),
    path("resultater/kommentar/", results.result_comment, name="results_comment"),
    path("dokumenter/", documents.document_list, name="documents"),
    path("dokumenter/hent/<int:pk>/", documents.document_download, name="download"),
    path("team/", team.team_show, name="team"),
    path("team/inviter/", team.member_invite, name="invite"),
    path("team/<int:pk>/rolle/", team.member_role, name="member_role"),
    path("team/<int:pk>/fjern/", team.member_remove, name="member_remove"),
    path("team/invitation/<int:pk>/send/", team.invitation_send, name="invitation_send"),
    path("team/invitation/<int:pk>/traek-tilbage/", team.invitation_withdraw, name="invitation_withdraw"),
]

urlpatterns = [
    path("", entry.start, name="start"),
    path("invitation/<str:token>/", invitations.invitation_show, name="invitation"),
    path("invitation/<str:token>/ny-adgang/", invitations.invitation_sign_up, name="sign_up"),
    path("invitationer/<int:pk>/accepter/", invitations.invitation_accept, name="invitation_accept"),
    path("<int:supplier_id>/", include(OF_SUPPLIER)),
]
