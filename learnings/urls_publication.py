"""Addresses of what is kept out and what is made public."""

from __future__ import annotations

from django.urls import path

from learnings.views import editions, findings, publication

ROUND = "runder/<int:round_id>/offentliggoerelse/"
REPORT = "rapporter/<int:report_id>/offentliggoerelse/"

urlpatterns = [
    path("runder/<int:round_id>/forbehold/", publication.withholdings, name="withholdings"),
    path("forbehold/<int:withholding_id>/afgoer/", publication.withholding_decide, name="withholding_decide"),
    path(ROUND, editions.editions_show, name="editions"),
    path(ROUND + "offentliggoer/", editions.round_publish, name="round_publish"),
    path(ROUND + "traek-tilbage/", editions.round_withdraw, name="round_withdraw"),
    path(REPORT, editions.edition_show, name="edition"),
    path(REPORT + "offentliggoer/", editions.report_publish, name="report_publish"),
    path(REPORT + "traek-tilbage/", editions.report_withdraw, name="report_withdraw"),
    path(REPORT + "fortryd/", editions.withdrawal_undo, name="withdrawal_undo"),
    path(REPORT + "hold-ude/", findings.found_redact, name="found_redact"),
    path("svar/<int:answer_id>/fund/", findings.finding_resolve, name="finding_resolve"),
    path("svar/<int:answer_id>/hold-ude/", findings.words_redact, name="words_redact"),
    path("fund/<int:resolution_id>/fortryd/", findings.resolution_reconsider, name="resolution_reconsider"),
]
