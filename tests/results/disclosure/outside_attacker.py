"""An attacker who writes down what must add up, and asks how low and how high each hidden number can be.

Shares nothing with the program but the figures and what is hidden of them.
"""

from __future__ import annotations

import itertools
from collections import defaultdict

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

EVERYBODY = ("denominator", "pending", "censored", "not_found")
NUMBERS = (*EVERYBODY, "outcomes")


class Attacker:
    """Knows every number that is not in `hidden`, a set of (figure's pk, name of the number)."""

    def __init__(self, figures, hidden):
        self.figures, self.hidden = figures, hidden
        self.column = {(each.pk, name): place for place, (each, name) in enumerate(itertools.product(figures, NUMBERS))}
        self.rows, self.low, self.high = [], [], []
        self._write_down()

    def _write_down(self):
        for each in self.figures:
            self._know({(each.pk, "denominator"): 1, (each.pk, "outcomes"): -1}, 0, np.inf)
        for place in range(3):
            for whole, parts in self._splits(place):
                for name in NUMBERS:
                    self._add_up(whole, parts, name)
        for one, other in itertools.combinations(self.figures, 2):
            self._compare(one, other)

    def _compare(self, one, other):
        """Everybody behind a cell is the same for all measures; persons are no more than their courses."""
        is_same_measure = one.measure_version_id == other.measure_version_id
        if not is_same_measure and self._cell(one) == self._cell(other):
            self._know({(one.pk, n): 1 for n in EVERYBODY} | {(other.pk, n): -1 for n in EVERYBODY}, 0, 0)
        if is_same_measure and self._cell(one)[1:] == self._cell(other)[1:]:
            persons, courses = sorted((one, other), key=lambda each: each.unit != "persons")
            for name in NUMBERS:
                self._know({(courses.pk, name): 1, (persons.pk, name): -1}, 0, np.inf)

    def _add_up(self, whole, parts, name):
        entries = {(whole.pk, name): -1} | {(part.pk, name): 1 for part in parts}
        if whole.unit != "persons":
            self._know(entries, 0, 0)
            return
        self._know(entries, 0, np.inf)
        for part in parts:
            self._know({(whole.pk, name): 1, (part.pk, name): -1}, 0, np.inf)

    def _splits(self, place):
        """Yield each figure that is open in a dimension (group, supplier, period) with those that it consists of."""
        found = defaultdict(dict)
        for each in self.figures:
            what = [each.benefit_group_id, each.supplier_id, each.period_start.month if _is_part(each) else None]
            value = what.pop(place)
            found[each.measure_version_id, each.unit, *what][value] = each
        for row in found.values():
            if None in row and len(row) > 2:
                yield row[None], [each for value, each in row.items() if value is not None]

    @staticmethod
    def _cell(each):
        return (each.unit, each.benefit_group_id, each.supplier_id, each.period_start, each.period_end)

    def _know(self, entries, low, high):
        row = np.zeros(len(self.column))
        for key, sign in entries.items():
            row[self.column[key]] = sign
        self.rows.append(row)
        self.low.append(low)
        self.high.append(high)

    def told(self, *, min_cell):
        """Return the hidden numbers, and rests of a base, that are known exactly or surely small."""
        bounds = np.zeros((len(self.column), 2))
        for each, name in itertools.product(self.figures, NUMBERS):
            value = getattr(each, name)
            bounds[self.column[each.pk, name]] = (0, 500) if (each.pk, name) in self.hidden else (value, value)
        found = []
        for pk, name in sorted(self.hidden):
            wanted = [((pk, name), {(pk, name): 1})]
            if name == "outcomes":
                wanted.append(((pk, "rest"), {(pk, "denominator"): 1, (pk, "outcomes"): -1}))
            for label, entries in wanted:
                low, high = self._span(entries, bounds)
                if low == high or (low >= 1 and high < min_cell):
                    found.append((label, low, high))
        return found

    def _span(self, entries, bounds):
        costs = np.zeros(len(self.column))
        for key, sign in entries.items():
            costs[self.column[key]] = sign
        limits = LinearConstraint(np.array(self.rows), self.low, self.high)
        ends = []
        for way in (1, -1):
            found = milp(
                way * costs,
                integrality=np.ones(len(costs)),
                bounds=Bounds(bounds[:, 0], bounds[:, 1]),
                constraints=limits,
            )
            ends.append(round(way * found.fun))
        return ends


def _is_part(each):
    return (each.period_end - each.period_start).days < 100
