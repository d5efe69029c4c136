"""Every date of an agreement that matters: dates in, deadlines out, without a database."""

from contracts.deadlines.deadline import Deadline, Stage
from contracts.deadlines.kinds import DeadlineKind

__all__ = ["Deadline", "DeadlineKind", "Stage"]
