"""Addresses of the pages about what is due and about documents, among those of agreements."""

from __future__ import annotations

from django.urls import path

from contracts.views import documents, obligations

urlpatterns = [
    path(
        "forpligtelser/frister/<int:occurrence_id>/opfyldt-nu/",
        obligations.occurrence_fulfil_now,
        name="occurrence_fulfil_now",
    ),
    path("forpligtelser/frister/<int:occurrence_id>/opfyldt/", obligations.occurrence_fulfil, name="occurrence_fulfil"),
    path("forpligtelser/frister/<int:occurrence_id>/fravig/", obligations.occurrence_waive, name="occurrence_waive"),
    path("forpligtelser/frister/<int:occurrence_id>/genaabn/", obligations.occurrence_reopen, name="occurrence_reopen"),
    path(
        "forpligtelser/<int:obligation_id>/foelg-saettet/",
        obligations.obligation_follow_set,
        name="obligation_follow_set",
    ),
    path("dokumenter/ny/", documents.document_add, name="document_add"),
    path("dokumenter/<int:document_id>/ny-version/", documents.version_add, name="version_add"),
    path("dokumenter/filer/<int:version_id>/", documents.version_download, name="version_download"),
]
