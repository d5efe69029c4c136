"""Addresses of the pages that show several rooms, below the back office's own."""

from __future__ import annotations

from django.urls import path

from desk.views import dossiers
from desk.views.pages import PAGES

app_name = "desk"

urlpatterns = [
    *(pattern for page in PAGES for pattern in page.urlpatterns()),
    path("aktindsigt/", dossiers.dossier_index, name="dossiers"),
    path("aktindsigt/<str:kind>/<int:pk>/ny/", dossiers.dossier_new, name="dossier_new"),
    path("aktindsigt/<int:pk>/", dossiers.dossier_show, name="dossier_show"),
    path("aktindsigt/<int:pk>/fremdrift/", dossiers.dossier_progress, name="dossier_progress"),
    path("aktindsigt/<int:pk>/hent/", dossiers.dossier_download, name="dossier_download"),
]
