"""Nobody reads what a single supplier says of the municipality past `learnings.queries.evaluation`."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from wagtail.models.reference_index import ReferenceIndex

from learnings.models import EvaluationRelease, EvaluationStatement, Rating
from learnings.viewsets import LearningsGroup
from records.versions import has_history

ROOT = Path(__file__).resolve().parents[2]
# Who may name the model: what stores and freezes it, the door, and the supplier's own pages.
MAY_NAME = {
    "learnings/models/__init__.py",
    "learnings/models/evaluation.py",
    "learnings/queries/evaluation.py",
    "learnings/services/evaluation.py",
    "learnings/services/ratings.py",
    "portal/views/evaluation.py",
}
# The relations by which one would come to ratings without naming the model.
MAY_FOLLOW = MAY_NAME - {"learnings/models/__init__.py"}


def programs() -> dict[str, ast.Module]:
    apps = [folder for folder in ROOT.iterdir() if (folder / "__init__.py").exists() and folder.name != "tests"]
    files = [path for folder in apps for path in folder.rglob("*.py") if "migrations" not in path.parts]
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8")) for path in files}


def names_in(tree: ast.Module) -> set[str]:
    found = {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
    return found | {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def test_only_the_door_and_the_suppliers_own_pages_name_ratings() -> None:
    found = {path: names_in(tree) for path, tree in programs().items()}
    assert len(found) > 300
    assert {path for path, names in found.items() if "Rating" in names} <= MAY_NAME
    readers = {"rating_section": {"portal/views/handing_in.py", "learnings/queries/writing.py"}}
    for name, allowed in readers.items():
        users = {path for path, names in found.items() if name in names}
        assert users <= allowed | MAY_FOLLOW | {"learnings/queries/__init__.py"}


def test_the_back_office_has_no_register_of_ratings() -> None:
    models = {viewset.model for viewset in LearningsGroup.items}
    assert EvaluationStatement in models
    assert not models & {Rating, EvaluationRelease}
    assert not has_history(Rating)


@pytest.mark.parametrize("model", [Rating, EvaluationRelease])
def test_wagtail_does_not_tell_where_they_are_used(model: type) -> None:
    assert not ReferenceIndex.model_is_indexable(model)


def test_a_rating_in_words_tells_nothing() -> None:
    assert str(Rating(pk=7, score=1, comment="Dårligt.")) == "vurdering af kommunen 7"
