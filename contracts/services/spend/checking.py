"""Hold well-formed rows against the register: contracts that exist, months that can have been, nothing twice."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _

from contracts.models import Contract
from contracts.services.spend.parsing import MONTH, NUMBER, ParsedMonth
from contracts.terms import month_end
from records.sheets.errors import RowError
from records.sheets.suggestions import near_codes

SUGGESTED = 5  # to look for what is near is slow, and a file that needs more is another file


@dataclass(frozen=True)
class Known:
    """What is asked of a contract here."""

    pk: int
    number: str
    framework_id: int
    lot_id: int
    starts_on: dt.date
    ends_on: dt.date | None  # with run-off


@dataclass(frozen=True)
class SpendRow:
    """One month of one contract, ready to be stored."""

    row: int
    contract: Known
    month: dt.date
    amount_dkk: Decimal
    referrals: int | None


@dataclass(frozen=True)
class Checked:
    rows: list[SpendRow]
    errors: list[RowError]
    warnings: list[RowError]


def check_rows(parsed: Iterable[ParsedMonth], *, extracted_on: dt.date) -> Checked:
    """Return what can be stored, what is wrong, and what is only odd; one query, whatever the number of rows."""
    checker = _Checker(known_contracts(), extracted_on)
    for each in parsed:
        checker.check(each)
    return Checked(checker.rows, checker.errors, checker.warnings)


def known_contracts() -> dict[str, Known]:
    columns = "pk", "number", "lot__framework_id", "lot_id", "starts_on", "effective_ends_on", "run_off_ends_on"
    rows = Contract.objects.order_by().values_list(*columns)
    return {
        number: Known(pk, number, framework_id, lot_id, starts_on, run_off_ends_on or ends_on)
        for pk, number, framework_id, lot_id, starts_on, ends_on, run_off_ends_on in rows.iterator(chunk_size=2000)
    }


class _Checker:
    """Checks one row after another and remembers which months it has seen."""

    def __init__(self, contracts: dict[str, Known], extracted_on: dt.date) -> None:
        self.contracts = contracts
        self._compact = _by_compact_number(contracts)
        self.extracted_on = extracted_on
        self.rows: list[SpendRow] = []
        self.errors: list[RowError] = []
        self.warnings: list[RowError] = []
        self._first_rows: dict[tuple[int, dt.date], int] = {}
        self._suggestions: dict[str, str] = {}

    def check(self, parsed: ParsedMonth) -> None:
        contract = self._contract(parsed)
        is_too_late = self._is_after_extract(parsed)
        if contract is None or parsed.month is None or parsed.amount_dkk is None or is_too_late or parsed.broken:
            return
        if self._is_repeated(parsed, contract, parsed.month):
            return
        self._warn_outside(parsed, contract, parsed.month)
        self.rows.append(SpendRow(parsed.row, contract, parsed.month, parsed.amount_dkk, parsed.referrals))

    def _contract(self, parsed: ParsedMonth) -> Known | None:
        found = self.contracts.get(parsed.number) or self._compact.get(_compact(parsed.number))
        if found is None and parsed.number:
            self._refuse(parsed, NUMBER, _("There is no contract with this number."), self._suggestion(parsed.number))
        return found

    def _suggestion(self, number: str) -> str:
        if number not in self._suggestions and len(self._suggestions) < SUGGESTED:
            self._suggestions[number] = near_codes(number, self.contracts)
        return self._suggestions.get(number) or _("Correct the number, or add the contract to the register first.")

    def _is_after_extract(self, parsed: ParsedMonth) -> bool:
        if parsed.month is None or parsed.month <= self.extracted_on:
            return False
        problem = _("The month begins after %(day)s, when the figures were drawn.")
        remedy = _("Correct the month, or the day that the figures were drawn.")
        self._refuse(parsed, MONTH, problem % {"day": formats.date_format(self.extracted_on)}, remedy)
        return True

    def _is_repeated(self, parsed: ParsedMonth, contract: Known, month: dt.date) -> bool:
        first = self._first_rows.setdefault((contract.pk, month), parsed.row)
        if first == parsed.row:
            return False
        problem = _("The contract and month already stand in row %(row)s.") % {"row": first}
        self._refuse(parsed, MONTH, problem, _("Put them together in one row."))
        return True

    def _warn_outside(self, parsed: ParsedMonth, contract: Known, month: dt.date) -> None:
        if month_end(month) < contract.starts_on:
            day, problem = contract.starts_on, _("The month lies before the contract, which starts on %(day)s.")
        elif contract.ends_on is not None and contract.ends_on < month:
            day, problem = (
                contract.ends_on,
                _("The month lies after the contract and its run-off, which end on %(day)s."),
            )
        else:
            return
        remedy = _("It is imported all the same. Check the contract number and the month.")
        self.warnings.append(_about(parsed, MONTH, problem % {"day": formats.date_format(day)}, remedy))

    def _refuse(self, parsed: ParsedMonth, column: str, problem: str, remedy: str) -> None:
        if column not in parsed.broken:
            self.errors.append(_about(parsed, column, problem, remedy))


def _by_compact_number(contracts: dict[str, Known]) -> dict[str, Known]:
    """Return contracts by their number without spaces, where that still means only one: other systems leave them out."""
    counted = Counter(map(_compact, contracts))
    return {_compact(number): known for number, known in contracts.items() if counted[_compact(number)] == 1}


def _compact(number: str) -> str:
    return "".join(number.split()).casefold()


def _about(parsed: ParsedMonth, column: str, problem: str, remedy: str) -> RowError:
    shown = parsed.number if column == NUMBER else f"{parsed.number} {parsed.month:%Y-%m}"
    return RowError(parsed.row, column, shown[:80], problem, remedy)
