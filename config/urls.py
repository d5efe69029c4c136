"""Every address. The back office signs in by allauth, so its own sign-in address is taken before Wagtail's urls."""

from __future__ import annotations

from allauth.account.views import logout as sign_out
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from contracts.views.calendars import calendar_feed

urlpatterns = [
    path("konto/", include("allauth.account.urls")),
    path("admin/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("admin/logout/", sign_out),
    path("admin/", include(wagtailadmin_urls)),
    path("kalender/<uuid:key>/<slug:signature>.ics", calendar_feed, name="calendar_feed"),
    path("dokumenter/", include(wagtaildocs_urls)),
    path("portal/", include("portal.urls")),
    path("", include("cms.urls")),
    path("", include(wagtail_urls)),
]
