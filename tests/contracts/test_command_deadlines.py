from __future__ import annotations

import datetime as dt
import io
import json

import pytest
from django.core.management import CommandError, call_command

from tests.factories import (
    CommitteeMeetingFactory,
    ContractFactory,
    ContractOptionFactory,
    FrameworkAgreementFactory,
    LotFactory,
)

pytestmark = pytest.mark.django_db


def printed(*arguments: str) -> str:
    out = io.StringIO()
    call_command("deadlines", *arguments, stdout=out)
    return out.getvalue()


def test_every_deadline_is_printed_with_its_rule() -> None:
    framework = FrameworkAgreementFactory(code="ramme", ends_on=dt.date(2028, 6, 30), retender_strategy="end")
    contract = ContractFactory(
        number="K-1", lot=LotFactory(framework=framework), ends_on=dt.date(2026, 9, 30), supplier__name="Fjordfirma"
    )
    ContractOptionFactory(contract=contract, number=1, decide_months_before=6)
    CommitteeMeetingFactory(held_on=dt.date(2026, 3, 14), agenda_deadline_on=dt.date(2026, 2, 28))
    found = json.loads(printed("--as-of", "2026-01-15", "--json"))
    assert found[0] == {
        "contract": "K-1",
        "framework": "ramme",
        "tender": None,
        "kind": "option",
        "what": "Option 1",
        "date": "2026-03-31",
        "begin_by": "2025-12-30",
        "last_meeting": "2026-03-14",
        "agenda_deadline": "2026-02-28",
        "is_forecast": False,
        "stage": "begin",
        "rule": "Option 1 (12 md.) besluttes 6 måneder før udløbet 30. september 2026",
    }
    assert [(row["contract"], row["framework"], row["kind"], row["date"]) for row in found[1:]] == [
        ("K-1", "ramme", "expiry", "2026-09-30"),
        (None, "ramme", "expiry", "2028-06-30"),
    ]
    assert printed("--as-of", "2026-01-15").splitlines()[0] == (
        "31. marts 2026  Option 1: K-1 Fjordfirma  (Option 1 (12 md.) besluttes 6 måneder før udløbet 30. september 2026)"
    )


def test_nothing_is_an_empty_list() -> None:
    assert json.loads(printed("--json")) == []
    assert printed() == "Ingen frister.\n"


@pytest.mark.parametrize("day", ["i morgen", "2026-02-30", "31.12.2026"])
def test_a_day_that_is_none_is_refused_in_words(day: str) -> None:
    with pytest.raises(CommandError, match="er ikke en dag"):
        printed("--as-of", day)
