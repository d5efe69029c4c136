"""The texts of a comparison: page, file, document and table view all print these, so that no number differs between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents import formats
from results.comparison.enums import DEVIATES, Reference, Verdict
from results.comparison.model import Comparison, GroupLine, SupplierLine
from results.comparison.reasons import joined
from results.enums import MeasureKind
from results.models import Observation
from results.statistics import Interval

EN_DASH = "–"
MEAN_DECIMALS = 1


@dataclass(frozen=True)
class Heading:
    """A column: `key` is stable, `unit` stands below the label."""

    key: str
    label: str
    unit: str = ""
    is_numeric: bool = False


@dataclass(frozen=True)
class Printed:
    """One cell. `value` is the number behind the text for a spreadsheet; `rests_on` are the figures it could tell of.

    `is_hidden` cells print the neutral mark and have no value; `stays` ones may not leave the municipality.
    """

    text: str
    value: Any = None
    rests_on: tuple[Observation, ...] = ()
    is_hidden: bool = False
    stays: bool = False

    @property
    def sheet_value(self) -> Any:
        return self.text if self.value is None else self.value


@dataclass(frozen=True)
class PrintedRow:
    """A supplier, or below it one of its benefit groups."""

    supplier: str  # "" below the supplier's own row
    cells: tuple[Printed, ...]

    @property
    def is_supplier(self) -> bool:
        return bool(self.supplier)


def headings(comparison: Comparison) -> tuple[Heading, ...]:
    """Return the columns of the table: a count has no share and nothing expected."""
    unit = str(comparison.unit.label) if comparison.unit else ""
    first = (
        Heading("supplier", _("Supplier")),
        Heading("group", _("Benefit group")),
        Heading("base", _("Base"), unit, is_numeric=True),
    )
    if comparison.kind == MeasureKind.MEAN:
        return (*first, *_headings_of_mean(), Heading("notes", _("Remarks")))
    if comparison.kind != MeasureKind.SHARE:
        return (*first, Heading("notes", _("Remarks")))
    return (
        *first,
        Heading("outcomes", _("Outcomes"), unit, is_numeric=True),
        Heading("share", _("Share"), "%", is_numeric=True),
        Heading("interval", _("95 % interval"), "%", is_numeric=True),
        Heading("expected", _("Expected"), unit, is_numeric=True),
        Heading("ratio", _("Observed / expected"), is_numeric=True),
        Heading("ratio_interval", _("95 % interval of the ratio"), is_numeric=True),
        Heading("verdict", _("Judgement")),
        Heading("notes", _("Remarks")),
        Heading("pending", _("Not yet measurable"), unit, is_numeric=True),
    )


def _headings_of_mean() -> tuple[Heading, ...]:
    return (
        Heading("mean", _("Mean"), is_numeric=True),
        Heading("deviation", _("Standard deviation"), is_numeric=True),
        Heading("interval", _("95 % interval"), is_numeric=True),
    )


def rows(comparison: Comparison, *, with_groups: bool = True) -> tuple[PrintedRow, ...]:
    """Return a row for each supplier, and below it its groups where there are several."""
    return tuple(_rows(comparison, with_groups=with_groups))


def sheet(comparison: Comparison) -> tuple[list[str], list[list[Any]]]:
    """Return headings and lines of what is seen, for CSV and XLSX: numbers as numbers, hidden ones as the neutral mark."""
    names = [f"{each.label} ({each.unit})" if each.unit else each.label for each in headings(comparison)]
    return names, [[cell.sheet_value for cell in row.cells] for row in rows(comparison)]


def finding(comparison: Comparison) -> str:
    """Return what the comparison shows, in a sentence or two: never who is best."""
    if not comparison.lines:
        return _("There are no figures of suppliers for this choice.")
    if comparison.question.supplier is not None:
        return finding_of(comparison)
    if not comparison.is_judged:
        is_mean = comparison.kind == MeasureKind.MEAN
        mean = _("The measure is a mean of answers, so it is shown and not judged.")
        return mean if is_mean else _("The measure is a count, so it is shown and not judged.")
    judged = [line for line in comparison.lines if line.judged.verdict != Verdict.NOT_COMPARABLE]
    if not judged:
        return _("None of the %(number)s suppliers can be compared. The reasons stand below.") % {
            "number": len(comparison.lines)
        }
    deviating = [line for line in judged if line.judged.verdict in DEVIATES]
    if not deviating:
        return _nobody(comparison, len(judged))
    names = joined(
        f"{line.label} ({verdict_text(comparison, line.judged.verdict, line.judged.is_above)})" for line in deviating
    )
    text = ngettext(
        "%(number)s of %(all)s supplier deviates from %(reference)s by more than chance explains: %(names)s.",
        "%(number)s of %(all)s suppliers deviate from %(reference)s by more than chance explains: %(names)s.",
        len(deviating),
    )
    return text % {
        "number": len(deviating),
        "all": len(judged),
        "reference": reference_name(comparison),
        "names": names,
    }


def finding_of(comparison: Comparison) -> str:
    """Return what the comparison shows about the supplier that is asked about."""
    supplier = comparison.question.supplier
    line = comparison.line_of(supplier) if supplier else None
    if line is None:
        return _("There are no figures of %(supplier)s for this choice.") % {"supplier": supplier}
    cells = dict(zip([each.key for each in headings(comparison)], _cells(comparison, line, line), strict=True))
    if comparison.kind == MeasureKind.COUNT:
        return f"{line.label}: {cells['base'].text}."
    words = {key: cell.text for key, cell in cells.items()} | {"name": line.label}
    if comparison.kind == MeasureKind.MEAN:
        return _("%(name)s: mean %(mean)s of %(base)s answers. It is shown and not judged.") % words
    if line.judged.expected is None:
        return _("%(name)s: %(outcomes)s of %(base)s (%(share)s %%). It is not held against anybody.") % words
    words["reference"] = reference_name(comparison)
    return (
        _("%(name)s: %(outcomes)s of %(base)s (%(share)s %%), %(expected)s expected from %(reference)s: %(verdict)s.")
        % words
    )


def reference_name(comparison: Comparison) -> str:
    """Return what the figures are held against, as it stands in a sentence."""
    question = comparison.question
    if question.reference == Reference.TARGET:
        return _("the target of %(share)s") % {"share": percent(question.target)}
    names = {
        Reference.OTHERS: _("the other suppliers"),
        Reference.ALL: _("all suppliers together"),
        Reference.PREVIOUS: _("its own previous period"),
    }
    return names[question.reference]


def verdict_text(comparison: Comparison, verdict: Verdict, is_above: bool | None) -> str:
    """Return the words of a judgement: "cannot be told from the other suppliers", "take note: above the expected"."""
    if verdict == Verdict.NOT_COMPARABLE:
        return str(verdict.label)
    if verdict == Verdict.NO_DIFFERENCE:
        return _("cannot be told from %(reference)s") % {"reference": reference_name(comparison)}
    side = _("above the expected") if is_above else _("below the expected")
    return f"{verdict.label}: {side}"


def referrals(line: SupplierLine) -> str:
    """Return "42, forventet 50 (84,0 %)"; "–" when nobody has reported any."""
    sent = line.referrals
    if sent is None or (sent.actual is None and sent.expected is None):
        return formats.MISSING
    words = {"actual": formats.number(sent.actual), "expected": formats.number(sent.expected)}
    if sent.share is None:
        return _("%(actual)s, %(expected)s expected") % words
    words["share"] = percent(float(sent.share))
    return _("%(actual)s, %(expected)s expected (%(share)s)") % words


def percent(share: float | None) -> str:
    """Return "5,5 %"; "–" when there is no share."""
    if share is None:
        return formats.MISSING
    return f"{formats.number(100 * share, decimals=1)}{formats.NO_BREAK_SPACE}%"


def span(interval: Interval, *, factor: float = 1, decimals: int = 1) -> str:
    """Return "25,1–44,2"; "–" when neither limit is known."""
    if interval.lower is None and interval.upper is None:
        return formats.MISSING
    low, high = (
        formats.number(None if limit is None else factor * limit, decimals=decimals)
        for limit in (interval.lower, interval.upper)
    )
    return f"{low}{EN_DASH}{high}"


def _nobody(comparison: Comparison, number: int) -> str:
    text = ngettext(
        "The %(number)s supplier that can be compared does not differ from %(reference)s by more than chance explains.",
        "None of the %(number)s suppliers that can be compared differs from %(reference)s by more than chance explains.",
        number,
    )
    return text % {"number": number, "reference": reference_name(comparison)}


def _rows(comparison: Comparison, *, with_groups: bool) -> Iterator[PrintedRow]:
    for line in comparison.lines:
        if len(line.groups) == 1 and (line.total is None or line.groups[0].group is None):
            # one group, or the supplier's own undivided total, says all there is to say of it
            yield PrintedRow(line.label, _cells(comparison, line, replace(line.groups[0], reasons=line.reasons)))
            continue
        yield PrintedRow(line.label, _cells(comparison, line, line))
        for group in line.groups if with_groups else ():
            yield PrintedRow("", _cells(comparison, line, group))


def _cells(comparison: Comparison, line: SupplierLine, of: SupplierLine | GroupLine) -> tuple[Printed, ...]:
    judged, veil = of.judged, of.veil
    own = of.own_figures if isinstance(of, SupplierLine) else tuple(each for each in (of.observation,) if each)
    told = tuple({id(each): each for each in (*own, *of.rests_on)}.values())

    def number(text: str, value: Any) -> Printed:
        return _cell(text, value, own, is_hidden=veil.outcomes, stays=veil.stays)

    def judgement(text: str, value: Any = None) -> Printed:
        return _cell(text, value, told, is_hidden=veil.judgement, stays=veil.judgement_stays)

    base = _cell(formats.number(judged.base), judged.base, own, is_hidden=veil.base, stays=veil.stays)
    first = (Printed(line.label), Printed(_group_name(of)), base)
    notes = Printed(" ".join(reason.text for reason in of.reasons))
    if comparison.kind == MeasureKind.MEAN:
        return (*first, *(number(text, value) for text, value in _mean_texts(of)), notes)
    if comparison.kind != MeasureKind.SHARE:
        return (*first, notes)
    share = _in_percent(of)
    ratio_interval = span(judged.ratio_interval, decimals=2)
    return (
        *first,
        number(formats.number(judged.outcomes), judged.outcomes),
        number(formats.number(share, decimals=1), share),
        number(span(judged.interval, factor=100), None),
        judgement(formats.number(judged.expected, decimals=1), _rounded(judged.expected, 1)),
        judgement(formats.number(judged.ratio, decimals=2), _rounded(judged.ratio, 2)),
        judgement(ratio_interval),
        judgement(verdict_text(comparison, judged.verdict, judged.is_above)),
        notes,
        _pending(line, of, own),
    )


def _mean_texts(of: SupplierLine | GroupLine) -> tuple[tuple[str, Any], ...]:
    """Return mean, standard deviation and interval, with the number behind each; as many decimals as it is known with."""
    mean = of.mean
    if mean is None:
        return ((formats.MISSING, None),) * 3
    value, deviation = _rounded(mean.value, MEAN_DECIMALS), _rounded(mean.deviation, MEAN_DECIMALS)
    return (
        (formats.number(value, decimals=MEAN_DECIMALS), value),
        (formats.number(deviation, decimals=MEAN_DECIMALS), deviation),
        (span(mean.interval, decimals=MEAN_DECIMALS), None),
    )


def _pending(line: SupplierLine, of: SupplierLine | GroupLine, own: tuple[Observation, ...]) -> Printed:
    if of.veil.pending:
        return Printed(formats.HIDDEN, None, own, is_hidden=True)
    found = of.pending if isinstance(of, SupplierLine) else of.observation.pending if of.observation else None
    return Printed(formats.number(found), found, own, stays=of.veil.stays)


def _group_name(of: SupplierLine | GroupLine) -> str:
    if isinstance(of, GroupLine):
        return of.label
    return _("Sum of groups") if of.is_sum_of_groups else _("All groups")


def _cell(text: str, value: Any, rests_on: Iterable[Observation], *, is_hidden: bool, stays: bool) -> Printed:
    if is_hidden:
        return Printed(formats.HIDDEN, None, tuple(rests_on), is_hidden=True)
    return Printed(text, value, tuple(rests_on), stays=stays)


def _in_percent(of: SupplierLine | GroupLine) -> Decimal | None:
    """Return the share with one decimal, as `formats.percent` prints it."""
    judged = of.judged
    if judged.share is None or judged.outcomes is None or not judged.base:
        return None
    return _rounded(Decimal(100) * judged.outcomes / judged.base, 1)


def _rounded(value: float | Decimal | None, decimals: int) -> Decimal | None:
    """Round halves away from zero, as `documents.formats` prints: a file must not say 11,2 where the page says 11,3."""
    if value is None:
        return None
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
