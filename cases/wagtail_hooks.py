"""The cases room in Wagtail's shell."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.snippets.models import register_snippet

from accounts.rules import can_edit_cases
from cases import choosers
from cases.enums import RoundPart
from cases.from_round import why_not
from cases.models import CommitteeCase
from cases.viewsets import CaseTemplateViewSet, CaseViewSet
from learnings.links import RoundLink
from learnings.models import Round
from records.pages import Link

register_snippet(CaseViewSet)


class CasesGroup(ViewSetGroup):
    menu_label = _("Cases")
    menu_icon = "doc-full-inverse"
    menu_order = 800
    items = (CaseTemplateViewSet("case_templates", url_prefix="sager/skabeloner"),)

    def get_submenu_items(self) -> list[Any]:
        return [CommitteeCase.snippet_viewset.get_menu_item(order=1), *super().get_submenu_items()]


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[Any]:
    return [*choosers.ALL, CasesGroup()]


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [path("sager/", include("cases.urls"))]


@hooks.register("comparison_links")
def put_into_case(request: HttpRequest, choice: str) -> list[Link]:
    """The page of a comparison offers to put it into a case; it lies below and knows nothing of cases."""
    if not can_edit_cases(request.user):
        return []
    return [Link(str(_("Put into a case")), f"{reverse('cases:insert_comparison')}{choice}", "doc-full-inverse")]


PUT_IN = {
    "round_show": (
        (RoundPart.RESPONDENTS, _("Put who has answered into a case")),
        (RoundPart.DISCUSSIONS, _("Put the discussions into a case")),
    ),
    "counting": ((RoundPart.ELABORATION, _("Put the elaboration of each question into a case")),),
    "main_points": ((RoundPart.MAIN_POINTS, _("Put the main points into a case")),),
    "recommendations": ((RoundPart.RECOMMENDATIONS, _("Put the recommendations into a case")),),
    "evaluation": ((RoundPart.EVALUATION, _("Put the rating into a case")),),
}


@hooks.register("round_links")
def round_into_case(request: HttpRequest, round: Round) -> list[RoundLink]:
    """The pages of a round offer to write a case from it, or to put into one what they show."""
    page = request.resolver_match.url_name if request.resolver_match else ""
    if page not in PUT_IN or not can_edit_cases(request.user):
        return []
    links = [
        RoundLink(str(label), reverse("cases:insert_round", args=[round.pk, part.value]))
        for part, label in PUT_IN[page]
    ]
    if page in {"round_show", "main_points"}:
        write = reverse("cases:write_round", args=[round.pk])
        links.insert(0, RoundLink(_("Write a case from the round"), write, why_not=why_not(round), is_first=True))
    return links


@hooks.register("insert_global_admin_css")
def cases_style() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("cases/cases.css"))


@hooks.register("construct_snippet_action_menu")
def name_approval(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """To publish the text of a case is to approve it: the public sees it only when its documents are published."""
    if context["model"] is CommitteeCase:
        for item in menu_items:
            if item.name == "action-publish":
                item.template_name = "cases/_approve_menu_item.html"
            elif item.name == "approve":
                item.label = _("Approve")
            elif item.name == "action-unpublish":
                item.label = _("Withdraw approval")
