"""The one disclosure policy: which figures may leave the municipality. Web, PDF, Word, CSV, API and evidence all ask it.

`disclose(figures, audience=...)` is the door (see `disclosing` for how to ask its answer): the municipality sees everything with
a mark at what may not leave, a supplier its own figures and others' by the level of sharing of its contracts, the public what is
safe.

Small cells are hidden (primary), and so are the further cells without which somebody could compute them (complementary). What
"compute" means is said by `attack`, which solves linear programs for each hidden cell; `protection` chooses the fewest further
cells. `relations` finds how the figures depend on each other; `observations` decides them together.
"""

from results.disclosure.audiences import MUNICIPALITY, PUBLIC, Audience, AudienceKind, supplier_audience
from results.disclosure.cells import Cell, Mark, Policy, Relation
from results.disclosure.deciding import Leak, decide, leaks
from results.disclosure.disclosing import Disclosure, disclose
from results.disclosure.observations import (
    Decision,
    FigureLeak,
    attack,
    current_policy,
    decide_for_observations,
    is_small,
    main_part,
    new_leaks,
)
from results.disclosure.publications import PublishedFigure, figures_in, published_figures
from results.disclosure.sentences import leak_text
from results.disclosure.verdicts import Part, Reason, State, Verdict, why

__all__ = [
    "MUNICIPALITY",
    "PUBLIC",
    "Audience",
    "AudienceKind",
    "Cell",
    "Decision",
    "Disclosure",
    "FigureLeak",
    "Leak",
    "Mark",
    "Part",
    "Policy",
    "PublishedFigure",
    "Reason",
    "Relation",
    "State",
    "Verdict",
    "attack",
    "current_policy",
    "decide",
    "decide_for_observations",
    "disclose",
    "figures_in",
    "is_small",
    "leak_text",
    "leaks",
    "main_part",
    "new_leaks",
    "published_figures",
    "supplier_audience",
    "why",
]
