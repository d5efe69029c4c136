"""Addresses of the pages about results, below the back office's own."""

from __future__ import annotations

from django.urls import path

from results.views import comments, comparison, deliveries, disclosure, imports, outside

app_name = "results"

urlpatterns = [
    path("tal/<int:observation_id>/hvorfor-skjult/", disclosure.figure_disclosure, name="figure_disclosure"),
    path("udefra/indsaet/", outside.outside_import, name="outside_import"),
    path("sammenligning/", comparison.comparison_explore, name="comparison"),
    path("sammenligning/kommentar/", comments.comment_write, name="comment_write"),
    path("sammenligning/kommentar/<int:comment_id>/fjern/", comments.comment_remove, name="comment_remove"),
    path("indlaes/", imports.import_new, name="import_new"),
    path("indlaes/<int:staged_id>/", imports.import_preview, name="import_preview"),
    path("indlaes/<int:staged_id>/bekraeft/", imports.import_confirm, name="import_confirm"),
    path("indlaes/<int:staged_id>/kasser/", imports.import_discard, name="import_discard"),
    path("leverancer/<int:delivery_id>/traek-tilbage/", deliveries.delivery_withdraw, name="delivery_withdraw"),
    path("leverancer/<int:delivery_id>/fortryd/", deliveries.delivery_reinstate, name="delivery_reinstate"),
]
