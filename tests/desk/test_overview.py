from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from accounts.models import User
from cases.services import approve, ensure_workflow
from desk.queries import overview
from jobs.enums import JobState
from tests.cases.papers import case_with, text_block
from tests.factories import (
    CommitteeMeetingFactory,
    ContractFactory,
    DeliveryFactory,
    JobFactory,
    NoticeFactory,
    ObligationFactory,
    ObligationOccurrenceFactory,
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2024, 1, 15)


def meeting(deadline: dt.date) -> object:
    return CommitteeMeetingFactory(held_on=deadline + dt.timedelta(days=14), agenda_deadline_on=deadline)


def test_an_unfinished_case_waits_for_its_officer_and_nobody_else(officer: User, director: User) -> None:
    case = case_with(text_block("<p>Godt.</p>"), case_officer=officer, meeting=meeting(dt.date(2024, 1, 10)))
    (task,) = overview(officer, today=TODAY).tasks
    assert (task.label, task.kind, task.due_on, task.is_overdue) == (case.title, "write", dt.date(2024, 1, 10), True)
    assert overview(director, today=TODAY).tasks == ()


def test_an_approved_case_waits_for_nobody(officer: User, director: User) -> None:
    approve(case_with(text_block("<p>Godt.</p>"), case_officer=officer), by=director)
    assert overview(officer, today=TODAY).tasks == ()


def test_a_case_sent_to_approval_waits_for_the_director(officer: User, director: User) -> None:
    workflow = ensure_workflow()
    case = case_with(text_block("<p>Godt.</p>"), by=officer)
    workflow.start(case, officer)
    (task,) = overview(director, today=TODAY).tasks
    assert (task.kind, task.url) == ("approve", case.get_absolute_url())
    assert overview(officer, today=TODAY).tasks == ()


def test_overdue_tasks_come_first_and_undated_last(officer: User) -> None:
    for title, deadline in (("Senere", dt.date(2024, 2, 1)), ("For sent", dt.date(2024, 1, 2)), ("Uden", None)):
        given = {"meeting": meeting(deadline)} if deadline else {}
        case_with(text_block("<p>Godt.</p>"), case_officer=officer, title=title, **given)
    assert [task.label for task in overview(officer, today=TODAY).tasks] == ["For sent", "Senere", "Uden"]


@pytest.mark.parametrize(("days", "is_shown"), [(0, True), (90, True), (91, False), (-1, False)])
def test_deadlines_of_the_next_ninety_days_are_shown(officer: User, days: int, is_shown: bool) -> None:
    meeting(TODAY + dt.timedelta(days=days))
    assert bool(overview(officer, today=TODAY).deadlines) is is_shown


def test_failed_work_is_told_to_the_one_who_asked_for_it(officer: User, director: User) -> None:
    JobFactory(state=JobState.FAILED, created_by=officer)
    assert [overview(person, today=TODAY).failed_jobs for person in (officer, director)] == [1, 0]


@pytest.mark.parametrize("count", [1, 3])
def test_the_front_page_costs_the_same_queries_with_more_rows(
    officer: User, count: int, django_assert_num_queries: object
) -> None:
    for number in range(count):
        deadline = meeting(TODAY + dt.timedelta(days=number))
        case_with(text_block("<p>Godt.</p>"), case_officer=officer, meeting=deadline)
        DeliveryFactory()
    overview(officer, today=TODAY)  # fills what is kept between pages
    with django_assert_num_queries(23):  # type: ignore[operator]
        overview(officer, today=TODAY)


def test_the_front_page_is_shown_to_everybody_in_the_municipality(reader_client: Client) -> None:
    assert reader_client.get("/admin/").status_code == 200


def test_the_front_page_is_refused_a_suppliers_user(supplier_client: Client) -> None:
    assert supplier_client.get("/admin/").status_code == 403


def test_what_is_due_by_agreements_stands_on_the_front_page(officer_client: Client, officer: User) -> None:
    for number, day in ((1, TODAY + dt.timedelta(days=90)), (2, TODAY + dt.timedelta(days=91))):
        ContractFactory(number=f"K-{number}", ends_on=day)
    late = ObligationFactory(contract=ContractFactory(number="K-3"), title="Årsrapport")
    ObligationOccurrenceFactory(obligation=late, due_on=TODAY - dt.timedelta(days=1))
    shown = overview(officer, today=TODAY).agreements
    assert [(row.deadline.agreement.code, row.deadline.what) for row, _address in shown.first] == [
        ("K-3", "Årsrapport"),
        ("K-1", "Udløb"),
    ]
    assert (shown.count, shown.overdue) == (2, 1)
    assert [officer_client.get(address).status_code for _row, address in shown.first] == [200, 200]


def test_only_the_first_are_shown_and_the_rest_is_a_number(officer: User) -> None:
    for number in range(12):
        ContractFactory(number=f"K-{number:02}", ends_on=TODAY + dt.timedelta(days=number))
    shown = overview(officer, today=TODAY).agreements
    assert (len(shown.first), shown.count) == (8, 12)


def test_reminders_that_wait_are_told_of_on_the_front_page(officer_client: Client, officer: User) -> None:
    NoticeFactory(recipient=officer)
    NoticeFactory()
    assert overview(officer, today=TODAY).reminders == 1
    page = officer_client.get("/admin/").content.decode()
    assert "Én påmindelse venter på dig" in page
    assert "Intet venter på dig" not in page
