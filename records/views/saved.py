"""Save what a list shows under a name, and take such a view away again."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from records.forms import SavedViewForm
from records.models import SavedView
from records.services import delete_saved_view, save_view
from records.views.base import RegisterView
from records.views.lists import canonical


class SaveViewView(RegisterView, PermissionCheckedMixin, View):
    http_method_names = ["post"]
    permission_required = "view"

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SavedViewForm(request.POST)
        querystring = canonical(request.POST.get("querystring", ""))
        if form.is_valid():
            view = save_view(
                form.cleaned_data["name"],
                register=self.model._meta.label_lower,
                querystring=querystring,
                is_shared=form.cleaned_data["is_shared"],
                by=self.request.user,
            )
            messages.success(request, _("The view “%(name)s” was saved.") % {"name": view})
        else:
            messages.error(request, _("The view needs a name of at most 60 characters."))
        return redirect(f"{reverse(self.register.get_url_name('index'))}?{querystring}")


class DeleteViewView(RegisterView, PermissionCheckedMixin, View):
    """Only one's own: a colleague's shared view is not there to be deleted."""

    http_method_names = ["post"]
    permission_required = "view"

    def post(self, request: HttpRequest, view_pk: Any) -> HttpResponse:
        own = SavedView.objects.of_register(self.model._meta.label_lower).filter(owner=request.user.pk)
        view = own.filter(pk=view_pk).first()
        if view is None:
            raise Http404
        delete_saved_view(view)
        messages.success(request, _("The view “%(name)s” was deleted.") % {"name": view})
        return redirect(reverse(self.register.get_url_name("index")))
