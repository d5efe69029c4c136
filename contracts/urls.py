"""Addresses of the pages about agreements, below the back office's own."""

from __future__ import annotations

from django.urls import path

from contracts import urls_deadlines, urls_obligations, urls_spend, urls_workbook
from contracts.views import amendments, decisions, drafts

app_name = "contracts"

EXERCISE, DECLINE = {"state": "exercised"}, {"state": "declined"}

urlpatterns = [
    *urls_deadlines.urlpatterns,
    *urls_obligations.urlpatterns,
    *urls_spend.urlpatterns,
    path("kontrakter/<int:contract_id>/opsig/", decisions.notice_give, name="notice_give"),
    path("kontrakter/<int:contract_id>/opsigelse/fortryd/", decisions.notice_take_back, name="notice_take_back"),
    path("kontrakter/<int:contract_id>/underskrifter/", decisions.signatures_record, name="signatures_record"),
    path(
        "kontrakter/<int:contract_id>/optioner/<int:number>/udnyt/",
        decisions.contract_option_decide,
        EXERCISE,
        name="contract_option_exercise",
    ),
    path(
        "kontrakter/<int:contract_id>/optioner/<int:number>/fravaelg/",
        decisions.contract_option_decide,
        DECLINE,
        name="contract_option_decline",
    ),
    path(
        "kontrakter/<int:contract_id>/optioner/<int:number>/genaabn/",
        decisions.contract_option_reopen,
        name="contract_option_reopen",
    ),
    path(
        "rammeaftaler/<int:framework_id>/optioner/<int:number>/udnyt/",
        decisions.framework_option_decide,
        EXERCISE,
        name="frameworkagreement_option_exercise",
    ),
    path(
        "rammeaftaler/<int:framework_id>/optioner/<int:number>/fravaelg/",
        decisions.framework_option_decide,
        DECLINE,
        name="frameworkagreement_option_decline",
    ),
    path(
        "rammeaftaler/<int:framework_id>/optioner/<int:number>/genaabn/",
        decisions.framework_option_reopen,
        name="frameworkagreement_option_reopen",
    ),
    *urls_workbook.urlpatterns,
    path(
        "kontrakter/<int:contract_id>/aendringer/ny/",
        drafts.contract_amendment_begin,
        name="contract_amendment_begin",
    ),
    path(
        "rammeaftaler/<int:framework_id>/aendringer/ny/",
        drafts.framework_amendment_begin,
        name="frameworkagreement_amendment_begin",
    ),
    path("aendringer/<int:amendment_id>/ret/", drafts.amendment_edit, name="amendment_edit"),
    path("aendringer/<int:amendment_id>/i-kraft/", amendments.amendment_force, name="amendment_force"),
    path("aendringer/<int:amendment_id>/fortryd/", amendments.amendment_take_back, name="amendment_take_back"),
    path("aendringer/<int:amendment_id>/virk/", amendments.amendment_take_effect, name="amendment_take_effect"),
    path("aendringer/<int:amendment_id>/traek-tilbage/", amendments.amendment_withdraw, name="amendment_withdraw"),
    path("aendringer/<int:amendment_id>/genoptag/", amendments.amendment_resume, name="amendment_resume"),
    path("aendringer/<int:amendment_id>/opdater/", amendments.amendment_take_in, name="amendment_take_in"),
]
