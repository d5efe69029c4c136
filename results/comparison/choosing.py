"""Which of the live figures are compared with each other, and which are left out, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from results.comparison import reasons as why
from results.comparison.model import Question
from results.comparison.reasons import Reason
from results.enums import Unit
from results.models import MeasureVersion, Observation
from results.queries.live import Key, observation_key


@dataclass(frozen=True)
class Definition:
    """What all figures of a comparison agree on: version (and with it the population), unit and validation status."""

    version: MeasureVersion
    unit: Unit
    is_validated: bool

    @classmethod
    def of(cls, figure: Observation) -> Definition:
        return cls(figure.measure_version, Unit(figure.unit), figure.delivery.is_validated)


@dataclass(frozen=True)
class Chosen:
    """The figures of one definition, each once, and why others stand outside. Without figures there is no definition."""

    definition: Definition | None
    figures: tuple[Observation, ...]
    reasons: tuple[Reason, ...]


def choose(found: Sequence[Observation], question: Question) -> Chosen:
    """Choose the definition asked for, else that of the newest delivery with figures of suppliers; takes figures newest first."""
    wanted = [each for each in found if _is_wanted(each, question)]
    leading = next((each for each in wanted if each.supplier_id), next(iter(wanted), None))
    if leading is None:
        return Chosen(None, (), ())
    definition = Definition.of(leading)
    kept: dict[Key, Observation] = {}
    outside: list[Observation] = []
    for each in found:
        if Definition.of(each) == definition:
            kept.setdefault(observation_key(each), each)
        else:
            outside.append(each)
    return Chosen(definition, tuple(kept.values()), tuple(_left_out(outside, list(kept.values()), definition)))


def same_definition(found: Iterable[Observation], definition: Definition) -> list[Observation]:
    """Return the newest figure of each thing that was counted by the definition; takes figures newest first."""
    kept: dict[Key, Observation] = {}
    for each in found:
        if Definition.of(each) == definition:
            kept.setdefault(observation_key(each), each)
    return list(kept.values())


def _is_wanted(figure: Observation, question: Question) -> bool:
    if question.version is not None and figure.measure_version_id != question.version.pk:
        return False
    return question.unit is None or figure.unit == question.unit


def _left_out(outside: Sequence[Observation], kept: Sequence[Observation], ours: Definition) -> list[Reason]:
    """Name the suppliers that have figures, but none that may be compared."""
    compared = {each.supplier_id for each in kept}
    others: dict[Definition, dict[int, str]] = defaultdict(dict)
    for each in outside:
        if each.supplier and each.supplier_id not in compared:
            others[Definition.of(each)][each.supplier.pk] = each.supplier.name_then_and_now
    return [_reason(sorted(names.values(), key=str.casefold), theirs, ours) for theirs, names in others.items()]


def _reason(names: Sequence[str], theirs: Definition, ours: Definition) -> Reason:
    if theirs.version.pk != ours.version.pk:
        return why.left_out_definition(names, theirs=theirs.version, ours=ours.version)
    if theirs.unit != ours.unit:
        return why.left_out_unit(names, theirs=str(theirs.unit.label), ours=str(ours.unit.label))
    return why.left_out_unvalidated(names) if ours.is_validated else why.left_out_validated(names)
