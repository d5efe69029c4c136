"""What is public already. Rooms above that publish figures register how to find them; here they are read together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from results.models import Observation

Evidence = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class PublishedFigure:
    """A figure that anybody can read, with the numbers of it that were hidden there."""

    observation: Observation
    hidden: frozenset[str] = field(default_factory=frozenset)


class Source:
    """Somewhere figures are published: `evidence()` yields the evidence of each paper that is or was public."""

    def __init__(self, name: str, evidence: Callable[[], Iterable[Evidence]]) -> None:
        self.name, self.evidence = name, evidence


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Add a place where figures are published; called when the room's app is ready."""
    _sources[source.name] = source


def published_figures() -> list[PublishedFigure]:
    """Return every figure that is or was public, once; a number is hidden only where no paper showed it.

    Also what was withdrawn, and what came from a delivery that was: who has read it knows it. One query beside the sources'.
    """
    return figures_in([evidence for source in _sources.values() for evidence in source.evidence()])


def figures_in(papers: Iterable[Evidence]) -> list[PublishedFigure]:
    """Return the figures of papers by their evidence; a number is hidden only where no paper shows it. One query."""
    hidden: dict[int, frozenset[str]] = {}
    for pk, names in (entry for evidence in papers for entry in _entries(evidence)):
        hidden[pk] = hidden[pk] & names if pk in hidden else names
    found = Observation.objects.filter(pk__in=hidden).order_by("pk") if hidden else ()
    return [PublishedFigure(observation, hidden[observation.pk]) for observation in found]


def _entries(evidence: Evidence) -> Iterable[tuple[int, frozenset[str]]]:
    prefix = "observation-"
    for key, entry in evidence.items():
        if key.startswith(prefix) and entry.get("kind") == "observation":
            yield int(key.removeprefix(prefix)), frozenset(entry.get("hidden_values", ()))
