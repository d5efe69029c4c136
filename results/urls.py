"""Addresses of the pages about results, below the back office's own."""

from __future__ import annotations

from django.urls import path

from results.views import deliveries, imports

app_name = "results"

urlpatterns = [
    path("indlaes/", imports.import_new, name="import_new"),
    path("indlaes/<int:staged_id>/", imports.import_preview, name="import_preview"),
    path("indlaes/<int:staged_id>/bekraeft/", imports.import_confirm, name="import_confirm"),
    path("indlaes/<int:staged_id>/kasser/", imports.import_discard, name="import_discard"),
    path("leverancer/<int:delivery_id>/traek-tilbage/", deliveries.delivery_withdraw, name="delivery_withdraw"),
    path("leverancer/<int:delivery_id>/fortryd/", deliveries.delivery_reinstate, name="delivery_reinstate"),
]
