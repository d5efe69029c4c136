"""Importing the workbook: what changes, what history says, and everything that is refused."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from contracts.checks import CHECKS
from contracts.enums import AmendmentState, OptionState
from contracts.models import Amendment, Contract, ContractImport, ContractOption, FrameworkAgreement, Lot, Obligation
from contracts.queries.agreed_terms import terms_of
from contracts.services import save_contract
from contracts.services.workbook import import_contracts, plan_import
from contracts.workbook.planning import ChangeKind, halves
from records.sheets.errors import ImportRefusedError
from suppliers.models import Supplier
from suppliers.services import merge_suppliers
from tests.contracts.workbook.books import BY_KEY, book_of
from tests.factories import (
    AmendmentFactory,
    ContractFactory,
    ContractOptionFactory,
    FrameworkAgreementFactory,
    FrameworkOptionFactory,
    LegalBasisFactory,
    LotFactory,
    ObligationSetFactory,
    ObligationTemplateFactory,
    SupplierFactory,
    TargetGroupFactory,
    UserFactory,
    cvr,
)

pytestmark = pytest.mark.django_db
START, END = dt.date(2024, 7, 1), dt.date(2026, 6, 30)
CVR = cvr(900)


def whole() -> dict[str, list[dict[str, Any]]]:
    """Return one of each: everything points at what stands in the same workbook."""
    return {
        "options": [
            {
                "contract": "K-1",
                "number": 1,
                "length_months": 12,
                "state": "udnyttet",
                "decided_on": dt.date(2025, 1, 1),
            },
            {"framework": "ramme", "number": 1, "length_months": 12},
        ],
        "contracts": [
            {"number": "K-1", "supplier": CVR, "lot": "omraade", "starts_on": START, "ends_on": END, "value_dkk": 100},
            {
                "number": "K-2",
                "supplier": CVR,
                "lot": "omraade",
                "starts_on": dt.date(2027, 7, 1),
                "predecessor": "K-1",
            },
        ],
        "lots": [{"code": "omraade", "framework": "ramme", "name": "Unge", "target_groups": "unge; voksne"}],
        "frameworks": [
            {"code": "ramme", "name": "Ramme", "starts_on": START, "ends_on": END, "people": "kim@k.example"}
        ],
        "suppliers": [{"cvr": int(CVR), "name": "Vejen Frem", "postal_code": "8000"}],
        "amendments": [
            {
                "contract": "K-1",
                "number": 1,
                "title": "Flere pladser",
                "legal_basis": "mindre",
                "rationale": "Flere borgere",
                "value_dkk": -5,
                "effective_on": START,
                "state": "i kraft",
                "signed_on": START,
            }
        ],
    }


@pytest.fixture
def words() -> None:
    TargetGroupFactory(code="unge")
    TargetGroupFactory(code="voksne")
    LegalBasisFactory(code="mindre")
    UserFactory(email="Kim@k.example")


def refusals(**tables: list[dict[str, Any]]) -> list[tuple[str, int | None, str, str]]:
    with pytest.raises(ImportRefusedError) as refusal:
        plan_import(book_of(**tables))
    return [(error.sheet, error.row, error.column, error.problem) for error in refusal.value.errors]


# --- what is written


def test_everything_new_is_written_together(words: None, officer: User) -> None:
    result = import_contracts(book_of(**whole()), by=officer)
    first, second = Contract.objects.order_by("number")
    assert (first.supplier.name, first.lot.framework.name, first.value_dkk) == ("Vejen Frem", "Ramme", Decimal(100))
    assert (first.effective_ends_on, second.predecessor) == (dt.date(2027, 6, 30), first)
    assert list(first.options.values_list("state", "decide_months_before")) == [(OptionState.EXERCISED, 6)]
    assert {group.code for group in first.lot.target_groups.all()} == {"unge", "voksne"}
    framework = FrameworkAgreement.objects.get()
    assert ([user.email for user in framework.people.all()], framework.options.count()) == (["Kim@k.example"], 1)
    assert Amendment.objects.values_list("state", "value_dkk").get() == (AmendmentState.IN_FORCE, Decimal(-5))
    assert [problem for check in CHECKS for problem in check()] == []
    assert result.record is not None
    assert result.record.counts["contracts"] == {"new": 2, "changed": 0, "unchanged": 0}


def test_history_says_who_and_from_which_file(words: None, officer: User) -> None:
    import_contracts(book_of("Kontrakter 2024.xlsx", **whole()), by=officer)
    option = ContractOption.objects.get()
    rows = [
        Contract.objects.get(number="K-1").history.get(),
        option.history.get(),
        Supplier.objects.get().history.get(),
    ]
    rows += [Lot.objects.get().history.first(), FrameworkAgreement.objects.get().history.first()]
    assert {(row.history_user, row.history_change_reason) for row in rows} == {
        (officer, "Importeret fra Kontrakter 2024.xlsx")
    }
    assert rows[0].history_date == rows[1].history_date


def test_the_import_itself_is_kept(words: None, officer: User) -> None:
    file = book_of("a.xlsx", **whole())
    import_contracts(file, by=officer)
    record = ContractImport.objects.get()
    assert (record.file_name, record.size_bytes, record.imported_by) == ("a.xlsx", file.size, officer)
    assert len(record.sha256) == 64


def test_the_same_again_changes_nothing_and_leaves_no_trace(words: None, officer: User) -> None:
    import_contracts(book_of(**whole()), by=officer)
    history = Contract.history.count()
    result = import_contracts(book_of(**whole()), by=officer)
    assert (result.record, result.plan.is_empty, Contract.history.count()) == (None, True, history)


def test_dry_run_writes_nothing(words: None) -> None:
    result = import_contracts(book_of(**whole()), dry_run=True, by=None)
    assert (result.record, Contract.objects.count(), len(result.plan.entries["contracts"])) == (None, 0, 2)


def test_only_what_stands_in_the_sheet_is_changed(officer: User) -> None:
    contract = ContractFactory(number="K-1", ends_on=END, note="Behold mig", value_dkk=7, notice_months=3)
    other = ContractFactory(number="K-2")
    rows = [{"number": "K-1", **keys(contract), "ends_on": dt.date(2027, 1, 31)}]
    plan = import_contracts(book_of(contracts=rows), by=officer).plan
    contract.refresh_from_db()
    assert (contract.ends_on, contract.effective_ends_on) == (dt.date(2027, 1, 31), dt.date(2027, 1, 31))
    assert (contract.notice_months, contract.value_dkk, contract.note) == (3, 7, "Behold mig")
    assert other.history.count() == 1
    (entry,) = plan.entries["contracts"]
    assert [(change.label, change.old, change.new) for change in entry.changes] == [
        ("Slut uden optioner", "30. juni 2026", "31. januar 2027"),
        ("Slut (beregnet)", "30. juni 2026", "31. januar 2027"),
    ]


def keys(contract: Contract) -> dict[str, Any]:
    return {"supplier": contract.supplier.cvr, "lot": contract.lot.code, "starts_on": contract.starts_on}


def test_an_empty_cell_removes_what_was_there_unless_the_field_must_have_a_value(officer: User) -> None:
    contract = ContractFactory(number="K-1", note="Væk", notice_to_month_end=False, responsible=officer)
    row = {"number": "K-1", **keys(contract), "note": None, "responsible": None, "notice_to_month_end": None}
    others = {"number": "K-9", **keys(ContractFactory(number="K-9")), "note": "a", "notice_to_month_end": "Ja"}
    import_contracts(book_of(contracts=[row, others | {"responsible": officer.email.upper()}]), by=officer)
    contract.refresh_from_db()
    assert (contract.note, contract.responsible, contract.notice_to_month_end) == ("", None, False)
    assert Contract.objects.get(number="K-9").responsible == officer


def test_the_end_follows_an_option_without_the_contracts_own_row(officer: User) -> None:
    contract = ContractFactory(number="K-1", ends_on=END)
    ContractOptionFactory(contract=contract, number=1)
    row = {"contract": "K-1", "number": 1, "length_months": 12, "state": "Udnyttet", "decided_on": dt.date(2025, 1, 1)}
    plan = import_contracts(book_of(options=[row]), by=officer).plan
    contract.refresh_from_db()
    assert contract.effective_ends_on == dt.date(2027, 6, 30)
    (entry,) = plan.entries["contracts"]
    assert (entry.follows, entry.kind) == (True, ChangeKind.CHANGED)


def test_a_frameworks_end_follows_its_option(officer: User) -> None:
    framework = FrameworkAgreementFactory(code="ramme", ends_on=END)
    FrameworkOptionFactory(framework=framework, number=1)
    row = {"framework": "ramme", "number": 1, "length_months": 6, "state": "udnyttet", "decided_on": START}
    import_contracts(book_of(options=[row]), by=officer)
    framework.refresh_from_db()
    assert (framework.effective_ends_on, framework.options.get().length_months) == (dt.date(2026, 12, 31), 6)


def test_obligations_of_the_lot_flow_to_new_contracts(officer: User) -> None:
    contract = ContractFactory(number="K-0")
    obligation_set = ObligationSetFactory()
    obligation_set.lots.set([contract.lot])
    ObligationTemplateFactory(obligation_set=obligation_set, title="Rapport")
    row = {"number": "K-1", **keys(contract), "supplier": SupplierFactory().cvr}
    import_contracts(book_of(contracts=[row]), by=officer)
    assert Obligation.objects.get(contract__number="K-1").title == "Rapport"


def test_two_contracts_may_trade_places_in_time(officer: User) -> None:
    """Only how the register ends up counts, not the order of the rows."""
    first = ContractFactory(number="K-1", starts_on=START, ends_on=END)
    second = ContractFactory(
        number="K-2",
        supplier=first.supplier,
        lot=first.lot,
        starts_on=dt.date(2026, 7, 1),
        ends_on=dt.date(2027, 6, 30),
    )
    rows = [
        {"number": "K-1", **keys(second), "ends_on": second.ends_on},
        {"number": "K-2", **keys(first), "ends_on": first.ends_on},
    ]
    with pytest.raises(ImportRefusedError):  # the database holds that no two begin on one day, also for a moment
        import_contracts(book_of(contracts=rows), by=officer)


# --- what is refused: everything at once, with sheet, row and column


def test_all_errors_are_told_at_once(words: None) -> None:
    tables = whole()
    tables["suppliers"][0]["cvr"] = "12345678"
    tables["frameworks"][0] |= {"starts_on": "i morgen", "ceiling_dkk": -1}
    tables["lots"][0] |= {"target_groups": "unge; gamle", "name": None}
    tables["contracts"][1] |= {"lot": "omrade", "notice_to_month_end": "måske"}
    tables["amendments"][0] |= {"effective_on": dt.date(2020, 1, 1), "state": "i luften"}
    found = refusals(**tables)
    assert [(sheet, row, column) for sheet, row, column, _problem in found] == [
        ("Leverandører", 2, "CVR-nummer"),
        ("Rammeaftaler", 2, "Start"),
        ("Rammeaftaler", 2, "Loft i kr."),
        ("Udbudsområder", 2, "Navn"),
        ("Udbudsområder", 2, "Målgrupper"),
        ("Kontrakter", 2, "Leverandør (CVR)"),
        ("Kontrakter", 3, "Leverandør (CVR)"),
        ("Kontrakter", 3, "Udbudsområde"),
        ("Kontrakter", 3, "Varsel til månedens udgang"),
        ("Ændringer", 2, "Stand"),
    ]
    assert Contract.objects.count() == 0


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        ({"ends_on": dt.date(2024, 6, 30)}, "Slut uden optioner", "slutter, før den"),
        ({"value_dkk": -1}, "Værdi i kr.", "negativ"),
        ({"last_referral_on": dt.date(2020, 1, 1)}, "Sidste visitationsdag", "visitationsdag"),
        ({"notice_given_on": START}, "Opsagt den", "tre dele"),
        ({"number": "K" * 41}, "Kontraktnummer", "40"),
        ({"responsible": "ukendt@k.example"}, "Ansvarlig", "ukendt"),
        ({"supplier": "010170-1234"}, "Leverandør (CVR)", "CPR"),
        ({"note": "=1+1"}, "Note", "formel"),
        (
            {
                "notice_given_on": START,
                "notice_given_by": "kommunen",
                "terminated_to": dt.date(2024, 8, 1),
                "non_terminable_until": dt.date(2025, 1, 1),
            },
            "Opsagt til",
            "1. januar 2025",
        ),
    ],
)
def test_a_row_that_does_not_hold_together_is_told_at_its_cell(row: dict, column: str, says: str) -> None:
    contract = ContractFactory(number="K-0", starts_on=START)
    base = {"number": "K-1", **keys(contract), "supplier": SupplierFactory().cvr}
    ((sheet, number, at, problem),) = refusals(contracts=[base | row])
    assert (sheet, number, at) == ("Kontrakter", 2, column)
    assert says in problem


def test_contracts_that_overlap_name_each_other() -> None:
    stored = ContractFactory(number="K-0", starts_on=START, ends_on=END)
    rows = [
        {"number": "K-1", **keys(stored), "starts_on": END},
        {"number": "K-2", **keys(stored), "starts_on": dt.date(2030, 1, 1)},
    ]
    first, second = refusals(contracts=rows)
    assert first[:3] == ("Kontrakter", 2, "Start")
    assert "K-0" in first[3]
    assert second[:3] == ("Kontrakter", 3, "Start")
    assert "K-1" in second[3]
    assert "K-1" in second[3]


def test_a_stored_overlap_that_nobody_touches_is_no_hindrance(officer: User) -> None:
    stored = ContractFactory(number="K-0", starts_on=START)
    ContractFactory(supplier=stored.supplier, lot=stored.lot, starts_on=END)
    row = {"number": "K-1", **keys(stored), "supplier": SupplierFactory().cvr}
    assert import_contracts(book_of(contracts=[row]), by=officer).record is not None


def test_an_option_that_moves_a_contract_into_the_next_is_told_at_the_option() -> None:
    first = ContractFactory(number="K-1", starts_on=START, ends_on=END)
    ContractOptionFactory(contract=first, number=1)
    ContractFactory(number="K-2", supplier=first.supplier, lot=first.lot, starts_on=dt.date(2026, 7, 1))
    row = {"contract": "K-1", "number": 1, "length_months": 12, "state": "udnyttet", "decided_on": START}
    ((sheet, number, _column, problem),) = refusals(options=[row])
    assert (sheet, number) == ("Optioner", 2)
    assert "K-2" in problem


@pytest.mark.parametrize(
    ("rows", "row", "says"),
    [
        ([{"contract": "K-1", "number": 2, "state": "udnyttet", "decided_on": START}], 2, "Option 2 kan ikke udnyttes"),
        ([{"contract": "K-1", "number": 1, "state": "udnyttet", "decided_on": END}], 2, "senest"),
        ([{"contract": "K-1", "number": 1, "state": "udnyttet"}], 2, "dag"),
        ([{"contract": "K-2", "number": 1}], 2, "Uden en slutdato"),
        ([{"contract": "K-1", "framework": "ramme", "number": 1}], 2, "ingen aftale"),
        ([{"number": 1}], 2, "ingen aftale"),
        ([{"contract": "K-1", "number": 1}, {"contract": "K-1", "number": 1}], 3, "række 2"),
        ([{"contract": "K-7", "number": 1}], 2, "ukendt"),
    ],
)
def test_options_that_cannot_stand(rows: list[dict], row: int, says: str) -> None:
    contract = ContractFactory(number="K-1", starts_on=START, ends_on=END, lot__framework__code="ramme")
    ContractOptionFactory(contract=contract, number=1)
    ContractFactory(number="K-2")
    found = refusals(options=[{"length_months": 12} | option for option in rows])
    assert [(sheet, number) for sheet, number, _column, _problem in found] == [("Optioner", row)]
    assert says in found[0][3]


def test_an_amendment_is_not_before_its_contract() -> None:
    ContractFactory(number="K-1", starts_on=START)
    LegalBasisFactory(code="mindre")
    row = {"contract": "K-1", "number": 1, "title": "a", "legal_basis": "mindre", "rationale": "b"}
    ((sheet, number, column, problem),) = refusals(amendments=[row | {"effective_on": dt.date(2024, 6, 30)}])
    assert (sheet, number, column) == ("Ændringer", 2, "Gælder fra")
    assert "1. juli 2024" in problem


def test_a_key_in_other_capitals_is_meant_to_be_the_stored_one() -> None:
    contract = ContractFactory(number="K-1")
    ((_sheet, _row, column, problem),) = refusals(contracts=[{"number": "k-1", **keys(contract)}])
    assert column == "Kontraktnummer"
    assert "K-1" in problem


def test_predecessors_do_not_go_round() -> None:
    first, second = ContractFactory(number="K-1"), ContractFactory(number="K-2")
    rows = [
        {"number": "K-1", **keys(first), "predecessor": "K-2"},
        {"number": "K-2", **keys(second), "predecessor": "K-1"},
    ]
    assert [column for _sheet, _row, column, _problem in refusals(contracts=rows)] == ["Forgænger", "Forgænger"]


def test_a_merged_supplier_gets_no_contract(officer: User) -> None:
    loser, survivor = SupplierFactory(name="Gammel"), SupplierFactory(name="Ny")
    merge_suppliers(loser, into=survivor, reason="Samme", by=officer)
    row = {"number": "K-1", "supplier": loser.cvr, "lot": LotFactory().code, "starts_on": START}
    ((_sheet, _row, column, problem),) = refusals(contracts=[row])
    assert column == "Leverandør (CVR)"
    assert "Ny" in problem


def test_heads_are_held_against_the_layout() -> None:
    file = book_of(contracts=[{"number": "K-1"}])
    with pytest.raises(ImportRefusedError) as refusal:
        plan_import(file)
    missing = [error.column for error in refusal.value.errors]
    assert missing == ["Leverandør (CVR)", "Udbudsområde", "Start"]


def test_an_amendment_is_known_by_its_contract_and_number(officer: User) -> None:
    amendment = AmendmentFactory(contract__number="K-1", number=3, title="Før")
    row = {
        "contract": "K-1",
        "number": 3,
        "title": "Efter",
        "legal_basis": amendment.legal_basis.code,
        "rationale": "x",
        "effective_on": amendment.effective_on,
    }
    import_contracts(book_of(amendments=[row]), by=officer)
    amendment.refresh_from_db()
    assert (amendment.title, amendment.state) == ("Efter", AmendmentState.DRAFT)


def test_a_draft_has_the_terms_that_it_is_edited_from(officer: User) -> None:
    contract = ContractFactory(number="K-1", starts_on=START, value_dkk=7)
    LegalBasisFactory(code="mindre")
    row = {
        "contract": "K-1",
        "number": 1,
        "title": "a",
        "legal_basis": "mindre",
        "rationale": "b",
        "effective_on": START,
    }
    import_contracts(book_of(amendments=[row]), by=officer)
    amendment = Amendment.objects.get()
    assert amendment.base_terms == amendment.terms == terms_of(contract)


def test_an_amendment_is_put_into_force_on_its_own_page() -> None:
    amendment = AmendmentFactory(contract__number="K-1", contract__starts_on=START, number=1, effective_on=START)
    row = {
        "contract": "K-1", "number": 1, "title": amendment.title, "legal_basis": amendment.legal_basis.code,
        "rationale": amendment.rationale, "effective_on": START, "state": "i kraft", "signed_on": START,
    }  # fmt: skip
    assert [column for _sheet, _row, column, _problem in refusals(amendments=[row])] == ["Stand"]


# --- how much it costs


def test_queries_do_not_grow_with_the_rows(officer: User, django_assert_max_num_queries) -> None:
    lot = LotFactory()

    def rows(count: int) -> list[dict[str, Any]]:
        row = {"lot": lot.code, "starts_on": START, "ends_on": END}
        return [row | {"number": f"K{count}-{n}", "supplier": SupplierFactory().cvr} for n in range(count)]

    few, many = book_of(contracts=rows(3)), book_of(contracts=rows(30))
    with django_assert_max_num_queries(60) as counted:
        import_contracts(few, by=officer)
    with django_assert_max_num_queries(len(counted)):
        import_contracts(many, by=officer)
    assert save_contract(Contract.objects.first(), by=officer)
    assert set(BY_KEY) == {"suppliers", "frameworks", "lots", "contracts", "options", "prices", "amendments"}


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        ("Den slutter for tidligt. Ret datoen.", ("Den slutter for tidligt.", "Ret datoen.")),
        ("K-1 løber (1. juli 2020 til …). Afslut den. Se 2.", ("K-1 løber (1. juli 2020 til …).", "Afslut den. Se 2.")),
        ("Den begynder 1. juli.", ("Den begynder 1. juli.", "")),
    ],
)  # fmt: skip
def test_a_refusal_says_what_is_wrong_and_what_to_do(sentences: str, expected: tuple[str, str]) -> None:
    assert halves(sentences) == expected
