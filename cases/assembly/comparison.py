"""A comparison of suppliers in a paper: the finding, the table, and below it what is to be kept in mind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from cases.assembly.evidence import Ledger
from cases.assembly.figures import source_of
from cases.blocks.comparison import version_of
from documents import tree as t
from results.comparison import Comparison, Question, Reason, ReasonKind, Reference, compare, printed
from results.comparison.illustrated import Marks, own_figures, pictures_of
from results.comparison.model import GroupLine, GroupSummary, SupplierLine
from results.comparison.printed import Heading, Printed
from results.enums import Unit
from results.models import Observation
from results.periods import parse

LEFT_OUT = frozenset({"notes", "pending"})  # what is said in the notes below
OF_SIZE = frozenset({ReasonKind.TOO_FEW, ReasonKind.SMALL_GROUP})
FAIRNESS = (
    "Resultaterne er sammenlignet inden for ydelsesgrupper. Det fjerner en del af forskellen mellem leverandørerne, ikke alt: en "
    "afvigelse er ikke bevis for bedre eller dårligere arbejde."
)


class PaperMarks(Marks):
    """What of a line may not leave with the paper, and the evidence that its numbers rest on."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def hides_base(self, line: SupplierLine | GroupLine) -> bool:
        return _hides_base(own_figures(line), self.ledger)

    def hides_outcomes(self, line: SupplierLine | GroupLine) -> bool:
        return _hides_any(own_figures(line), self.ledger)

    def hides_judgement(self, line: SupplierLine | GroupLine) -> bool:
        return _hides_any((*own_figures(line), *line.rests_on), self.ledger)

    def hides_group(self, group: GroupSummary) -> bool:
        return _hides_any(group.rests_on, self.ledger)

    def evidence(self, figures: Iterable[Observation]) -> tuple[str, ...]:
        return _evidence(figures, self.ledger)


def fetch_comparison(value: Any) -> Comparison:
    """Return the comparison that a block asks for, as the municipality sees it: the paper marks what may not leave."""
    is_target = value["reference"] == Reference.TARGET and value["target_percent"] is not None
    return compare(
        Question(
            measure=value["measure"],
            period=parse(value["period"]),
            framework=value["framework"],
            lot=value["lot"],
            benefit_group=value["benefit_group"],
            unit=Unit(value["unit"]) if value["unit"] else None,
            version=version_of(value),
            by_size=bool(value["is_by_size"]),
            reference=_reference(value, is_target=is_target),
            target=float(value["target_percent"]) / 100 if is_target else None,
        )
    )


def comparison_nodes(value: Any, found: Comparison, ledger: Ledger) -> Iterator[t.Block]:
    """Yield the finding in a sentence and the table; every number is a value that redaction can hide."""
    yield t.Paragraph((_finding(found, ledger),))
    if not found.lines:
        return
    if value["has_pictures"]:
        pictures = pictures_of(found, anchor=value["name"], marks=PaperMarks(ledger))
        yield from (figure.chart for figure in pictures.all)
        yield from (t.Paragraph((t.Text(note),)) for note in pictures.notes)
    heads = printed.headings(found)
    kept = [place for place, head in enumerate(heads) if head.key not in LEFT_OUT]
    yield t.Table(
        anchor=value["name"],
        caption=(t.Text(value["caption"]),),
        columns=tuple(t.Column((t.Text(heads[at].label),), heads[at].unit, heads[at].is_numeric) for at in kept),
        rows=tuple(
            t.Row(tuple(_cell(row.cells[at], heads[at], ledger) for at in kept), kind="body")
            for row in printed.rows(found, with_groups=value["has_groups"])
        ),
        source=source_of(found.deliveries),
        notes=tuple(_notes(value["note"] or "", found, ledger, has_groups=value["has_groups"])),
    )


def _reference(value: Any, *, is_target: bool) -> Reference:
    """A half-filled target is held against the others until it is written."""
    reference = Reference(value["reference"] or Reference.OTHERS)
    return Reference.OTHERS if reference == Reference.TARGET and not is_target else reference


def _finding(found: Comparison, ledger: Ledger) -> t.Value:
    told = {id(each): each for line in found.lines for each in (*line.own_figures, *line.rests_on)}.values()
    return t.Value(printed.finding(found), _evidence(told, ledger), _hides_any(told, ledger))


