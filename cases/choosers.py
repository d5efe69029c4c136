"""Choosers for the records that blocks point at. Each offers only what the person may see."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView, ChosenMultipleView, ChosenView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from committees.models import DecisionPoint
from contracts.models import FrameworkAgreement, Lot, Service
from learnings.models import Excerpt, Question, Round
from results.models import BenefitGroup, Measure
from suppliers.models import Supplier


class _VisibleOnly:
    """Lists and hands out only the rows of `visible_to`."""

    def get_object_list(self) -> QuerySet[Any]:
        return self.model_class.objects.visible_to(self.request.user)  # type: ignore[attr-defined]

    def get_object(self, pk: Any) -> Any:
        return self.get_object_list().get(pk=pk)

    def get_objects(self, pks: list[Any]) -> QuerySet[Any]:
        return self.get_object_list().filter(pk__in=pks)


class VisibleChooseView(_VisibleOnly, ChooseView):
    pass


class VisibleChooseResultsView(_VisibleOnly, ChooseResultsView):
    pass


class VisibleChosenView(_VisibleOnly, ChosenView):
    pass


class VisibleChosenMultipleView(_VisibleOnly, ChosenMultipleView):
    pass


class RecordChooser(ChooserViewSet):
    choose_view_class = VisibleChooseView
    choose_results_view_class = VisibleChooseResultsView
    chosen_view_class = VisibleChosenView
    chosen_multiple_view_class = VisibleChosenMultipleView
    per_page = 20


def _chooser(name: str, model: Any, one: Any, another: Any, icon: str) -> RecordChooser:
    return RecordChooser(
        name, model=model, icon=icon, choose_one_text=one, choose_another_text=another, url_prefix=f"vaelg/{name}"
    )


measures = _chooser("measures", Measure, _("Choose a measure"), _("Choose another measure"), "decimal")
frameworks = _chooser(
    "frameworks", FrameworkAgreement, _("Choose a framework"), _("Choose another framework"), "folder-open-inverse"
)
lots = _chooser("lots", Lot, _("Choose a lot"), _("Choose another lot"), "folder-open-1")
services = _chooser("services", Service, _("Choose a service"), _("Choose another service"), "tag")
suppliers = _chooser("suppliers", Supplier, _("Choose a supplier"), _("Choose another supplier"), "group")
benefit_groups = _chooser(
    "benefit_groups", BenefitGroup, _("Choose a benefit group"), _("Choose another benefit group"), "tag"
)
rounds = _chooser("rounds", Round, _("Choose a round"), _("Choose another round"), "date")
questions = _chooser("questions", Question, _("Choose a question"), _("Choose another question"), "help")
excerpts = _chooser("excerpts", Excerpt, _("Choose a passage"), _("Choose another passage"), "openquote")
decision_points = _chooser(
    "decision_points", DecisionPoint, _("Choose a point"), _("Choose another point"), "clipboard-list"
)
template_sections = _chooser(
    "template_sections", "cases.TemplateSection", _("Choose a section"), _("Choose another section"), "title"
)

ALL = (
    measures,
    frameworks,
    lots,
    services,
    suppliers,
    benefit_groups,
    rounds,
    questions,
    excerpts,
    decision_points,
    template_sections,
)


def _block(chooser: RecordChooser, name: str) -> Any:
    return chooser.get_block_class(name=name, module_path="cases.choosers")


MeasureChooserBlock = _block(measures, "MeasureChooserBlock")
FrameworkChooserBlock = _block(frameworks, "FrameworkChooserBlock")
LotChooserBlock = _block(lots, "LotChooserBlock")
ServiceChooserBlock = _block(services, "ServiceChooserBlock")
SupplierChooserBlock = _block(suppliers, "SupplierChooserBlock")
BenefitGroupChooserBlock = _block(benefit_groups, "BenefitGroupChooserBlock")
RoundChooserBlock = _block(rounds, "RoundChooserBlock")
QuestionChooserBlock = _block(questions, "QuestionChooserBlock")
ExcerptChooserBlock = _block(excerpts, "ExcerptChooserBlock")
DecisionPointChooserBlock = _block(decision_points, "DecisionPointChooserBlock")
TemplateSectionChooserBlock = _block(template_sections, "TemplateSectionChooserBlock")
