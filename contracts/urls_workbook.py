"""Addresses of the register's workbook; part of `contracts.urls`."""

from __future__ import annotations

from django.urls import path

from contracts.views import exports, workbook

urlpatterns = [
    path("register/indlaes/", workbook.workbook_new, name="workbook_new"),
    path("register/skabelon/", workbook.workbook_template, name="workbook_template"),
    path("register/eksport/", exports.workbook_export, name="workbook_export"),
    path("register/eksport/dan/", exports.workbook_export_begin, name="workbook_export_begin"),
    path("register/eksport/<int:pk>/", exports.workbook_export_show, name="workbook_export_show"),
    path("register/eksport/<int:pk>/fremdrift/", exports.workbook_export_progress, name="workbook_export_progress"),
    path("register/eksport/<int:pk>/hent/", exports.workbook_export_download, name="workbook_export_download"),
    path("register/indlaes/<int:staged_id>/", workbook.workbook_preview, name="workbook_preview"),
    path("register/indlaes/<int:staged_id>/fremdrift/", workbook.workbook_progress, name="workbook_progress"),
    path("register/indlaes/<int:staged_id>/bekraeft/", workbook.workbook_confirm, name="workbook_confirm"),
    path("register/indlaes/<int:staged_id>/igen/", workbook.workbook_again, name="workbook_again"),
    path("register/indlaes/<int:staged_id>/kasser/", workbook.workbook_discard, name="workbook_discard"),
]
