"""Choosers for the records that blocks point at. Each offers only what the person may see."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from committees.models import DecisionPoint
from contracts.models import FrameworkAgreement, Lot, Service, TargetGroup
from learnings.models import Excerpt, Question, Round
from records.viewsets import RecordChooserViewSet
from results.models import BenefitGroup, Measure
from suppliers.models import Supplier


def _chooser(  # noqa: PLR0917 -- a table of choosers reads best in columns
    name: str, model: Any, one: Any, another: Any, icon: str, search: tuple[str, ...], related: tuple[str, ...] = ()
) -> RecordChooserViewSet:
    return RecordChooserViewSet(
        f"choose_{name}",
        model=model,
        icon=icon,
        choose_one_text=one,
        choose_another_text=another,
        search_fields=search,
        list_select_related=related,
        url_prefix=f"vaelg/{name}",
    )


measures = _chooser(
    "measures", Measure, _("Choose a measure"), _("Choose another measure"), "decimal", ("name", "code")
)
frameworks = _chooser(
    "frameworks",
    FrameworkAgreement,
    _("Choose a framework"),
    _("Choose another framework"),
    "folder-open-inverse",
    ("name", "code"),
)
lots = _chooser("lots", Lot, _("Choose a lot"), _("Choose another lot"), "folder-open-1", ("name", "code"))
services = _chooser("services", Service, _("Choose a service"), _("Choose another service"), "tag", ("name", "code"))
suppliers = _chooser(
    "suppliers", Supplier, _("Choose a supplier"), _("Choose another supplier"), "group", ("name", "cvr")
)
benefit_groups = _chooser(
    "benefit_groups",
    BenefitGroup,
    _("Choose a benefit group"),
    _("Choose another benefit group"),
    "tag",
    ("name", "code"),
)
target_groups = _chooser(
    "target_groups",
    TargetGroup,
    _("Choose a target group"),
    _("Choose another target group"),
    "group",
    ("name", "code"),
)
rounds = _chooser("rounds", Round, _("Choose a round"), _("Choose another round"), "date", ("title",))
questions = _chooser(
    "questions", Question, _("Choose a question"), _("Choose another question"), "help", ("wording", "key"), ("round",)
)
excerpts = _chooser(
    "excerpts",
    Excerpt,
    _("Choose a passage"),
    _("Choose another passage"),
    "openquote",
    ("answer__text", "theme__name"),
    ("answer__version__report__supplier", "theme"),
)
decision_points = _chooser(
    "decision_points",
    DecisionPoint,
    _("Choose a point"),
    _("Choose another point"),
    "clipboard-list",
    ("text", "decision__title"),
    ("decision",),
)
template_sections = _chooser(
    "template_sections",
    "cases.TemplateSection",
    _("Choose a section"),
    _("Choose another section"),
    "title",
    ("heading", "template__name"),
    ("template",),
)

ALL = (
    measures,
    frameworks,
    lots,
    services,
    suppliers,
    benefit_groups,
    target_groups,
    rounds,
    questions,
    excerpts,
    decision_points,
    template_sections,
)


def _block(chooser: RecordChooserViewSet, name: str) -> Any:
    return chooser.get_block_class(name=name, module_path="cases.choosers")


MeasureChooserBlock = _block(measures, "MeasureChooserBlock")
FrameworkChooserBlock = _block(frameworks, "FrameworkChooserBlock")
LotChooserBlock = _block(lots, "LotChooserBlock")
ServiceChooserBlock = _block(services, "ServiceChooserBlock")
SupplierChooserBlock = _block(suppliers, "SupplierChooserBlock")
BenefitGroupChooserBlock = _block(benefit_groups, "BenefitGroupChooserBlock")
TargetGroupChooserBlock = _block(target_groups, "TargetGroupChooserBlock")
RoundChooserBlock = _block(rounds, "RoundChooserBlock")
QuestionChooserBlock = _block(questions, "QuestionChooserBlock")
ExcerptChooserBlock = _block(excerpts, "ExcerptChooserBlock")
DecisionPointChooserBlock = _block(decision_points, "DecisionPointChooserBlock")
TemplateSectionChooserBlock = _block(template_sections, "TemplateSectionChooserBlock")
