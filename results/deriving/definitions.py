"""Definitions as the derivation uses them: plain values, made from the registers by `results.services.counting_rules`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum


class Attribution(StrEnum):
    """Which of a person's courses in a cell decides for the person."""

    LAST = "last"  # the one that ended last; same end: the later start, then the higher course id as text
    ANY = "any"  # yes if any is yes, else pending if any is pending, else no


@dataclass(frozen=True)
class WeekRule:
    """The outcome is read in the register, in the week that holds the end date plus a number of calendar months.

    A code in one of the `yes` groups is an outcome; one in `yes_if_employed`, or a blank where `blank_if_employed`, is one when
    the month of that week's Thursday has a branch of work.
    """

    measure: str
    version: str
    months: int
    yes: frozenset[str]
    yes_if_employed: frozenset[str]
    blank_if_employed: bool
    censored: frozenset[str]
    attribution: Attribution = Attribution.LAST

    @property
    def needs_employment(self) -> bool:
        return self.blank_if_employed or bool(self.yes_if_employed)


@dataclass(frozen=True)
class PlanRule:
    """The outcome is a plan dated from the start of the course to its end plus a number of calendar months."""

    measure: str
    version: str
    months: int
    attribution: Attribution = Attribution.ANY


Rule = WeekRule | PlanRule


@dataclass(frozen=True)
class Definitions:
    """Rules, and the group of each code of the register."""

    rules: tuple[Rule, ...]
    group_of_code: Mapping[str, str]

    @property
    def week_rules(self) -> tuple[WeekRule, ...]:
        return tuple(rule for rule in self.rules if isinstance(rule, WeekRule))

    @property
    def windows(self) -> tuple[int, ...]:
        """The follow-up windows in which the register is read, in calendar months."""
        return tuple(sorted({rule.months for rule in self.week_rules}))

    @property
    def digest(self) -> str:
        """SHA-256 of everything that decides: the same only while two runs count alike."""
        rules = [asdict(rule) | {"kind": type(rule).__name__} for rule in self.rules]
        text = json.dumps([rules, dict(self.group_of_code)], sort_keys=True, default=sorted)
        return hashlib.sha256(text.encode()).hexdigest()


def normal_code(text: str) -> str:
    """Return a code as it is compared: without spaces, leading zeros and the `.0` that some programs add to numbers."""
    text = text.strip()
    whole, _point, decimals = text.partition(".")
    if whole.isdigit() and not decimals.strip("0"):
        return whole.lstrip("0") or "0"
    return text
