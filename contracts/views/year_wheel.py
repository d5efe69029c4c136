"""The year wheel: where in the year deadlines lie, as a picture with its table and a sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from contracts.deadlines import Deadline, DeadlineKind
from contracts.deadlines.wheel import wheel
from contracts.forms.deadlines import DeadlineFilterForm
from contracts.queries.deadline_rows import count_by_month, record_of
from contracts.views.deadlines import actor, found_by, show
from records.viewsets import address_of

YEARS = range(2000, 2200)


@require_GET
def year_wheel(request: HttpRequest) -> HttpResponse:
    """`?year=2026` (this year unless given), and the filters of the list but for its period."""
    today = timezone.localdate()
    year = _year(request, today)
    asked = request.GET.copy()
    asked["since"], asked["until"] = f"{year}-01-01", f"{year}-12-31"
    form = DeadlineFilterForm(asked, user=actor(request), today=today)
    found = found_by(form)
    drawn = wheel(found, year=year, today=today)
    counts = count_by_month(found, year=year)
    kinds = [kind for kind in DeadlineKind if any(kind in month for month in counts.values())]
    context = {
        "form": form,
        "wheel": drawn,
        "dots": [(dot, _address(dot.deadline)) for month in drawn.months for dot in month.dots],
        "kinds": kinds,
        "lines": [(month, [counts[month.first.month].get(kind) for kind in kinds]) for month in drawn.months],
        "next": _first_ahead(found, today),
        "before": year - 1,
        "after": year + 1,
        "subject": _subject(form),
    }
    return show(request, "contracts/year_wheel.html", _("Year wheel"), context)


def _year(request: HttpRequest, today: dt.date) -> int:
    named = request.GET.get("year", "")
    return int(named) if named.isascii() and named.isdigit() and int(named) in YEARS else today.year


def _subject(form: DeadlineFilterForm) -> str:
    """Return whose year it is: the chosen framework or supplier."""
    chosen = form.cleaned_data.get("framework") or form.cleaned_data.get("supplier")
    return str(chosen) if chosen else ""


def _first_ahead(found: Iterable[Deadline], today: dt.date) -> Deadline | None:
    return next((row for row in found if row.due_on >= today), None)


def _address(deadline: Deadline) -> str:
    return address_of(record_of(deadline.agreement))
