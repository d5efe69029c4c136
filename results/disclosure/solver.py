"""The one door to HiGHS: linear and mixed-integer programs that are built once and asked many times, without a word on stdout.

Limits are counted in nodes, and one thread solves, so that the same program has the same answer on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

Entry = tuple[int, int, float]  # row, column, factor
SEED = 1


@dataclass(frozen=True)
class Rows:
    """The constraints of a program: entries, and the limits of each row."""

    entries: Sequence[Entry]
    low: np.ndarray
    high: np.ndarray

    def arrays(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return starts, columns and factors, row by row."""
        if not self.entries:
            return np.zeros(len(self.low) + 1, dtype=np.int32), np.zeros(0, dtype=np.int32), np.zeros(0)
        table = np.array(self.entries, dtype=float)
        table = table[np.argsort(table[:, 0], kind="stable")]
        starts = np.searchsorted(table[:, 0], np.arange(len(self.low) + 1)).astype(np.int32)
        return starts, table[:, 1].astype(np.int32), table[:, 2].copy()


class Model:
    """A program over columns with bounds. Each question starts from the answer to the one before."""

    def __init__(self, rows: Rows, bounds: np.ndarray, *, nodes: int, whole: np.ndarray | None = None) -> None:
        self.size = len(bounds)
        self._columns = np.arange(self.size, dtype=np.int32)
        self._solver = _library().quiet()
        self._solver.setOptionValue("threads", 1)
        self._solver.setOptionValue("random_seed", SEED)
        self._solver.setOptionValue("mip_max_nodes", nodes)
        self._solver.setOptionValue("mip_rel_gap", 0.0)
        program = self._program(rows, bounds)
        if whole is not None and whole.any():
            kinds = _library().module.HighsVarType
            program.integrality_ = [kinds.kInteger if each else kinds.kContinuous for each in whole]
        self._solver.passModel(program)

    def _program(self, rows: Rows, bounds: np.ndarray) -> Any:
        highspy = _library().module
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = self.size, len(rows.low)
        program.col_cost_ = np.zeros(self.size)
        program.col_lower_, program.col_upper_ = bounds[:, 0].copy(), bounds[:, 1].copy()
        program.row_lower_, program.row_upper_ = rows.low, rows.high
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_, program.a_matrix_.index_, program.a_matrix_.value_ = rows.arrays()
        return program

    def bound(self, bounds: np.ndarray) -> None:
        self._solver.changeColsBounds(self.size, self._columns, bounds[:, 0].copy(), bounds[:, 1].copy())

    def minimum(self, costs: np.ndarray) -> np.ndarray | None:
        """Return the columns where the costs are least, as far as so many nodes show; None when nothing was found."""
        self._solver.changeColsCost(self.size, self._columns, costs)
        self._solver.run()
        info = self._solver.getInfo()
        if info.primal_solution_status != _library().feasible:
            return None
        return np.array(self._solver.getSolution().col_value)


class _Library:
    """highspy is slow to load: only who decides waits for it."""

    def __init__(self) -> None:
        import highspy

        class Quiet(highspy.Highs):
            """Is silent before anything else is set up: the library prints its name when its callbacks are."""

            def enableCallbacks(self) -> None:  # noqa: N802 (the library's name)
                self.silent()

        self.module = highspy
        self.quiet = Quiet
        self.feasible = int(highspy.SolutionStatus.kSolutionStatusFeasible)


@cache
def _library() -> _Library:
    return _Library()
