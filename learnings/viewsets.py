"""The registers behind the pages: rounds, questions, themes, and the histories of what was coded and written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, Panel
from wagtail.admin.viewsets.base import ViewSetGroup

from accounts.models import User
from learnings.forms.rounds import QuestionChangeForm, StatementChangeForm
from learnings.models import (
    CodeBook,
    Discussion,
    EvaluationStatement,
    Excerpt,
    Initiative,
    MainPoint,
    Question,
    Recommendation,
    Reply,
    Round,
    Theme,
)
from learnings.services import (
    save_discussion,
    save_initiative,
    save_main_point,
    save_question,
    save_recommendation,
    save_round,
    save_statement,
    save_theme,
    uncode,
)
from learnings.services.changes import save_changed
from records.forms import RecordForm
from records.views.edits import RecordCreateView
from records.views.lists import RecordColumn, RecordFilterSet, RecordIndexView
from records.viewsets import RecordViewSet
from suppliers.filters import SupplierFilter

Related = dict[str, Iterable[models.Model]]


class PrefilledCreateView(RecordCreateView):
    """A new record begun from a page that knows some of it: `?round=3&order=2`."""

    def get_initial(self) -> dict[str, Any]:
        given = {name: self.request.GET[name] for name in self.register.prefilled if self.request.GET.get(name)}
        return {**super().get_initial(), **given}


class RoundIndexView(RecordIndexView):
    def get_inspect_url(self, instance: models.Model) -> str | None:
        return reverse("learnings:round_show", args=[instance.pk])


class LearningsViewSet(RecordViewSet):
    add_view_class = PrefilledCreateView
    prefilled: tuple[str, ...] = ()
    copy_view_enabled = False


class WrittenElsewhereViewSet(LearningsViewSet):
    """What is written on pages of its own: here it is read, exported, deleted and brought back from history."""

    @cached_property
    def pages(self) -> frozenset[str]:
        return super().pages - {"add", "edit"}


def _save_main_point(record: MainPoint, *, reason: str, by: User, related: Related | None = None) -> MainPoint:
    rows: Any = related or {}
    return save_main_point(record, excerpts=rows.get("excerpts"), themes=rows.get("themes"), reason=reason, by=by)


def _save_recommendation(
    record: Recommendation, *, reason: str, by: User, related: Related | None = None
) -> Recommendation:
    return save_recommendation(record, excerpts=(related or {}).get("excerpts"), reason=reason, by=by)  # type: ignore[arg-type]


class RoundViewSet(LearningsViewSet):
    model = Round
    name = "learnings_round"
    url_prefix = "erfaringsopsamling/register/runder"
    icon = "calendar-check"
    menu_label = _("Rounds")
    index_view_class = RoundIndexView
    list_display = ["title", "opens_on", "closes_on", "state"]
    search_fields = ("title", "year")
    empty_text = _("No rounds yet. Add the first one; then write its questions and open it.")
    save_service = staticmethod(save_round)
    panels = [
        FieldRowPanel([FieldPanel("year"), FieldPanel("title")]),
        FieldRowPanel([FieldPanel("opens_on"), FieldPanel("closes_on")]),
        FieldPanel("introduction"),
        InlinePanel(
            "wishes",
            panels=[FieldPanel("decision"), FieldPanel("text")],
            heading=_("Committee wishes"),
            label=_("Wish"),
            help_text=_("What a committee wants to hear about, each with the decision in which it said so."),
        ),
        FieldPanel("code_book", help_text=_("Leave empty, and the round gets a code book of its own.")),
    ]


class QuestionViewSet(LearningsViewSet):
    model = Question
    name = "learnings_question"
    url_prefix = "erfaringsopsamling/register/spoergsmaal"
    icon = "help"
    menu_label = _("Questions")
    prefilled = ("round", "order")
    list_display = ["wording", "round", "key", "target_group", "order", "is_required"]
    list_filter = ["round", "target_group"]
    search_fields = ("wording", "key")
    empty_text = _("No questions yet. They are added from their round.")
    save_service = staticmethod(save_question)
    panels = [
        FieldRowPanel([FieldPanel("round"), FieldPanel("target_group")]),
        FieldPanel("wording"),
        FieldPanel("help_text"),
        FieldRowPanel([FieldPanel("key"), FieldPanel("order")]),
        FieldPanel("meaning"),
        FieldRowPanel([FieldPanel("word_limit"), FieldPanel("is_required"), FieldPanel("may_not_apply")]),
    ]

    @cached_property
    def change_handler(self) -> Panel:
        extra = [FieldPanel("is_correction"), FieldPanel("change_reason")]
        return self._handler(QuestionChangeForm, extra)

    def save(self, form: RecordForm, *, by: User) -> Question:
        given = form.cleaned_data
        return save_question(
            form.save(commit=False),
            is_correction=given.get("is_correction", False),
            reason=given.get("change_reason", ""),
            by=by,
        )


class StatementViewSet(LearningsViewSet):
    """What suppliers are to rate. Their ratings have no register: `learnings.queries.evaluation` is the one way to them."""

    model = EvaluationStatement
    name = "learnings_statement"
    url_prefix = "erfaringsopsamling/register/udsagn"
    icon = "thumbtack"
    menu_label = _("Statements about the municipality")
    prefilled = ("round", "order")
    list_display = ["wording", "round", "key", "order"]
    list_filter = ["round"]
    search_fields = ("wording", "key")
    empty_text = _("No statements yet. They are added from their round, under “Rating of us”.")
    save_service = staticmethod(save_statement)
    panels = [
        FieldPanel("round"),
        FieldPanel("wording"),
        FieldRowPanel([FieldPanel("key"), FieldPanel("order")]),
        FieldPanel("meaning"),
    ]

    @cached_property
    def change_handler(self) -> Panel:
        extra = [FieldPanel("is_correction"), FieldPanel("change_reason")]
        return self._handler(StatementChangeForm, extra)

    def save(self, form: RecordForm, *, by: User) -> EvaluationStatement:
        given = form.cleaned_data
        return save_statement(
            form.save(commit=False),
            is_correction=given.get("is_correction", False),
            reason=given.get("change_reason", ""),
            by=by,
        )


class CodeBookViewSet(LearningsViewSet):
    model = CodeBook
    name = "learnings_code_book"
    url_prefix = "erfaringsopsamling/register/kodeboeger"
    icon = "list-ul"
    menu_label = _("Code books")
    list_display = ["name"]
    form_fields = ["name"]
    inspect_relations = ("themes", "rounds")
    empty_text = _("No code books yet. Each new round gets one of its own.")
    save_service = staticmethod(save_changed)


class ThemeViewSet(LearningsViewSet):
    model = Theme
    name = "learnings_theme"
    url_prefix = "erfaringsopsamling/register/temaer"
    icon = "tag"
    menu_label = _("Themes")
    prefilled = ("code_book", "parent", "order")
    list_display = ["name", "parent", "code_book", "definition"]
    list_filter = ["code_book"]
    search_fields = ("name", "definition")
    empty_text = _("No themes yet. Add them here, or while you code.")
    save_service = staticmethod(save_theme)
    panels = [
        FieldRowPanel([FieldPanel("code_book"), FieldPanel("parent")]),
        FieldRowPanel([FieldPanel("name"), FieldPanel("order")]),
        FieldPanel("definition"),
    ]


class ExcerptFilterSet(RecordFilterSet):
    answer__version__report__supplier = SupplierFilter()

    class Meta:
        model = Excerpt
        fields = ["theme", "is_strong", "answer__version__report__round", "answer__version__report__supplier"]


class ExcerptViewSet(WrittenElsewhereViewSet):
    """Coding itself is done on the coding page; what was removed there comes back here."""

    model = Excerpt
    name = "learnings_excerpt"
    url_prefix = "erfaringsopsamling/register/uddrag"
    icon = "openquote"
    menu_label = _("Excerpts")
    list_display = [
        "__str__",
        "theme",
        RecordColumn(
            "supplier",
            label=_("Supplier"),
            accessor="answer.version.report.supplier",
            sort_key="answer__version__report__supplier__name",
        ),
        RecordColumn("question", label=_("Question"), accessor="answer.question", sort_key="answer__question__wording"),
        "is_strong",
    ]
    filterset_class = ExcerptFilterSet
    list_select_related = ("theme", "answer__question", "answer__version__report__supplier")
    inspect_view_fields = ["__str__", "theme", "is_strong", "start", "end", "coded_by", "coded_at"]
    inspect_relations = ("main_points", "recommendations")
    empty_text = _("Nothing is coded yet. Choose a round, and then Coding.")
    save_service = staticmethod(save_changed)
    delete_service = staticmethod(uncode)


class MainPointViewSet(WrittenElsewhereViewSet):
    model = MainPoint
    name = "learnings_main_point"
    url_prefix = "erfaringsopsamling/register/hovedpointer"
    icon = "pick"
    menu_label = _("Main points")
    list_display = ["heading", "round", "question", "published_at", "order"]
    list_filter = ["round"]
    search_fields = ("heading", "text")
    empty_text = _("No main points yet. They are written on the page of a round.")
    save_service = staticmethod(_save_main_point)


class RecommendationViewSet(WrittenElsewhereViewSet):
    model = Recommendation
    name = "learnings_recommendation"
    url_prefix = "erfaringsopsamling/register/anbefalinger"
    icon = "comment"
    menu_label = _("Recommendations")
    list_display = ["heading", "round", "addressee", "addressee_name", "order"]
    list_filter = ["round", "addressee"]
    search_fields = ("heading", "text")
    inspect_relations = ("initiatives",)
    empty_text = _("No recommendations yet. They are written on the page of a round.")
    save_service = staticmethod(_save_recommendation)


class ReplyViewSet(WrittenElsewhereViewSet):
    model = Reply
    name = "learnings_reply"
    url_prefix = "erfaringsopsamling/register/svar"
    icon = "comment-add"
    menu_label = _("Replies")
    list_display = ["recommendation", "kind", "decided_by", "decided_on"]
    list_filter = ["kind", "recommendation__round"]
    empty_text = _("No replies yet. They are written beside each recommendation.")
    save_service = staticmethod(save_changed)


class InitiativeViewSet(LearningsViewSet):
    model = Initiative
    name = "learnings_initiative"
    url_prefix = "erfaringsopsamling/register/tiltag"
    icon = "tasks"
    menu_label = _("Initiatives")
    prefilled = ("recommendation",)
    list_display = ["heading", "recommendation", "responsible", "starts_on", "ends_on", "state"]
    list_filter = ["state", "recommendation__round"]
    search_fields = ("heading", "text", "responsible")
    empty_text = _("No initiatives yet. They are added beside the recommendation that they follow from.")
    save_service = staticmethod(save_initiative)
    panels = [
        FieldPanel("recommendation"),
        FieldPanel("heading"),
        FieldPanel("text"),
        MultiFieldPanel(
            [
                FieldPanel("responsible"),
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on"), FieldPanel("state")]),
            ]
        ),
    ]


class DiscussionViewSet(WrittenElsewhereViewSet):
    model = Discussion
    name = "learnings_discussion"
    url_prefix = "erfaringsopsamling/register/droeftelser"
    icon = "group"
    menu_label = _("Discussions")
    list_display = [
        "__str__",
        "held_on",
        "focus_points",
        "adjustments",
    ]
    list_filter = ["report__round"]
    list_select_related = ("report__supplier", "report__round")
    search_fields = ("focus_points", "adjustments", "participants")
    inspect_view_fields = ["report", "held_on", "participants", "focus_points", "adjustments"]
    empty_text = _("No discussions yet. They are noted on the page of each report.")
    save_service = staticmethod(save_discussion)


class LearningsGroup(ViewSetGroup):
    menu_label = _("Experience reports")
    menu_name = "learnings"
    menu_icon = "comment"
    menu_order = 600
    items = (
        RoundViewSet,
        QuestionViewSet,
        StatementViewSet,
        ThemeViewSet,
        CodeBookViewSet,
        ExcerptViewSet,
        MainPointViewSet,
        RecommendationViewSet,
        ReplyViewSet,
        InitiativeViewSet,
        DiscussionViewSet,
    )
