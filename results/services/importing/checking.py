"""Hold well-formed figures against what the system knows: codes, definitions, and what kind of figure each measure has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from contracts.models import FrameworkAgreement, Lot, Service
from records.sheets.errors import RowError
from records.sheets.suggestions import near_codes
from results.enums import MeasureKind
from results.models import BenefitGroup, Measure, MeasureVersion, Observation
from results.periods import Period
from results.services.importing.overlapping import crossing_periods, figure_key
from results.services.importing.parsing import ALL, ParsedRow
from suppliers.models import Supplier


@dataclass(frozen=True)
class Register:
    """Every code that a file may use, fetched once: five tables of vocabulary and the measures with their versions."""

    rows: Mapping[str, Mapping[str, Any]]
    versions: Mapping[int, Sequence[MeasureVersion]]

    @classmethod
    def fetch(cls) -> Register:
        versions: dict[int, list[MeasureVersion]] = {}
        for version in MeasureVersion.objects.select_related("measure").order_by("pk"):
            versions.setdefault(version.measure_id, []).append(version)
        return cls(
            rows={
                "measure": Measure.objects.by_code(),
                "framework": FrameworkAgreement.objects.by_code(),
                "lot": Lot.objects.by_code(),
                "benefit_group": BenefitGroup.objects.by_code(),
                "service": Service.objects.by_code(),
                "supplier_cvr": {supplier.cvr: supplier for supplier in Supplier.objects.all()},
            },
            versions=versions,
        )


class _Checker:
    """Checks one row after another and remembers which figures it has seen."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.frameworks = {framework.pk: framework for framework in register.rows["framework"].values()}
        self.errors: list[RowError] = []
        self.first_rows: dict[tuple[object, ...], int] = {}

    def observation(self, row: ParsedRow) -> Observation | None:
        before = len(self.errors)
        found = {column: self._lookup(row, column) for column in self.register.rows}
        measure = found["measure"]
        version = self._version(row, measure) if measure else None
        framework = self._framework(row, found["framework"], found["lot"])
        if measure:
            self._numbers(row, measure)
        if len(self.errors) > before or row.broken or version is None or row.period is None:
            return None
        return self._unless_repeated(row, _observation(row, version, row.period, {**found, "framework": framework}))

    def refuse(self, row: ParsedRow, column: str, problem: str, remedy: str, value: object = None) -> None:
        shown = row.codes.get(column, "") if value is None else str(value)
        if column not in row.broken:
            self.errors.append(RowError(row.number, column, shown[:80], problem, remedy))

    def _lookup(self, row: ParsedRow, column: str) -> Any:
        code = row.codes[column]
        if column in row.broken or (code == ALL and column != "measure"):
            return None
        known = self.register.rows[column]
        if code not in known:
            self.refuse(row, column, _("The code is unknown."), near_codes(code, known))
        return known.get(code)

    def _version(self, row: ParsedRow, measure: Measure) -> MeasureVersion | None:
        if row.period is None or "version" in row.broken:
            return None
        versions = self.register.versions.get(measure.pk, ())
        if code := row.codes["version"]:
            return self._named_version(row, code, versions)
        valid = [version for version in versions if row.period.lies_within(version.valid_from, version.valid_to)]
        if len(valid) == 1:
            return valid[0]
        codes = ", ".join(version.code for version in valid or versions) or "–"
        problem = (
            _("Several versions of the measure are valid for the whole period.")
            if valid
            else _("No version of the measure is valid for the whole period.")
        )
        self.refuse(row, "version", problem, _("Write which one it is: %(codes)s.") % {"codes": codes})
        return None

    def _named_version(self, row: ParsedRow, code: str, versions: Iterable[MeasureVersion]) -> MeasureVersion | None:
        by_code = {version.code: version for version in versions}
        version = by_code.get(code)
        if version is None:
            self.refuse(row, "version", _("The measure has no version with this code."), near_codes(code, by_code))
        elif row.period and not row.period.lies_within(version.valid_from, version.valid_to):
            self.refuse(
                row,
                "period",
                _("The period is not within the days for which version %(code)s is valid.") % {"code": code},
                _("Correct the period or the version, or extend the version's dates in the register."),
                row.period.code,
            )
            return None
        return version

    def _framework(self, row: ParsedRow, framework: FrameworkAgreement | None, lot: Lot | None) -> Any:
        """Return the framework that the figure belongs to: a lot brings its own."""
        if lot is None:
            return framework
        if row.codes["framework"] not in (ALL, "") and framework is not None and framework.pk != lot.framework_id:
            self.refuse(
                row,
                "lot",
                _("The lot is not part of framework %(framework)s.") % {"framework": framework.code},
                _("Correct the lot or the framework."),
            )
        return self.frameworks[lot.framework_id]

    def _numbers(self, row: ParsedRow, measure: Measure) -> None:
        base, outcomes = row.counts["denominator"], row.counts["outcomes"]
        if measure.kind == MeasureKind.MEAN:
            if row.mean is None:
                self.refuse(
                    row, "mean", _("The mean is missing."), _("Write it, or remove the row when nobody knows it.")
                )
        elif base is None:
            self.refuse(
                row, "denominator", _("The base is missing."), _("Write it, or remove the row when nobody knows it.")
            )
        if measure.kind == MeasureKind.SHARE and outcomes is None:
            self.refuse(
                row,
                "outcomes",
                _("The outcomes are missing."),
                _("Write 0 for none; remove the row when nobody knows."),
            )
        if measure.kind != MeasureKind.SHARE and outcomes is not None:
            self.refuse(row, "outcomes", _("The measure has no outcomes."), _("Leave the cell empty."), outcomes)
        if measure.kind != MeasureKind.MEAN and row.mean is not None:
            self.refuse(row, "mean", _("The measure is not a mean."), _("Leave the cell empty."), row.mean)
        self._deviation(row)
        if outcomes is not None and base is not None and outcomes > base:
            self.refuse(
                row,
                "outcomes",
                _("There are more outcomes than the base of %(base)s.") % {"base": base},
                _("Check whether the two columns were swapped, and correct them."),
                outcomes,
            )

    def _deviation(self, row: ParsedRow) -> None:
        if row.mean is None and row.standard_deviation is not None:
            problem = _("There is a standard deviation, and no mean that it belongs to.")
            self.refuse(row, "standard_deviation", problem, _("Leave the cell empty."), row.standard_deviation)

    def _unless_repeated(self, row: ParsedRow, observation: Observation) -> Observation | None:
        key = figure_key(observation)
        first = self.first_rows.setdefault(key, row.number)
        if first == row.number:
            return observation
        self.refuse(
            row,
            "period",
            _("The figure already stands in row %(row)s.") % {"row": first},
            _("Keep the right one and remove the other."),
            observation.period.code,
        )
        return None


def check_rows(rows: Iterable[ParsedRow]) -> tuple[dict[int, Observation], list[RowError]]:
    """Return the figures by the number of their row, as observations without a delivery, and everything that is wrong.

    Seven queries, whatever the number of rows.
    """
    checker = _Checker(Register.fetch())
    found = {row.number: observation for row in rows if (observation := checker.observation(row))}
    return found, [*checker.errors, *crossing_periods(found)]


def _observation(row: ParsedRow, version: MeasureVersion, period: Period, found: Mapping[str, Any]) -> Observation:
    return Observation(
        measure_version=version,
        unit=row.unit or "",
        period_start=period.start,
        period_end=period.end,
        framework=found["framework"],
        lot=found["lot"],
        supplier=found["supplier_cvr"],
        benefit_group=found["benefit_group"],
        service=found["service"],
        mean=row.mean,
        standard_deviation=row.standard_deviation,
        note=row.note,
        **row.counts,
    )
