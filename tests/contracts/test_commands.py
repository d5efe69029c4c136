import datetime as dt
import io
import json

import pytest
from django.core.management import CommandError, call_command

from contracts.models import Spend
from tests.contracts.spend_files import spend_file
from tests.factories import ContractFactory, FrameworkAgreementFactory, LotFactory, SpendFactory


@pytest.fixture
def contract(db):
    framework = FrameworkAgreementFactory(code="ramme", name="Rammen", ceiling_dkk=1000)
    contract = ContractFactory(number="K-1", lot=LotFactory(framework=framework, code="1", name="Unge"))
    for number in (1, 2, 3, 4):
        SpendFactory(contract=contract, month=dt.date(2026, number, 1), amount_dkk=100, referrals=1)
    return contract


def run(*args):
    out = io.StringIO()
    call_command(*args, stdout=out)
    return out.getvalue()


def test_burn_down_as_json(contract):
    found = json.loads(run("burn_down", "ramme", "--as-of", "2026-04-15", "--json"))
    lots = found.pop("lots")
    months = found.pop("months")
    thresholds = found.pop("thresholds")
    assert found == {
        "framework": "ramme",
        "as_of": "2026-04-15",
        "missing_months": [],
        "name": "Rammen",
        "ceiling_dkk": "1000.00",
        "spent_dkk": "400.00",
        "share": 0.4,
        "referrals": 4,
    }
    assert [(lot["lot"], lot["spent_dkk"], lot["ceiling_dkk"], lot["thresholds"]) for lot in lots] == [
        ("1", "400.00", None, [])
    ]
    assert months[-1] == {
        "month": "2026-04",
        "amount_dkk": "100.00",
        "referrals": 1,
        "spent_dkk": "400.00",
        "is_complete": False,
    }
    assert thresholds[-1] == {
        "kind": "ceiling",
        "percent": 100,
        "limit_dkk": "1000.00",
        "outcome": "expected",
        "reached_in": None,
        "expected_in": "2026-10",
        "earliest_in": "2026-10",
        "latest_in": "2026-10",
        "is_after_the_end": False,
    }


def test_burn_down_in_words(contract):
    text = run("burn_down", "ramme", "--as-of", "2026-04-30").replace("\N{NO-BREAK SPACE}", " ")
    assert "40,0 % af loftet på 1.000 kr." in text
    assert "95 %, Stop for visitationer: forventet i oktober 2026" in text
    assert "1 Unge" in text


def test_burn_down_of_an_unknown_framework_names_the_near_ones(contract):
    with pytest.raises(CommandError, match="ramme"):
        run("burn_down", "rammen")


def test_import_spend(contract, tmp_path):
    path = tmp_path / "forbrug.csv"
    path.write_bytes(spend_file("K-1;2026-05;700;1").read())
    given = [str(path), "--source", "Økonomisystemet", "--extracted-on", "2026-06-30"]
    assert "er overskredet" in run("import_spend", *given, "--dry-run")
    assert Spend.objects.count() == 4
    assert "er overskredet" in run("import_spend", *given)
    assert Spend.objects.count() == 5
    with pytest.raises(CommandError, match="samme fil"):
        run("import_spend", *given)
