"""One cause is one notice; it ends with its matter, comes back with it, and what people said of it stands."""

from __future__ import annotations

import datetime as dt
from contextlib import nullcontext

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import User
from notifications.enums import NoticeState
from notifications.models import Notice
from notifications.services import Wanted, mark_done, notify, reopen, resolve, snooze, sync_causes, wake
from tests.factories import MailFactory, NoticeFactory, SupplierFactory, UserFactory

TODAY = dt.date(2024, 3, 1)
OPEN, SNOOZED, RESOLVED = NoticeState.OPEN, NoticeState.SNOOZED, NoticeState.RESOLVED


def tell(user: User, **fields: object) -> Notice:
    given = {"kind": "test", "title": "Husk", "url": "/admin/", "cause": "test:1"}
    return notify(user, **{**given, **fields})  # type: ignore[arg-type]


def wanted(user: User, cause: str, **fields: object) -> Wanted:
    return Wanted(user.pk, "test", f"Husk {cause}", "/admin/", cause, **fields)  # type: ignore[arg-type]


def states() -> dict[str, str]:
    return dict(Notice.objects.values_list("cause", "state"))


@pytest.mark.django_db
def test_notify_writes_what_it_is_told(officer: User) -> None:
    supplier = SupplierFactory()
    notice = tell(officer, subject=supplier, due_on=TODAY)
    assert (notice.recipient, notice.subject, notice.due_on, notice.state) == (officer, supplier, TODAY, OPEN)


@pytest.mark.django_db
def test_the_same_cause_told_again_is_the_same_notice(officer: User, reader: User) -> None:
    first = tell(officer)
    assert tell(officer, title="Andet").pk == first.pk
    assert tell(reader).pk != first.pk
    assert Notice.objects.count() == 2


@pytest.mark.django_db
def test_what_a_person_marked_as_done_stays_done_and_what_ended_by_itself_comes_back(officer: User) -> None:
    notice = mark_done(tell(officer), by=officer)
    assert tell(officer).state == RESOLVED
    reopen(notice, by=officer)
    resolve(cause="test:1")
    again = tell(officer)
    assert (again.pk, again.state, again.resolved_at) == (notice.pk, OPEN, None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "error"),
    [({"kind": "ukendt"}, LookupError), ({"url": "//x.example/"}, ValidationError), ({"title": ""}, ValidationError)],
)
def test_notify_refuses_what_makes_no_sense(officer: User, fields: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        tell(officer, **fields)
    assert not Notice.objects.exists()


@pytest.mark.django_db
def test_sync_writes_the_missing_ends_the_rest_and_touches_nothing_else(officer: User, reader: User) -> None:
    sync_causes("frist:", [wanted(officer, "frist:a"), wanted(officer, "frist:b"), wanted(reader, "frist:a")])
    tell(officer, cause="andet:1")
    sync_causes("frist:", [wanted(officer, "frist:a"), wanted(officer, "frist:c")])
    found = set(Notice.objects.values_list("recipient_id", "cause", "state"))
    assert found == {
        (officer.pk, "frist:a", OPEN),
        (officer.pk, "frist:b", RESOLVED),
        (officer.pk, "frist:c", OPEN),
        (reader.pk, "frist:a", RESOLVED),
        (officer.pk, "andet:1", OPEN),
    }


@pytest.mark.django_db
def test_sync_leaves_what_people_said_alone(officer: User) -> None:
    rows = [wanted(officer, "frist:a"), wanted(officer, "frist:b")]
    sync_causes("frist:", rows)
    put_off, done = Notice.objects.order_by("cause")
    snooze(put_off, until=TODAY + dt.timedelta(days=7), today=TODAY, by=officer)
    mark_done(done, by=officer)
    sync_causes("frist:", rows)
    assert states() == {"frist:a": SNOOZED, "frist:b": RESOLVED}
    sync_causes("frist:", [])
    assert states() == {"frist:a": RESOLVED, "frist:b": RESOLVED}


@pytest.mark.django_db
def test_sync_refuses_a_cause_of_somebody_else(officer: User) -> None:
    with pytest.raises(ValueError, match="'andet:1'"):
        sync_causes("frist:", [wanted(officer, "andet:1")])


@pytest.mark.django_db
def test_sync_costs_few_queries_for_many(officer: User, django_assert_max_num_queries: object) -> None:
    sync_causes("frist:", [wanted(officer, f"frist:{number}") for number in range(500)])
    many = [wanted(officer, f"frist:{number}") for number in range(200, 700)]
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        sync_causes("frist:", many)
    assert Notice.objects.unresolved().count() == 500


class TestSync(TestCase):
    """However often and with whatever is wanted: one notice a cause, and the open ones are the wanted ones."""

    @given(st.lists(st.sets(st.sampled_from("abcdef")), max_size=6))
    def test_open_is_what_was_wanted_last(self, passes: list[set[str]]) -> None:
        user = UserFactory()
        seen: dict[str, int] = {}
        for causes in passes:
            rows = [wanted(user, f"frist:{cause}") for cause in sorted(causes)]
            for _twice in range(2):
                sync_causes("frist:", rows)
            now = dict(Notice.objects.values_list("cause", "pk"))
            assert {cause: now[cause] for cause in seen} == seen
            seen = now
            assert set(Notice.objects.unresolved().values_list("cause", flat=True)) == {row.cause for row in rows}


@pytest.mark.django_db
def test_put_off_wakes_on_its_day_or_when_somebody_is_back(officer: User) -> None:
    mail = MailFactory(recipient=officer, state="needless")
    notice = NoticeFactory(recipient=officer, mail=mail)
    until = TODAY + dt.timedelta(days=7)
    snooze(notice, until=until, today=TODAY, by=officer)
    assert wake(today=until - dt.timedelta(days=1)) == 0
    assert wake(today=until + dt.timedelta(days=3)) == 1
    notice.refresh_from_db()
    assert (notice.state, notice.snoozed_until, notice.mail) == (OPEN, None, None)
    assert wake(today=until) == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("due_in", "days", "is_refused"),
    [
        (None, 0, True),
        (None, -1, True),
        (None, 1, False),
        (None, 366, False),
        (None, 367, True),
        (5, 5, False),
        (5, 6, True),
        (-2, 7, False),
    ],
)
def test_how_far_one_may_put_off(officer: User, due_in: int | None, days: int, is_refused: bool) -> None:
    notice = NoticeFactory(recipient=officer, due_on=None if due_in is None else TODAY + dt.timedelta(days=due_in))
    refusal = pytest.raises(ValidationError, match="until") if is_refused else nullcontext()
    with refusal:
        snooze(notice, until=TODAY + dt.timedelta(days=days), today=TODAY, by=officer)


@pytest.mark.django_db
def test_moves_that_make_no_sense_are_refused_in_words(officer: User) -> None:
    notice = NoticeFactory(recipient=officer)
    with pytest.raises(ValidationError):
        reopen(notice, by=officer)
    mark_done(notice, by=officer)
    with pytest.raises(ValidationError, match="Udført"):
        mark_done(notice, by=officer)
    with pytest.raises(ValidationError):
        snooze(notice, until=TODAY + dt.timedelta(days=1), today=TODAY, by=officer)


@pytest.mark.django_db
def test_nobody_handles_anothers_notice(officer: User, reader: User) -> None:
    notice = NoticeFactory(recipient=officer)
    for handle in (mark_done, reopen):
        with pytest.raises(PermissionDenied):
            handle(notice, by=reader)
