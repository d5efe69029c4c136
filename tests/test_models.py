"""Every model of ours has a factory, and a decision on history."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models
from factory.django import DjangoModelFactory
from simple_history.models import HistoricalChanges
from wagtail.models import Page

import tests.factories
from records.versions import has_history

OUR_APPS = (
    "accounts",
    "jobs",
    "documents",
    "records",
    "committees",
    "suppliers",
    "contracts",
    "results",
    "learnings",
    "cases",
    "cms",
    "desk",
    "example",
)

# Why a model has no history of its own. Every other model is tracked by simple-history.
EXEMPT = {
    "jobs.Job": "a row of work: its state is its history, and finished rows are kept",
    "documents.Snapshot": "append-only: a correction is a new version",
    "documents.Rendition": "append-only: bytes known by their digest",
    "documents.Asset": "append-only: bytes known by their digest",
    "records.SavedView": "a person's own choice of columns and filters; nobody is held to it",
    "results.Observation": "append-only: a figure is superseded by a new delivery, never changed",
    "results.StagedUpload": "a file between preview and confirmation; removed afterwards",
    "learnings.ReportVersion": "append-only once submitted: an edit is a new version with its author",
    "learnings.Answer": "append-only once submitted, with its version",
    "cms.PublishedSnapshot": "append-only: withdrawal is added to it, with who, when and why",
    "cms.SiteSettings": "Wagtail's own log says who changed it",
}


def is_page(model: type[models.Model]) -> bool:
    """Wagtail keeps every version of a page itself."""
    return issubclass(model, Page)


def our_models() -> list[type[models.Model]]:
    found = [model for label in OUR_APPS for model in apps.get_app_config(label).get_models()]
    return [model for model in found if not issubclass(model, HistoricalChanges) and "Historical" not in model.__name__]


def factories() -> set[type[models.Model]]:
    made = [thing for thing in vars(tests.factories).values() if isinstance(thing, type)]
    return {thing._meta.model for thing in made if issubclass(thing, DjangoModelFactory) and thing._meta.model}


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_model_has_a_factory(model: type[models.Model]) -> None:
    assert model in factories()


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_model_is_tracked_or_exempt_by_a_reason(model: type[models.Model]) -> None:
    assert has_history(model) != (is_page(model) or model._meta.label in EXEMPT)


def test_exemptions_name_models_that_exist() -> None:
    assert set(EXEMPT) <= {model._meta.label for model in our_models()}
