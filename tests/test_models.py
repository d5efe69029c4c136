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
    "notifications",
    "records",
    "committees",
    "suppliers",
    "contracts",
    "results",
    "learnings",
    "cases",
    "cms",
    "desk",
    "portal",
    "example",
)

# Why a model has no history of its own. Every other model is tracked by simple-history.
EXEMPT = {
    "jobs.Job": "a row of work: its state is its history, and finished rows are kept",
    "documents.Snapshot": "append-only: a correction is a new version",
    "documents.Rendition": "append-only: bytes known by their digest",
    "documents.Asset": "append-only: bytes known by their digest",
    "contracts.CalendarFeed": "a person's own key, which they renew themselves; nobody is held to it",
    "notifications.Notice": "a person's own list: its state, its time and its author are its history",
    "notifications.Preference": "a person's own choice of mail; nobody is held to it",
    "notifications.Mail": "a row of work: its state is its history, and the log says what was sent",
    "notifications.MailLog": "append-only: a line for each attempt",
    "records.SavedView": "a person's own choice of columns and filters; nobody is held to it",
    "desk.Dossier": "a row of work: who asked for what, and what was left out; its file is removed after a week",
    "contracts.ContractImport": "append-only: what one file changed, as the history of each record says",
    "contracts.RegisterExport": "a row of work: a file that one person asked for, removed after a day",
    "contracts.DocumentVersion": "append-only: a file known by its digest",
    "contracts.Spend": "append-only: a figure is superseded by a newer delivery, never changed",
    "results.Observation": "append-only: a figure is superseded by a new delivery, never changed",
    "results.Derivation": "a row of work: who had what counted; with its delivery it is provenance and never changed",
    "records.StagedSheet": "a file between preview and confirmation; removed afterwards",
    "learnings.Attachment": "append-only once submitted, with its version: a file known by its digest",
    "learnings.Rating": "frozen with its version; a history would tell the municipality who rated it how",
    "learnings.EvaluationRelease": "append-only: the newest one of a round is what is shown",
    "learnings.Receipt": "a row of work: its state is its history, and the mail log says what was sent",
    "learnings.ReportVersion": "append-only once submitted: an edit is a new version with its author",
    "learnings.EvidenceReview": "append-only: who looked through what was counted then; the newest one counts",
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
