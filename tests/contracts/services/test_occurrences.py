"""Fulfilled with evidence, waived with a reason, and taken back."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, models

from accounts.models import User
from contracts.enums import OccurrenceState
from contracts.models import ObligationOccurrence
from contracts.services import fulfil_obligation, reopen_occurrence, waive_obligation
from tests.factories import (
    ContractFactory,
    DocumentFactory,
    ExperienceReportFactory,
    ObligationFactory,
    ObligationOccurrenceFactory,
)
from tests.reachable import require_postgres

ON = dt.date(2021, 3, 4)


def test_fulfilled_on_a_day_with_evidence_of_any_room(officer: User) -> None:
    report = ExperienceReportFactory()
    occurrence = fulfil_obligation(ObligationOccurrenceFactory(), evidence=report, note="Afleveret", on=ON, by=officer)
    occurrence.refresh_from_db()
    assert (occurrence.state, occurrence.settled_on, occurrence.evidence, occurrence.note) == (
        OccurrenceState.FULFILLED,
        ON,
        report,
        "Afleveret",
    )
    assert occurrence.history.first().history_user == officer


def test_saying_the_same_again_changes_nothing(officer: User) -> None:
    report = ExperienceReportFactory()
    occurrence = fulfil_obligation(ObligationOccurrenceFactory(), evidence=report, on=ON, by=officer)
    again = fulfil_obligation(occurrence, evidence=report, on=dt.date(2022, 1, 1), by=officer)
    assert (again.settled_on, again.history.count()) == (ON, 2)


def test_settled_is_settled(officer: User) -> None:
    occurrence = fulfil_obligation(ObligationOccurrenceFactory(), on=ON, by=officer)
    for settle in (
        lambda: fulfil_obligation(occurrence, on=ON, by=officer),
        lambda: waive_obligation(occurrence, reason="Ikke relevant", on=ON, by=officer),
    ):
        with pytest.raises(ValidationError, match=r"opfyldt 4\. marts 2021"):
            settle()


def test_document_of_the_contract_or_its_framework_is_evidence(officer: User) -> None:
    contract = ContractFactory()
    obligation = ObligationFactory(contract=contract)
    own = DocumentFactory(contract=contract)
    above = DocumentFactory(contract=None, framework=contract.lot.framework)
    for number, document in enumerate((own, above), start=1):
        occurrence = ObligationOccurrenceFactory(obligation=obligation, due_on=dt.date(2021, number, 1))
        assert fulfil_obligation(occurrence, evidence=document, on=ON, by=officer).evidence == document
    strange = DocumentFactory()
    with pytest.raises(ValidationError, match="hører til en anden aftale"):
        fulfil_obligation(ObligationOccurrenceFactory(obligation=obligation), evidence=strange, on=ON, by=officer)


def test_waived_with_a_reason(officer: User) -> None:
    occurrence = ObligationOccurrenceFactory()
    with pytest.raises(ValidationError, match="hvorfor forpligtelsen fraviges"):
        waive_obligation(occurrence, reason="  ", on=ON, by=officer)
    waived = waive_obligation(occurrence, reason="Kontrakten er ny", on=ON, by=officer)
    assert (waived.state, waived.note, waived.history.first().history_change_reason) == (
        OccurrenceState.WAIVED,
        "Kontrakten er ny",
        "Kontrakten er ny",
    )


def test_reopened(officer: User) -> None:
    document = DocumentFactory()
    occurrence = ObligationOccurrenceFactory(obligation__contract=document.contract)
    fulfil_obligation(occurrence, evidence=document, note="Modtaget", on=ON, by=officer)
    occurrence = reopen_occurrence(occurrence, reason="Forkert måned", by=officer)
    assert (occurrence.state, occurrence.settled_on, occurrence.evidence, occurrence.note) == ("open", None, None, "")
    assert occurrence.history.first().history_change_reason == "Forkert måned"
    with pytest.raises(ValidationError, match="allerede åben"):
        reopen_occurrence(occurrence, by=officer)


@pytest.mark.django_db
def test_sets_of_occurrences() -> None:
    late = ObligationOccurrenceFactory(due_on=dt.date(2021, 3, 1), obligation__kind="meeting")
    today = ObligationOccurrenceFactory(due_on=dt.date(2021, 3, 2))
    settled = ObligationOccurrenceFactory(due_on=dt.date(2021, 3, 1), state="fulfilled", settled_on=ON)

    def rows(found: models.QuerySet) -> list[ObligationOccurrence]:
        return list(found.order_by("pk"))

    assert rows(ObligationOccurrence.objects.overdue(today=dt.date(2021, 3, 2))) == [late]
    assert rows(ObligationOccurrence.objects.open()) == [late, today]
    assert rows(ObligationOccurrence.objects.settled()) == [settled]
    assert rows(ObligationOccurrence.objects.of_kind("meeting")) == [late]
    assert rows(ObligationOccurrence.objects.of_supplier(today.obligation.contract.supplier)) == [today]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_at_once_the_second_is_told(officer: User) -> None:
    require_postgres()
    occurrence, start, told = ObligationOccurrenceFactory(), threading.Barrier(2), []

    def run() -> None:
        try:
            start.wait(timeout=10)
            fulfil_obligation(occurrence, on=ON, by=officer)
            told.append("")
        except ValidationError as error:
            told.append(error.messages[0])
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(map(bool, told)) == [False, True]
    assert occurrence.history.count() == 2
