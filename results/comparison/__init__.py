"""Fair comparison of suppliers: what a reader sees for a measure, a scope and a period. No score and no league table.

`judging` and `assembling` are pure; `fetching` reads; `sight` is the one door to `results.disclosure`, and `veiling` takes away
what it hides; `comparing` puts them together, `sharing` does it for a supplier's own eyes, and `series` over time. `printed`
makes the texts that every rendering prints.
"""

from results.comparison.comparing import compare
from results.comparison.enums import ReasonKind, Reference, Size, Verdict
from results.comparison.model import (
    Comment,
    Comparison,
    ContextLine,
    GroupLine,
    GroupSummary,
    Question,
    Referrals,
    SupplierLine,
)
from results.comparison.reasons import Reason
from results.comparison.sharing import OwnView, comparison_for_supplier

__all__ = [
    "Comment",
    "Comparison",
    "ContextLine",
    "GroupLine",
    "GroupSummary",
    "OwnView",
    "Question",
    "Reason",
    "ReasonKind",
    "Reference",
    "Referrals",
    "Size",
    "SupplierLine",
    "Verdict",
    "compare",
    "comparison_for_supplier",
]
