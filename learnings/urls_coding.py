"""Addresses of the coding desk and of what came of it; part of `learnings.urls`."""

from __future__ import annotations

from django.urls import path

from learnings.views import counting, evaluation, exchange, handing, log, readings, suggesting, synthesis, themes

urlpatterns = [
    path("runder/<int:round_id>/temaer/", themes.themes, name="themes"),
    path("temaer/<int:theme_id>/flet/", themes.theme_merge, name="theme_merge"),
    path("runder/<int:round_id>/optaelling/", counting.counting, name="counting"),
    path("runder/<int:round_id>/vurdering/", evaluation.evaluation_show, name="evaluation"),
    path("runder/<int:round_id>/vurdering/hent/", evaluation.evaluation_export, name="evaluation_export"),
    path("runder/<int:round_id>/vurdering/udsagn/", evaluation.evaluation_statements, name="evaluation_statements"),
    path("runder/<int:round_id>/vurdering/opdater/", evaluation.evaluation_release, name="evaluation_release"),
    path("runder/<int:round_id>/optaelling/ord/", counting.count_words, name="count_words"),
    path("runder/<int:round_id>/forslag/", suggesting.suggesting, name="suggesting"),
    path("svar/<int:answer_id>/forslag/", suggesting.suggestion_judge, name="suggestion_judge"),
    path("runder/<int:round_id>/andenkodning/", readings.agreement, name="agreement"),
    path("svar/<int:answer_id>/andenkodning/", readings.reading, name="reading"),
    path("runder/<int:round_id>/log/", log.coding_log, name="coding_log"),
    path("runder/<int:round_id>/fortryd/", log.coding_undo, name="coding_undo"),
    path("runder/<int:round_id>/udveksling/", exchange.exchange, name="exchange"),
    path("runder/<int:round_id>/udveksling/hent/", exchange.exchange_download, name="exchange_download"),
    path("runder/<int:round_id>/udveksling/indlaes/", exchange.exchange_upload, name="exchange_upload"),
    path("runder/<int:round_id>/udveksling/bekraeft/", exchange.exchange_confirm, name="exchange_confirm"),
    path("hovedpointer/<int:point_id>/udgiv/", synthesis.main_point_publish, name="main_point_publish"),
    path("hovedpointer/<int:point_id>/traek-tilbage/", synthesis.main_point_withdraw, name="main_point_withdraw"),
    path("hovedpointer/<int:point_id>/gennemse/", synthesis.main_point_review, name="main_point_review"),
    path("runder/<int:round_id>/anbefalinger/saml/", handing.gathering, name="gathering"),
    path("anbefalinger/<int:recommendation_id>/udbud/", handing.hand_on, name="hand_on"),
    path("udbud/<int:tender_id>/", handing.tender_inputs, name="tender_inputs"),
    path("udbud/input/<int:input_id>/", handing.tender_input_judge, name="tender_input_judge"),
]
