"""The comparison of suppliers: everything that is seen is said by the address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from wagtail import hooks

from documents import formats
from records.pages import Link
from records.views.downloads import table_file
from results.asking import asked_once
from results.comparison import Comparison, SupplierLine, Verdict, compare, printed
from results.comparison.fetching import counts_beside
from results.comparison.illustrated import pictures_of, series_picture
from results.comparison.scopes import scopes
from results.comparison.series import time_line
from results.models import Observation
from results.rules import can_write_comments
from results.views.choices import ChoiceForm
from results.views.shell import show

MARKED = ("base", "outcomes", "mean", "verdict")  # where the mark of what may not leave is set


@dataclass(frozen=True)
class Aside:
    """What stands beside a supplier's figures: its referrals, its own words, and where they are written."""

    line: SupplierLine
    referrals: str
    address: str


@require_GET
@asked_once()
def comparison_explore(request: HttpRequest) -> HttpResponseBase:
    if not Observation.objects.visible_to(request.user).exists():
        return _page(request, None, None)
    form = ChoiceForm(request.GET, scopes(include_unvalidated=bool(request.GET.get("uvaliderede"))))
    question = form.question
    found = compare(question) if question else None
    if found and (wanted := request.GET.get("export")):
        return comparison_file(found, kind=wanted)
    return _page(request, form, found)


def comparison_file(found: Comparison, *, kind: str) -> HttpResponseBase:
    """Return what is seen as CSV or XLSX; 404 for any other kind."""
    names, lines = printed.sheet(found)
    question = found.question
    parts = (_("Comparison"), str(question.measure), question.scope, question.period.code.replace("/", " "))
    stem = f"{' '.join(part for part in parts if part)} {timezone.localdate().isoformat()}"
    return table_file(stem, kind, sheet=_("Comparison"), headings=names, rows=lines)


def _page(request: HttpRequest, form: ChoiceForm | None, found: Comparison | None) -> HttpResponse:
    facts = {"form": form, "comparison": found}
    if form is not None and found is not None:
        facts |= comparison_context(found) | _drawn(found) | _actions(request, form, found)
    return show(request, "results/comparison.html", title=_("Comparison"), **facts)


def comparison_context(found: Comparison) -> dict[str, Any]:
    """Return what the parts of the page print; also for pages elsewhere that show a comparison."""
    rows = table_rows(found)
    return {
        "marked": MARKED,
        "finding": printed.finding(found),
        "headings": printed.headings(found),
        "rows": rows,
        "has_marks": any(cell.stays for row, _cells in rows for cell in row.cells),
        "basis": basis_of(found),
        "incomparable": [
            line for line in found.lines if line.judged.verdict == Verdict.NOT_COMPARABLE and line.reasons
        ],
        "spread": spread_of(found) if found.is_judged else [],
        "context_lines": [(line, printed.percent(line.share)) for line in found.context],
        "places": [(line, place) for line in found.lines if (place := line.place) is not None],
    }


def table_rows(found: Comparison) -> list[tuple[printed.PrintedRow, list[tuple[printed.Heading, printed.Printed]]]]:
    """Return the rows of the table, each with its cells below their headings."""
    heads = printed.headings(found)
    return [(row, list(zip(heads, row.cells, strict=True))) for row in printed.rows(found)]


def _drawn(found: Comparison) -> dict[str, Any]:
    return {
        "pictures": pictures_of(found, anchor="sammenligning"),
        "over_time": series_picture(found, time_line(found), anchor="sammenligning"),
    }


def basis_of(found: Comparison) -> list[tuple[str, str]]:
    """Return what stands with every number: definition, unit, what it is held against, source and date."""
    if found.version is None:
        return []
    version, sources = found.version, dict.fromkeys(each.source for each in found.deliveries)
    return [
        (_("Definition"), f"{version.code}: {version.counts}. {version.window}"),
        (_("Population"), version.population),
        (_("Unit"), str(found.unit.label) if found.unit else formats.MISSING),
        *([(_("Held against"), printed.reference_name(found))] if found.is_judged else []),
        (_("Source"), "; ".join(sources)),
        (_("Extracted on"), formats.day(found.data_as_of)),
    ]


def spread_of(found: Comparison) -> list[tuple[str, str, str, str]]:
    """Return group, suppliers, pooled share and φ: how much suppliers differ beyond chance."""
    return [
        (
            group.label,
            formats.number(group.suppliers),
            formats.HIDDEN if group.veil.outcomes else printed.percent(group.reference),
            formats.number(group.overdispersion.phi if group.overdispersion else None, decimals=2),
        )
        for group in found.groups
    ]


def _actions(request: HttpRequest, form: ChoiceForm, found: Comparison) -> dict[str, Any]:
    write = reverse("results:comment_write")
    asides = [
        Aside(line, printed.referrals(line), f"{write}{form.address(leverandoer=str(line.supplier.pk))}")
        for line in found.lines
        if line.supplier
    ]
    links: list[Link] = [link for hook in hooks.get_hooks("comparison_links") for link in hook(request, form.address())]
    return {
        "asides": asides,
        "counts": [(each, formats.number(each.denominator)) for each in counts_beside(found.question)],
        "can_comment": can_write_comments(request.user),
        "csv_url": form.address(export="csv"),
        "xlsx_url": form.address(export="xlsx"),
        "links": links,
    }
