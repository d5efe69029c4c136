"""Open data: valid against the standard's own schema, and with nothing that is not public."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, FormatChecker

from contracts.enums import AmendmentState, OptionState
from contracts.models import Contract
from contracts.open_data.releases import Publisher, release_of
from contracts.queries.open_data import last_change, published
from records.services import save_record
from tests.factories import (
    AmendmentFactory,
    ContractFactory,
    ContractOptionFactory,
    FrameworkAgreementFactory,
    FrameworkOptionFactory,
    LotFactory,
    SpendFactory,
    TargetGroupFactory,
    UserFactory,
)

VENDOR = Path(__file__).parent / "vendor" / "ocds"
TODAY, START, END = dt.date(2026, 1, 15), dt.date(2024, 7, 1), dt.date(2026, 6, 30)
PUBLISHER = Publisher("ocds-000000", "Fjordby Kommune", "https://fjordby.example/")
pytestmark = pytest.mark.django_db


def merged(target: Any, patch: Any) -> Any:
    """Apply a JSON merge patch (RFC 7396), as the standard's extensions are to be."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = merged(result.get(key), value)
    return result


def schema() -> dict[str, Any]:
    read = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in VENDOR.glob("*.json")}
    release = read["release-schema"]
    for extension in ("lots-release-schema", "techniques-release-schema"):
        release = merged(release, read[extension])
    # The lots extension names a definition of another extension, which is not used here.
    release["definitions"].setdefault("SimpleIdentifier", {"type": "object"})
    release.pop("id", None)
    return release


def problems_of(release: dict[str, Any]) -> list[str]:
    validator = Draft4Validator(schema(), format_checker=FormatChecker())
    return [f"{'/'.join(map(str, error.path))}: {error.message}" for error in validator.iter_errors(release)]


@pytest.fixture
def register() -> None:
    framework = FrameworkAgreementFactory(
        code="ramme", starts_on=START, ends_on=END, ceiling_dkk=10_000_000, estimated_value_dkk=8_000_000,
        responsible=UserFactory(email="hemmelig.person@kommune.example"), note="Hemmelig note",
    )  # fmt: skip
    FrameworkOptionFactory(framework=framework, number=1)
    lot = LotFactory(code="unge", framework=framework, name="Unge", ceiling_dkk=5_000_000)
    lot.target_groups.set([TargetGroupFactory(name="Udsatte unge")])
    contract = ContractFactory(
        number="2023 - 7083", supplier__cvr="90000004", supplier__name="Vejen Frem", lot=lot, starts_on=START,
        ends_on=END, value_dkk=1_250_000, f2_case_number="2023 - 7084", note="Hemmelig note",
    )  # fmt: skip
    ContractOptionFactory(contract=contract, number=1, state=OptionState.OPEN)
    in_force = {"state": AmendmentState.IN_FORCE, "signed_on": START, "effective_on": dt.date(2025, 1, 1)}
    AmendmentFactory(contract=contract, number=1, title="Flere pladser", **in_force)
    AmendmentFactory(contract=contract, number=2, title="Hemmeligt udkast")
    SpendFactory(contract=contract, amount_dkk=987_654)
    ContractFactory(lot=lot, supplier__name="Ikke underskrevet", signed_by_supplier_on=None)
    ContractFactory(lot__framework__code="uden", signed_by_municipality_on=None)


def releases() -> list[dict[str, Any]]:
    return [release_of(each, publisher=PUBLISHER, today=TODAY) for each in published(today=TODAY)]


def test_a_release_is_valid_against_the_standard(register: None) -> None:
    (release,) = releases()
    assert problems_of(release) == []


def test_the_validator_finds_what_is_wrong(register: None) -> None:
    (release,) = releases()
    release["contracts"][0]["status"] = "lapsed"
    del release["tender"]["id"]
    assert len(problems_of(release)) == 2


def test_what_is_published_of_a_framework(register: None) -> None:
    (release,) = releases()
    assert (release["ocid"], release["tag"]) == ("ocds-000000-ramme", ["award", "contract", "contractAmendment"])
    assert release["tender"]["techniques"]["frameworkAgreement"] == {
        "period": {
            "startDate": "2024-07-01T00:00:00+02:00",
            "endDate": "2026-06-30T23:59:59+02:00",
            "maxExtentDate": "2027-06-30T23:59:59+02:00",
        },
        "value": {"amount": 10_000_000, "currency": "DKK"},
    }
    (lot,) = release["tender"]["lots"]
    assert (lot["id"], lot["description"], lot["value"]["amount"]) == ("unge", "Udsatte unge", 5_000_000)


def test_what_is_published_of_a_contract(register: None) -> None:
    (release,) = releases()
    (contract,) = release["contracts"]
    assert contract["id"] == "unge-90000004-20240701"
    assert (contract["status"], contract["value"]["amount"]) == ("active", 1_250_000)
    assert contract["dateSigned"] == "2020-05-06T00:00:00+02:00"
    assert contract["period"]["maxExtentDate"] == "2027-06-30T23:59:59+02:00"
    (amendment,) = contract["amendments"]
    assert (amendment["description"], amendment["date"]) == ("Flere pladser", "2025-01-01T00:00:00+01:00")
    assert [award["id"] for award in release["awards"]] == [contract["awardID"]]
    assert release["parties"][1]["identifier"]["id"] == "90000004"


def test_nothing_else_leaves(register: None) -> None:
    text = json.dumps(releases(), ensure_ascii=False).casefold()
    for secret in ("hemmelig", "2023 - 708", "ikke underskrevet", "987654", "ramme-uden", "testesen"):
        assert secret not in text


def test_an_open_end_has_no_end(register: None) -> None:
    ContractFactory(lot__framework__code="ny", ends_on=None, value_dkk=None)
    release = next(release for release in releases() if release["ocid"].endswith("-ny"))
    assert "endDate" not in release["contracts"][0]["period"]
    assert problems_of(release) == []


def test_the_last_change_is_that_of_the_history(register: None) -> None:
    everything, one = last_change(), last_change(code="ramme")
    assert everything is not None
    assert one is not None
    assert one <= everything
    assert last_change(code="findes-ikke") is None


def test_a_supplier_that_is_renamed_is_a_change_of_its_frameworks_alone(register: None) -> None:
    contract = Contract.objects.filter(lot__framework__code="ramme").first()
    other = ContractFactory(lot__framework__code="anden")
    before = (last_change(code="ramme"), last_change(code="anden"))
    supplier = contract.supplier
    supplier.name = "Nyt navn"
    save_record(supplier, by=None)
    assert last_change(code="ramme") > before[0]
    assert last_change(code="anden") == before[1]
    assert other.supplier != supplier
