"""History as simple-history kept it, and the way back: of one record, and of those that were deleted."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import Button

from records.services import restore_record
from records.versions import changes_between, entries_of, newest_deleted, rows_of
from records.views.base import RegisterView

PER_PAGE = 20


class RecordHistoryView(RegisterView, PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Who changed what, when and why, newest first; each earlier version can be brought back."""

    template_name = "records/history.html"
    header_icon = "history"
    permission_required = "view"
    leads_to_successor = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.pk = unquote(str(kwargs["pk"]))
        self.object = past_or_present(self, self.pk)
        return super().get(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return _("History")

    def get_page_subtitle(self) -> str:
        return str(self.object)

    @property
    def is_deleted(self) -> bool:
        return self.object._state.adding

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        first = ("" if self.is_deleted else self.keep_next(self.register.page_url(self.object)), str(self.object))
        return self.trail(first, ("", _("History")))

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [] if self.is_deleted else self.object_buttons(self.object, here="history")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        pages = Paginator(entries_of(self.model, self.pk), PER_PAGE)
        needed = "add" if self.is_deleted else "change"
        restore = reverse(self.register.get_url_name("restore"), args=[self.pk])
        return context | {
            "entries": pages.get_page(self.request.GET.get("p")),
            "index_url": reverse(self.register.get_url_name("history"), args=[self.pk]),
            "can_restore": needed in self.register.actions and self.user_has_permission(needed),
            "restore_url": self.keep_next(restore),
            "compare_url": reverse(self.register.get_url_name("compare"), args=[self.pk]),
            "is_deleted": self.is_deleted,
        }


class CompareView(RecordHistoryView):
    """What is different between two versions; which two, stands in the address: `?from=&to=`, else the newest."""

    template_name = "records/compare.html"

    def get_page_title(self) -> str:
        return _("Compare versions")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        *first, _history = super().get_breadcrumbs_items()
        history = {"url": reverse(self.register.get_url_name("history"), args=[self.pk]), "label": _("History")}
        return [*first, history, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        entries = entries_of(self.model, self.pk)
        newest = entries[0].moment
        older = entries[min(1, len(entries) - 1)].moment
        since, until = sorted([self._asked("from", older), self._asked("to", newest)])
        changes = changes_between(self.model, self.pk, since=since, until=until)
        return context | {"versions": entries, "since": since, "until": until, "changes": changes}

    def _asked(self, name: str, otherwise: dt.datetime) -> dt.datetime:
        try:
            moment = parse_datetime(self.request.GET.get(name, ""))
        except ValueError:
            moment = None
        return otherwise if moment is None or moment.tzinfo is None else moment


class RestoreView(RegisterView, PermissionCheckedMixin, View):
    """Bring back the version of a moment: an undo that is itself undone from the same page."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        pk = unquote(str(pk))
        record = past_or_present(self, pk)
        needed = "add" if record._state.adding else "change"
        if needed not in self.register.actions or not self.user_has_permission(needed):
            raise PermissionDenied
        moment = self._moment()
        try:
            restored = restore_record(
                self.model, pk, moment=moment, save=self.register.save_service, by=self.request.user
            )
        except LookupError as error:
            raise Http404 from error
        except ValidationError as error:
            text = _("The version could not be restored: %(why)s") % {"why": " ".join(error.messages)}
            messages.error(request, text)
        else:
            messages.success(request, _("“%(record)s” was restored.") % {"record": restored})
        return redirect(self.keep_next(reverse(self.register.get_url_name("history"), args=[pk])))

    def _moment(self) -> dt.datetime:
        moment = parse_datetime(self.request.POST.get("moment", ""))
        if moment is None or moment.tzinfo is None:
            raise Http404
        return moment


class DeletedView(RegisterView, PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Records of a register that are gone, with who deleted them, when and why."""

    template_name = "records/deleted.html"
    header_icon = "bin"
    permission_required = "add"

    def get_page_title(self) -> str:
        return _("Deleted")

    def get_page_subtitle(self) -> str:
        return capfirst(str(self.model._meta.verbose_name_plural))

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return self.trail(("", _("Deleted")))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        page = Paginator(newest_deleted(self.model), PER_PAGE).get_page(self.request.GET.get("p"))
        rows = [
            {
                "name": str(row.instance),
                "row": row,
                "history_url": reverse(self.register.get_url_name("history"), args=[row.instance.pk]),
                "restore_url": reverse(self.register.get_url_name("restore"), args=[row.instance.pk]),
            }
            for row in page
        ]
        index_url = reverse(self.register.get_url_name("deleted"))
        return context | {"page_obj": page, "rows": rows, "index_url": index_url}


def past_or_present(view: RegisterView, pk: Any) -> Any:
    """Return a visible record, or the last of a deleted one as an unsaved instance; 404 for anything else."""
    try:
        if view.model._base_manager.filter(pk=pk).exists():
            return view.visible_or_404(pk)
        gone = rows_of(view.model, pk).last()
    except ValueError as error:
        raise Http404 from error
    if gone is None:
        raise Http404
    instance = gone.instance
    instance._state.adding = True
    return instance
