"""Figures with everything that decides what may be shown of them."""

from __future__ import annotations

from collections.abc import Iterable

from results.asking import once
from results.disclosure import PUBLIC, Audience, Disclosure, disclose, published_figures
from results.models import Observation
from results.queries.siblings import with_siblings


def disclosed(figures: Iterable[Observation], *, audience: Audience = PUBLIC) -> Disclosure:
    """Decide what an audience may see of figures, beside all live ones of their kind and all that is public already.

    What a page asks: a figure then has the same mark here as in every paper. Two queries for the figures beside, one for
    composite groups, and those of what is public.
    """
    return disclose(with_siblings(figures), audience=audience, published=once("published", published_figures))
