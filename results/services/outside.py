"""Take in figures from jobindsats and the like: context beside our own, never a reference."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from records.services import save_record
from results.models import BenefitGroup, Measure, OutsideFigure
from results.periods import Period, PeriodError, parse

COLUMNS = 4  # area, benefit group, period, share


@transaction.atomic
def import_outside(
    text: str, *, measure: Measure, what: str, source: str, retrieved_on: dt.date, by: User
) -> list[OutsideFigure]:
    """Save pasted rows of "area; benefit group; period; share in per cent", all or none; a row that is there is corrected.

    Columns are parted by tabs or semicolons, "*" is all citizens. Raises ValidationError with a sentence for each wrong row.
    """
    groups = BenefitGroup.objects.by_code()
    rows, wrong = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                rows.append(_row(line, groups))
            except ValueError as error:
                wrong.append(_("Row %(number)s: %(problem)s") % {"number": number, "problem": error})
    wrong += _given_twice(rows)
    if not rows and not wrong:
        wrong.append(_("Paste at least one row."))
    if wrong:
        raise ValidationError({"rows": wrong})
    facts = {"measure": measure, "what": what.strip()}
    return [
        _save({**facts, **key}, share, source=source.strip(), retrieved_on=retrieved_on, by=by) for key, share in rows
    ]


def _given_twice(rows: list[tuple[dict[str, Any], Decimal]]) -> list[str]:
    """Name each area and period that stands in more than one row: which one is right, nobody knows."""
    seen, found = set(), []
    for key, _share in rows:
        place = (key["area"], key["benefit_group"], key["period_start"], key["period_end"])
        if place in seen:
            words = {"area": key["area"], "period": Period(key["period_start"], key["period_end"]).label}
            found.append(_("%(area)s, %(period)s stands in several rows. Keep the right one.") % words)
        seen.add(place)
    return found


def _row(line: str, groups: dict[str, BenefitGroup]) -> tuple[dict[str, Any], Decimal]:
    cells = [cell.strip() for cell in line.replace("\t", ";").split(";")]
    if len(cells) != COLUMNS:
        raise ValueError(_("there must be four columns: area; benefit group; period; share."))
    area, group, period, share = cells
    if not area:
        raise ValueError(_("the area is missing."))
    if group != "*" and group not in groups:
        raise ValueError(_("“%(group)s” is no code of a benefit group. Write * for all.") % {"group": group})
    span, percent = _period(period), _percent(share)
    key = {"area": area, "benefit_group": groups.get(group), "period_start": span.start, "period_end": span.end}
    return key, percent


def _period(text: str) -> Period:
    try:
        return parse(text)
    except PeriodError as error:
        raise ValueError(f"“{text}”: {error}") from error


def _percent(text: str) -> Decimal:
    try:
        share = Decimal("".join(text.split()).rstrip("%").replace(",", "."))
    except InvalidOperation:
        share = Decimal(-1)
    if not share.is_finite() or not 0 <= share <= 100:
        raise ValueError(_("“%(text)s” is no share from 0 to 100 per cent.") % {"text": text})
    return share.quantize(Decimal("0.01"))


def _save(key: dict[str, Any], share: Decimal, *, source: str, retrieved_on: dt.date, by: User) -> OutsideFigure:
    figure = OutsideFigure.objects.filter(**key).first() or OutsideFigure(**key)
    figure.share_percent, figure.source, figure.retrieved_on = share, source, retrieved_on
    return save_record(figure, reason=source, by=by)
