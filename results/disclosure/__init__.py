"""The one disclosure policy: which figures may leave the municipality. Web, PDF, Word, CSV and evidence all ask it.

Small cells are hidden (primary), and so are the further cells without which somebody could compute them (complementary). What
"compute" means is said by `attack`, which solves linear programs for each hidden cell; `protection` chooses the fewest further
cells. `relations` finds how the figures of one document depend on each other; `observations` decides them together.
"""

from results.disclosure.cells import Cell, Mark, Policy, Relation
from results.disclosure.deciding import decide
from results.disclosure.observations import Decision, current_policy, decide_for_observations, is_small

__all__ = [
    "Cell",
    "Decision",
    "Mark",
    "Policy",
    "Relation",
    "current_policy",
    "decide",
    "decide_for_observations",
    "is_small",
]
