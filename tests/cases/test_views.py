from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases.models import CommitteeCase
from cases.services import create_case, make_documents
from documents.models import Snapshot
from jobs.models import Job
from tests.cases.papers import case_with, fact_sheet, template_with, text_block
from tests.factories import CommitteeFactory, RenditionFactory, SnapshotFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(officer: User) -> CommitteeCase:
    return case_with(text_block("<p>Godt.</p>"), by=officer)


def new_case_data(**fields: object) -> dict[str, object]:
    template, committee = template_with("resultater", "økonomi"), CommitteeFactory()
    data = {
        "template": template.pk,
        "committee": committee.pk,
        "title": "Ny sag",
        "short_title": "Ny",
        "slug": "ny-sag",
    }
    return {**data, "dated_on": "01.09.2023", "meeting": "", "requested_by": "", **fields}


# --- a new case


def test_new_case_makes_an_empty_section_for_each_of_the_templates(officer_client: Client, officer: User) -> None:
    response = officer_client.post(reverse("cases:new"), new_case_data())
    made = CommitteeCase.objects.get()
    assert response.status_code == 302
    assert response["Location"] == reverse("wagtailsnippets_cases_committeecase:edit", args=[made.pk])
    assert [child.value["section"].key for child in made.newest_text().body] == ["resultater", "økonomi"]
    assert (made.live, made.case_officer, made.history.earliest().history_user) == (False, officer, officer)


def test_new_case_shows_an_empty_form(officer_client: Client) -> None:
    assert officer_client.get(reverse("cases:new")).status_code == 200


def test_new_case_says_what_is_wrong(officer_client: Client) -> None:
    response = officer_client.post(reverse("cases:new"), new_case_data(title="", slug="æ ø"))
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"title", "slug"}
    assert not CommitteeCase.objects.exists()


def test_new_case_is_refused_a_reader(reader_client: Client) -> None:
    assert reader_client.get(reverse("cases:new")).status_code in {302, 403}
    reader_client.post(reverse("cases:new"), new_case_data())
    assert not CommitteeCase.objects.exists()


# --- the page of a case


def test_case_shows_where_it_stands(officer_client: Client, case: CommitteeCase) -> None:
    response = officer_client.get(case.get_absolute_url())
    assert response.status_code == 200
    assert [step.is_done for step in response.context["steps"][:4]] == [True, True, False, False]


def test_case_is_open_to_a_reader_without_buttons(reader_client: Client, case: CommitteeCase) -> None:
    response = reader_client.get(case.get_absolute_url())
    assert response.status_code == 200
    assert reverse("cases:make", args=[case.pk]) not in response.content.decode()


def test_case_that_does_not_exist_is_404(officer_client: Client) -> None:
    assert officer_client.get(reverse("cases:case", args=[999])).status_code == 404


@pytest.mark.parametrize("name", ["case", "make", "progress"])
def test_a_suppliers_user_is_refused(supplier_client: Client, case: CommitteeCase, name: str) -> None:
    response = supplier_client.post(reverse(f"cases:{name}", args=[case.pk]))
    assert response.status_code in {302, 403, 404}
    assert not Snapshot.objects.exists()


@pytest.mark.parametrize("name", ["case", "progress"])
def test_pages_to_read_take_no_post(officer_client: Client, case: CommitteeCase, name: str) -> None:
    assert officer_client.post(reverse(f"cases:{name}", args=[case.pk])).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_case_costs_the_same_queries_with_more_versions(
    officer_client: Client, case: CommitteeCase, count: int, django_assert_num_queries: object
) -> None:
    for number in range(count):
        snapshot = SnapshotFactory(subject=case, number=number + 1)
        RenditionFactory(snapshot=snapshot)
    officer_client.get(case.get_absolute_url())
    with django_assert_num_queries(32):  # type: ignore[operator]
        officer_client.get(case.get_absolute_url())


# --- documents


def test_make_freezes_the_text_and_asks_for_documents(officer_client: Client, case: CommitteeCase) -> None:
    response = officer_client.post(reverse("cases:make", args=[case.pk]))
    assert response["Location"] == case.get_absolute_url()
    assert Job.objects.get().subject_id == str(Snapshot.objects.get().pk)


def test_make_is_refused_a_reader(reader_client: Client, case: CommitteeCase) -> None:
    reader_client.post(reverse("cases:make", args=[case.pk]))
    assert not Snapshot.objects.exists()


