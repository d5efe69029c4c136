"""The registers of results, and their menu."""

from results.viewsets.group import ResultsGroup

__all__ = ["ResultsGroup"]
