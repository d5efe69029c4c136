from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases.models import CommitteeCase
from cases.queries import latest_snapshot, publish_obstacles
from cases.services import approve, delete_case, make_documents
from documents.enums import Audience, Format
from results.models import Delivery
from tests.cases.papers import JOB, case_with, fact_sheet, measure_with, results_block, text_block
from tests.factories import DeliveryFactory, FrameworkAgreementFactory, RenditionFactory, SnapshotFactory

pytestmark = pytest.mark.django_db


def finish(case: CommitteeCase) -> None:
    """Put finished files under the newest snapshot, as the worker does."""
    for audience in Audience:
        for file_format in Format:
            RenditionFactory(snapshot=latest_snapshot(case), audience=audience, format=file_format)


def test_documents_made_before_approval_may_be_published_after_it(director: User) -> None:
    case = case_with(text_block("<p>Godt.</p>"))
    make_documents(case, by=None)
    finish(case)
    assert len(publish_obstacles(case)) == 1
    assert publish_obstacles(approve(case, by=director)) == []


def test_approval_covers_the_figures(director: User) -> None:
    framework = FrameworkAgreementFactory()
    delivery = DeliveryFactory(extracted_on=dt.date(2023, 8, 7))
    measure = measure_with("job_2m", JOB, (6090, 300), framework=framework, delivery=delivery)
    case = approve(case_with(results_block([measure], framework), answers=()), by=director)
    make_documents(case, by=None)
    finish(case)
    assert publish_obstacles(case) == []
    Delivery.objects.update(is_validated=False)
    make_documents(case, by=None)
    finish(case)
    assert publish_obstacles(case)


def test_a_change_of_the_text_asks_for_a_new_approval(director: User) -> None:
    case = approve(case_with(text_block("<p>Godt.</p>")), by=director)
    make_documents(case, by=None)
    finish(case)
    case.lead = "Nyt"
    case.save_revision()
    case.refresh_from_db()
    assert len(publish_obstacles(case)) == 1


def test_approval_is_remembered_with_who_and_why(director: User) -> None:
    case = approve(case_with(text_block("<p>Godt.</p>")), by=director)
    assert case.approved_digest == latest_snapshot(case).digest  # type: ignore[union-attr]
    assert case.history.latest().history_user == director


def test_a_text_that_cannot_be_numbered_can_be_approved_but_not_published(director: User) -> None:
    mark = {"type": "reference", "value": {"name": "se", "target": "findes-ikke"}}
    case = approve(case_with(text_block("<p>Se {se}.</p>", mark)), by=director)
    assert case.approved_digest == ""
    assert publish_obstacles(case)


def test_approve_needs_a_saved_text(director: User) -> None:
    case = case_with(text_block("<p>Godt.</p>"))
    case.latest_revision = None
    with pytest.raises(ValidationError):
        approve(case, by=director)


def test_findings_of_an_unchanged_snapshot_follow_the_calendar() -> None:
    case, _framework = fact_sheet()
    first, _job = make_documents(case, today=dt.date(2023, 8, 1), by=None)
    second, _job = make_documents(case, today=dt.date(2023, 9, 1), by=None)
    assert first.pk == second.pk


def test_a_case_with_documents_cannot_be_deleted(officer: User) -> None:
    case = case_with(text_block("<p>Godt.</p>"))
    SnapshotFactory(subject=case)
    with pytest.raises(ValidationError):
        delete_case(case, by=officer)
    assert CommitteeCase.objects.filter(pk=case.pk).exists()


def test_a_case_without_documents_can_be_deleted_and_is_remembered(officer: User) -> None:
    case = case_with(text_block("<p>Godt.</p>"))
    delete_case(case, by=officer)
    gone = CommitteeCase.history.latest()
    assert (gone.history_type, gone.history_user) == ("-", officer)


def test_the_page_to_delete_says_why_not(officer_client: Client) -> None:
    case = case_with(text_block("<p>Godt.</p>"))
    SnapshotFactory(subject=case)
    address = reverse("wagtailsnippets_cases_committeecase:delete", args=[case.pk])
    response = officer_client.post(address, follow=True)
    assert response.redirect_chain[-1][0] == case.get_absolute_url()
    assert CommitteeCase.objects.filter(pk=case.pk).exists()


def test_the_address_stays_once_documents_are_made_under_it() -> None:
    case = case_with(text_block("<p>Godt.</p>"))
    SnapshotFactory(subject=case)
    case.slug = "en-anden"
    with pytest.raises(ValidationError) as error:
        case.full_clean()
    assert "slug" in error.value.message_dict