def test_make_takes_no_get(officer_client: Client, case: CommitteeCase) -> None:
    assert officer_client.get(reverse("cases:make", args=[case.pk])).status_code == 405


def test_make_says_when_the_text_cannot_be_numbered(officer_client: Client, officer: User) -> None:
    mark = {"type": "reference", "value": {"name": "se", "target": "findes-ikke"}}
    broken = case_with(text_block("<p>Se {se}.</p>", mark), by=officer)
    response = officer_client.post(reverse("cases:make", args=[broken.pk]), follow=True)
    assert "findes-ikke" in response.content.decode()
    assert not Snapshot.objects.exists()


def test_progress_tells_how_far_the_newest_job_has_come(officer_client: Client, case: CommitteeCase) -> None:
    make_documents(case, by=None)
    Job.objects.update(progress=50, message="Halvvejs")
    answer = json.loads(officer_client.get(reverse("cases:progress", args=[case.pk])).content)
    assert answer == {"is_open": True, "percent": 50, "text": "Halvvejs"}


def test_progress_of_a_case_without_documents_is_over(officer_client: Client, case: CommitteeCase) -> None:
    answer = json.loads(officer_client.get(reverse("cases:progress", args=[case.pk])).content)
    assert answer["is_open"] is False


# --- files and evidence


def test_file_is_handed_out_as_an_attachment(officer_client: Client, case: CommitteeCase) -> None:
    rendition = RenditionFactory(snapshot=SnapshotFactory(subject=case), audience="internal")
    response = officer_client.get(reverse("cases:file", args=[rendition.pk]))
    assert response["Content-Disposition"] == f'attachment; filename="{case.slug}-case-intern.html"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content) == b"<html></html>"  # type: ignore[arg-type]


def test_file_of_something_else_than_a_case_is_404(officer_client: Client) -> None:
    rendition = RenditionFactory()
    assert officer_client.get(reverse("cases:file", args=[rendition.pk])).status_code == 404


def test_file_is_refused_a_suppliers_user(supplier_client: Client, case: CommitteeCase) -> None:
    rendition = RenditionFactory(snapshot=SnapshotFactory(subject=case))
    assert supplier_client.get(reverse("cases:file", args=[rendition.pk])).status_code in {302, 403, 404}


def test_evidence_traces_every_figure(officer_client: Client, officer: User) -> None:
    sheet, _framework = fact_sheet(by=officer)
    snapshot, _job = make_documents(sheet, by=officer)
    page = officer_client.get(reverse("cases:evidence", args=[sheet.pk, snapshot.number]))
    traced = page.context["traces"]
    assert len(traced) == 16
    assert [trace.text.replace("\u00a0", " ") for trace in traced if trace.is_hidden] == ["5 (0,4 %)", "1 (0,1 %)"]
    assert all(entry["delivery"]["sha256"] for trace in traced for entry in trace.entries)


def test_evidence_of_a_version_that_does_not_exist_is_404(officer_client: Client, case: CommitteeCase) -> None:
    assert officer_client.get(reverse("cases:evidence", args=[case.pk, 7])).status_code == 404


# --- writing


def test_the_editor_shows_checks_with_a_link_to_the_place(officer_client: Client, officer: User) -> None:
    case = case_with(text_block("<p>I alt {borgere}.</p>"), by=officer)
    block = case.newest_text().body[0].value["content"][0]
    page = officer_client.get(reverse("wagtailsnippets_cases_committeecase:edit", args=[case.pk])).content.decode()
    assert f'href="#block-{block.id}-section"' in page


def test_the_editor_of_a_case_that_does_not_exist_is_404(officer_client: Client) -> None:
    assert officer_client.get(reverse("wagtailsnippets_cases_committeecase:edit", args=[999])).status_code == 404


def test_the_list_shows_cases(officer_client: Client, case: CommitteeCase) -> None:
    page = officer_client.get(reverse("wagtailsnippets_cases_committeecase:list"))
    assert case.title in page.content.decode()


def test_create_case_refuses_a_taken_address(officer: User, case: CommitteeCase) -> None:
    from django.core.exceptions import ValidationError

    twin = CommitteeCase(
        slug=case.slug,
        title="T",
        short_title="T",
        template=case.template,
        committee=case.committee,
        dated_on=case.dated_on,
    )
    with pytest.raises(ValidationError):
        create_case(twin, by=officer)
