"""The project's addresses and one register more, whose rows are not for everybody: for tests of the base alone."""

from __future__ import annotations

from django.urls import include, path

from config.urls import urlpatterns as project
from records.models import SavedView
from records.viewsets import RecordChooserViewSet, RecordViewSet


class SavedViewViewSet(RecordViewSet):
    model = SavedView
    form_fields = ["name", "querystring"]
    list_display = ["name", "owner"]
    search_fields = ("name",)


class SavedViewChooserViewSet(RecordChooserViewSet):
    model = SavedView
    search_fields = ("name",)


register = SavedViewViewSet("trial")
chooser = SavedViewChooserViewSet("trial_chooser")
urlpatterns = [
    path("trial/", include((register.get_urlpatterns(), "trial"), namespace="trial")),
    path("trial-chooser/", include((chooser.get_urlpatterns(), "trial_chooser"), namespace="trial_chooser")),
    *project,
]
