"""Addresses of the pages about spend and ceilings, among those of agreements."""

from __future__ import annotations

from django.urls import path

from contracts.views.spend import burn_down, deliveries, imports

urlpatterns = [
    path("rammeaftaler/<int:framework_id>/forbrug/", burn_down.framework_burn_down, name="burn_down"),
    path("rammeaftaler/<int:framework_id>/visitationer/", burn_down.framework_referrals, name="framework_referrals"),
    path(
        "rammeaftaler/<int:framework_id>/forbrug.csv", burn_down.burn_down_export, {"kind": "csv"}, name="burn_down_csv"
    ),
    path(
        "rammeaftaler/<int:framework_id>/forbrug.xlsx",
        burn_down.burn_down_export,
        {"kind": "xlsx"},
        name="burn_down_xlsx",
    ),
    path("delaftaler/<int:lot_id>/forbrug/", burn_down.lot_burn_down, name="lot_burn_down"),
    path("forbrug/indlaes/", imports.spend_new, name="spend_new"),
    path("forbrug/indlaes/<int:staged_id>/", imports.spend_preview, name="spend_preview"),
    path("forbrug/indlaes/<int:staged_id>/bekraeft/", imports.spend_confirm, name="spend_confirm"),
    path("forbrug/indlaes/<int:staged_id>/kasser/", imports.spend_discard, name="spend_discard"),
    path("forbrug/leverancer/<int:delivery_id>/traek-tilbage/", deliveries.spend_withdraw, name="spend_withdraw"),
    path("forbrug/leverancer/<int:delivery_id>/fortryd/", deliveries.spend_reinstate, name="spend_reinstate"),
]
