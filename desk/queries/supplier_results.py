"""A supplier's results on its page: held against the others, over time, with its own words, and every figure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from desk.queries.agreements import label
from desk.tables import Column, Table
from desk.viewer import Viewer
from records.viewsets import address_of
from results.asking import asked_once
from results.comparison import Comparison, compare
from results.comparison.illustrated import series_picture
from results.comparison.scopes import Scope, Scopes, scopes
from results.comparison.series import time_line
from results.models import Observation, ResultComment
from results.views.choices import ChoiceForm
from results.views.comparison import comparison_context, table_rows
from results.views.previews import figure_text
from suppliers.models import Supplier


@asked_once()
def results(supplier: Supplier, viewer: Viewer) -> dict[str, Any]:
    """Return the comparison that the address asks for, the supplier in front, and the lists of its figures and comments."""
    tables = [_comments(supplier, viewer), _figures(supplier, viewer)]
    found, form = _compared(supplier, viewer)
    if found is None or form is None or not found.lines:
        return {"tables": tables, "form": form, "comparison": None}
    own = found.line_of(supplier)
    shown = comparison_context(found)
    if own is not None:
        shown["rows"] = table_rows(replace(found, lines=(own,)))
    picture = series_picture(found, time_line(found, only=supplier), anchor="leverandoer")
    return {
        **shown,
        "tables": tables,
        "form": form,
        "comparison": found,
        "own": own,
        "over_time": picture,
        "all_url": f"{reverse('results:comparison')}{form.address()}",
    }


def _compared(supplier: Supplier, viewer: Viewer) -> tuple[Comparison | None, ChoiceForm | None]:
    available = scopes()
    family = set(Supplier.objects.family_of(supplier).values_list("pk", flat=True))
    if not family & {each.pk for each in available.suppliers}:
        return None, None
    asked = QueryDict(mutable=True)
    asked.update({name: str(value) for name, value in viewer.asked.items()})
    if not asked.get("maal") and (first := _first_scope(supplier, available, viewer)):
        asked["maal"] = next(each.code for each in available.measures if each.pk == first.measure_id)
        asked["omraade"], asked["periode"] = first.place, first.period.code
    known = {each.pk for each in available.suppliers}
    asked["leverandoer"] = str(supplier.pk if supplier.pk in known else min(family & known))
    form = ChoiceForm(asked, available)
    question = form.question
    return (compare(question) if question else None), form


def _first_scope(supplier: Supplier, available: Scopes, viewer: Viewer) -> Scope | None:
    """Return the scope of the supplier's newest share, so that the page opens on something of its own."""
    figures = (
        viewer.rows(Observation)
        .live()
        .filter(supplier__in=Supplier.objects.family_of(supplier), outcomes__isnull=False, service=None)
    )
    newest = figures.order_by("-period_end", "period_start", "measure_version__measure__order", "pk").first()
    if newest is None:
        return None
    wanted = (newest.framework_id or 0, newest.lot_id or 0, newest.period, newest.measure_version_id)
    return next(
        (each for each in available.scopes if (each.framework_id, each.lot_id, each.period, each.version_id) == wanted),
        None,
    )


def _comments(supplier: Supplier, viewer: Viewer) -> Table:
    rows = viewer.rows(ResultComment).filter(supplier__in=Supplier.objects.family_of(supplier))
    return Table(
        name="kommentarer",
        title=_("The supplier's own comments"),
        columns=[
            Column(_("Measure"), lambda row: row.measure),
            Column(_("Period"), lambda row: row.period),
            Column(_("Where"), lambda row: row.lot or row.framework or _("Everything")),
            Column(_("Comment"), lambda row: row.text),
            Column(_("Written"), lambda row: row.written_at.date()),
            Column(_("Said by"), lambda row: row.said_by),
        ],
        rows=rows.select_related("measure", "lot", "framework").order_by("-period_end", "pk"),
        empty_text=_("The supplier has said nothing of its figures yet. Write it down under “Results”, “Comparison”."),
    )


def _figures(supplier: Supplier, viewer: Viewer) -> Table:
    """Return the figures that count, the newest period first, also those of the names it was known by before."""
    family = Supplier.objects.family_of(supplier)
    figures = viewer.rows(Observation).live(include_unvalidated=True).filter(supplier__in=family).with_names()
    columns = [
        Column(_("Measure"), lambda row: row.measure_version.measure.name),
        Column(_("Period"), lambda row: row.period),
        Column(_("Figure"), figure_text, address_of, is_number=True),
        Column(_("Whom"), _whom),
        Column(label(Observation, "unit"), lambda row: row.get_unit_display()),
        Column(_("Source"), lambda row: row.delivery.source, lambda row: address_of(row.delivery)),
        Column(_("Extracted on"), lambda row: row.delivery.extracted_on),
        Column(_("Validated"), lambda row: row.delivery.is_validated),
        Column(_("Counted as"), lambda row: row.supplier.name_then_and_now),
    ]
    return Table(
        name="resultater",
        title=_("All figures"),
        columns=columns,
        rows=figures.order_by("-period_end", "measure_version__measure__order", "-delivery__extracted_on", "pk"),
        empty_text=_("No figures about this supplier yet. They come with the deliveries under “Results”."),
        whole_list_url=f"{reverse('results_observation:index')}?supplier={supplier.pk}",
    )


def _whom(figure: Observation) -> str:
    named = (figure.framework, figure.lot, figure.benefit_group, figure.service)
    return " · ".join(str(value) for value in named if value)
