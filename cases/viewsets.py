"""The registers of the cases room: cases and their templates."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.tables import LiveStatusTagColumn, UpdatedAtColumn
from wagtail.snippets.views.snippets import DeleteView, EditView, IndexView, SnippetViewSet

from cases.models import CaseTemplate, CommitteeCase
from cases.panels import FindingsSidePanel
from cases.services import delete_case
from cases.views.pages import new_case
from committees.viewsets import committee_meeting_chooser, decision_chooser
from records.views.telling import told
from records.viewsets import RecordViewSet


class CaseIndexView(IndexView):
    def get_base_queryset(self) -> Any:
        return CommitteeCase.objects.visible_to(self.request.user).select_related("committee", "meeting__committee")

    def get_edit_url(self, instance: CommitteeCase) -> str:
        """The name of a case leads to where it stands; writing is one step from there."""
        return instance.get_absolute_url()


class CaseEditView(EditView):
    def get_side_panels(self) -> MediaContainer:
        panels = super().get_side_panels()
        if not self.expects_json_response:
            panels.append(FindingsSidePanel(self.object, self.request))
        return panels


class CaseDeleteView(DeleteView):
    def delete_action(self) -> None:
        delete_case(self.object, by=self.request.user)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with told(request):
            return super().post(request, *args, **kwargs)
        return redirect(self.object)


class CaseViewSet(SnippetViewSet):
    """Cases are snippets for drafts, workflow, locks and preview; rows still come from `visible_to` alone."""

    model = CommitteeCase
    icon = "doc-full-inverse"
    menu_label = _("Cases")
    menu_name = "cases"
    url_prefix = "sager/sag"
    index_view_class = CaseIndexView
    edit_view_class = CaseEditView
    delete_view_class = CaseDeleteView
    list_display = ("title", "committee", "meeting", "dated_on", LiveStatusTagColumn(), UpdatedAtColumn())
    list_filter = ("committee", "template", "case_officer")
    search_fields = ("title", "short_title", "f2_case_number", "edoc_case_number")
    list_per_page = 50
    copy_view_enabled = False
    edit_handler = TabbedInterface(
        [
            ObjectList([FieldPanel("title"), FieldPanel("lead"), FieldPanel("body")], heading=_("Text")),
            ObjectList(
                [
                    MultiFieldPanel(
                        [
                            FieldRowPanel([FieldPanel("short_title"), FieldPanel("slug")]),
                            FieldRowPanel([FieldPanel("template"), FieldPanel("committee")]),
                            FieldRowPanel(
                                [
                                    FieldPanel("meeting", widget=committee_meeting_chooser.widget_class),
                                    FieldPanel("dated_on"),
                                ]
                            ),
                            FieldPanel("requested_by", widget=decision_chooser.widget_class),
                            FieldRowPanel([FieldPanel("annex_of"), FieldPanel("annex_number")]),
                        ],
                        heading=_("The paper"),
                    ),
                    MultiFieldPanel(
                        [
                            FieldRowPanel([FieldPanel("f2_case_number"), FieldPanel("f2_document_number")]),
                            FieldPanel("edoc_case_number"),
                            FieldRowPanel([FieldPanel("case_officer"), FieldPanel("centre")]),
                            FieldPanel("address"),
                        ],
                        heading=_("Numbers and people"),
                    ),
                ],
                heading=_("Facts"),
            ),
        ]
    )

    def get_menu_item_is_registered(self) -> bool:
        """The cases' own menu shows it, so Wagtail's menu of snippets need not."""
        return True

    @property
    def add_view(self) -> Callable[..., HttpResponse]:
        return new_case

    def construct_view(self, view_class: Any, **kwargs: Any) -> Callable[..., HttpResponse]:
        """Every page about one case answers 404 for a case that the person may not see."""
        view = super().construct_view(view_class, **kwargs)

        @wraps(view)
        def visible_only(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
            pk = values.get("pk", args[0] if args else None)
            if pk is not None and not CommitteeCase.objects.visible_to(request.user).filter(pk=pk).exists():
                raise Http404
            return view(request, *args, **values)

        return visible_only


class CaseTemplateViewSet(RecordViewSet):
    model = CaseTemplate
    icon = "list-ul"
    menu_label = _("Case templates")
    list_display = ("name", "kind", "committee")
    list_filter = ("kind", "committee")
    search_fields = ("name", "code")
    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("code"), FieldPanel("kind")]),
        FieldPanel("committee"),
        InlinePanel(
            "sections",
            panels=[
                FieldRowPanel([FieldPanel("heading"), FieldPanel("key")]),
                FieldPanel("help_text"),
                FieldRowPanel([FieldPanel("is_required"), FieldPanel("is_after_meeting")]),
            ],
            heading=_("Sections"),
            label=_("Section"),
            help_text=_("A new case begins with these sections, in this order. Cases that exist already keep theirs."),
        ),
    ]
    empty_text = _("A template says which sections a committee's papers have. Add the first.")