def _cell(cell: Printed, head: Heading, ledger: Ledger) -> t.Cell:
    if not cell.rests_on:
        return t.Cell((t.Text(cell.text),))
    hidden = _hides_base(cell.rests_on, ledger) if head.key == "base" else _hides_any(cell.rests_on, ledger)
    return t.Cell((t.Value(cell.text, _evidence(cell.rests_on, ledger), hidden),))


def _notes(note: str, found: Comparison, ledger: Ledger, *, has_groups: bool) -> Iterator[tuple[t.Inline, ...]]:
    yield from ((t.Text(line),) for line in note.splitlines() if line.strip())
    yield (t.Text(_definition(found)),)
    yield from ((t.Text(reason.text),) for reason in found.reasons)
    for line in found.lines:
        yield from _notes_on(line, ledger)
    if has_groups:
        yield from _notes_on_groups(found, ledger)
    for outside in found.context:
        share = printed.percent(outside.share)
        yield (
            t.Text(f"Kontekst udefra, ikke en reference: {outside.area}, {outside.label}: {share} ({outside.source})."),
        )
    if found.is_judged:
        yield (t.Text(FAIRNESS),)


def _notes_on(line: SupplierLine, ledger: Ledger) -> Iterator[tuple[t.Inline, ...]]:
    for reason in line.reasons:
        yield (t.Text(f"{line.label}: "), _reason(reason, line, ledger))
    if line.referrals and line.referrals.actual is not None:
        yield (t.Text(f"{line.label}, henvisninger i perioden: {printed.referrals(line)}"),)
    if line.comment:
        yield (t.Text(f"{line.label} siger selv: {line.comment.text}"),)


def _notes_on_groups(found: Comparison, ledger: Ledger) -> Iterator[tuple[t.Inline, ...]]:
    """Name, for each thing that the size of a group means, the rows that it is true of; hidden where their base is."""
    rows: dict[str, list[t.Inline]] = {}
    for line in found.lines:
        for group in line.groups if len(line.groups) > 1 else ():
            for reason in group.reasons:
                if reason.kind in OF_SIZE:
                    figures = own_figures(group)
                    name = t.Value(
                        f"{line.label} ({group.label})", _evidence(figures, ledger), _hides_any(figures, ledger)
                    )
                    rows.setdefault(reason.text, []).extend((t.Text(", "), name))
    yield from ((t.Text(f"{text.rstrip('.')}: "), *names[1:], t.Text(".")) for text, names in rows.items())


def _reason(reason: Reason, line: SupplierLine, ledger: Ledger) -> t.Inline:
    """Return the sentence as a value where it tells of numbers: then it is hidden with them."""
    if reason.kind in {ReasonKind.NOT_DIVIDED, ReasonKind.NO_REFERENCE, ReasonKind.SERIES_BREAK}:
        return t.Text(reason.text)
    told = (*line.own_figures, *line.rests_on)
    return t.Value(
        reason.text, _evidence(line.own_figures, ledger), _hides_any(told, ledger) or _is_few(reason, line, ledger)
    )


def _is_few(reason: Reason, line: SupplierLine, ledger: Ledger) -> bool:
    """Tell whether the reason names a number of pending courses that is hidden in the evidence."""
    if reason.kind is not ReasonKind.PENDING:
        return False
    return any("pending" in ledger.entries[ledger.observation(each)]["hidden_values"] for each in line.own_figures)


def _definition(found: Comparison) -> str:
    version, reference = found.version, printed.reference_name(found)
    if version is None:
        return ""
    held = f" Sammenlignet med {reference}." if found.is_judged else ""
    return f"Definition {version.code}: {version.counts}. {version.window}. {version.population}.{held}"


def _evidence(figures: Iterable[Observation], ledger: Ledger) -> tuple[str, ...]:
    return tuple(ledger.observation(each) for each in figures)


def _hides_any(figures: Iterable[Observation], ledger: Ledger) -> bool:
    return any(ledger.decision.hides_outcomes(each) or ledger.decision.hides_base(each) for each in figures)


def _hides_base(figures: Iterable[Observation], ledger: Ledger) -> bool:
    return any(ledger.decision.hides_base(each) for each in figures)
