"""What is said of each number of a figure: whether this audience may have it, and why not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext as _

from results.disclosure.cells import Policy


class Part(Enum):
    """The numbers of an observation. A share, its interval and its place in a picture go with `OUTCOMES`."""

    BASE = "denominator"
    OUTCOMES = "outcomes"
    PENDING = "pending"
    CENSORED = "censored"
    NOT_FOUND = "not_found"
    MEAN = "mean"


BESIDE_THE_BASE = (Part.PENDING, Part.CENSORED, Part.NOT_FOUND)


class State(Enum):
    """SHOWN to this audience; MARKED: shown, but may not leave the municipality; HIDDEN under the neutral mark; WITHHELD: not
    this reader's to see at all, by the level of sharing of its contracts.
    """

    SHOWN = "shown"
    MARKED = "marked"
    HIDDEN = "hidden"
    WITHHELD = "withheld"


class Reason(Enum):
    """Why a number may not leave. For staff only: to others, one neutral mark stands for all of them."""

    SMALL = "small"
    SMALL_REST = "small_rest"
    SMALL_BASE = "small_base"
    UNKNOWN_BASE = "unknown_base"
    BASE_HIDDEN = "base_hidden"
    PROTECTS = "protects"
    NOT_SHARED = "not_shared"
    TOO_FEW_OTHERS = "too_few_others"


@dataclass(frozen=True)
class Verdict:
    """Whether one number is shown to the audience that was asked for; `reason` is None when it may leave."""

    state: State
    reason: Reason | None = None

    @property
    def is_shown(self) -> bool:
        """Tell whether the audience sees the number, marked or not."""
        return self.state in {State.SHOWN, State.MARKED}

    @property
    def is_marked(self) -> bool:
        return self.state is State.MARKED


SHOWN = Verdict(State.SHOWN)


def why(reason: Reason | None, policy: Policy) -> str:
    """Return a sentence for staff that says why a number may not leave; "" when it may."""
    if reason is None:
        return ""
    highest = policy.min_cell - 1
    texts = {
        Reason.SMALL: _("The number is from 1 to %(highest)s: so few that they could be recognised."),
        Reason.SMALL_REST: _(
            "All but %(highest)s or fewer of the base are in it: the few that are not could be recognised."
        ),
        Reason.SMALL_BASE: _("The base is from 1 to %(highest)s, so whatever is said of it is about very few."),
        Reason.UNKNOWN_BASE: _(
            "The source gives no number of answers behind the mean, so they may be fewer than %(fewest)s. If the source vouches "
            "for a fewest number, write it in the definition of the measure."
        ),
        Reason.BASE_HIDDEN: _("The base is hidden, and so is what is part of it."),
        Reason.PROTECTS: _(
            "The number is not small itself. Without it, somebody could compute a small number from sums and totals."
        ),
        Reason.NOT_SHARED: _("The contract does not share the other suppliers' results."),
        Reason.TOO_FEW_OTHERS: _("Fewer than three other suppliers stand behind the number."),
    }
    return texts[reason] % {"highest": highest, "fewest": policy.min_cell}
