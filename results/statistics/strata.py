"""One benefit group of a comparison: a supplier's numbers beside those of whom it is compared with."""

from __future__ import annotations

from dataclasses import dataclass

from results.statistics import checks


@dataclass(frozen=True)
class Stratum:
    """Successes and trials of one supplier, and of the reference, in one group. Raises ValueError when they cannot be.

    For `compare_with_rest` the reference is the other suppliers; for standardisation it is whatever is named.
    """

    successes: int
    trials: int
    reference_successes: int
    reference_trials: int
    name: str = ""

    def __post_init__(self) -> None:
        for prefix in ("", "reference_"):
            trials = checks.whole(f"{prefix}trials", getattr(self, f"{prefix}trials"))
            successes = checks.part(
                f"{prefix}successes", getattr(self, f"{prefix}successes"), f"{prefix}trials", trials
            )
            object.__setattr__(self, f"{prefix}trials", trials)
            object.__setattr__(self, f"{prefix}successes", successes)

    @property
    def reference(self) -> float:
        """The reference share; raises ValueError when the reference has no trials."""
        if not self.reference_trials:
            raise ValueError(f"stratum {self.name!r} has no reference trials, so nothing can be expected of it")
        return self.reference_successes / self.reference_trials
