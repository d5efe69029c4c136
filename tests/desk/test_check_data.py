"""`manage.py check_data`: what it says, and how it ends."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.core.management import CommandError, call_command

from tests.factories import ContractFactory

pytestmark = pytest.mark.django_db


def test_all_is_well(capsys) -> None:
    ContractFactory()
    call_command("check_data")
    assert capsys.readouterr().out == "Alle data hænger sammen.\n"


def test_each_problem_is_a_line_and_the_command_fails(capsys) -> None:
    ContractFactory(number="K-7", supplier__name="Vejen Frem", ends_on=dt.date(2026, 6, 30), effective_ends_on=None)
    with pytest.raises(CommandError, match="1 problem"):
        call_command("check_data")
    assert capsys.readouterr().out == (
        "Kontrakt K-7 Vejen Frem: Slut er gemt som –, men vilkårene giver 30. juni 2026. Gem aftalen igen.\n"
    )


def test_as_json(capsys) -> None:
    contract = ContractFactory(ends_on=dt.date(2026, 6, 30), effective_ends_on=None)
    with pytest.raises(CommandError):
        call_command("check_data", "--json")
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["model"], found["id"], found["record"]) == ("contracts.contract", contract.pk, str(contract))


def test_nothing_wrong_as_json(capsys) -> None:
    call_command("check_data", "--json")
    assert json.loads(capsys.readouterr().out) == []
