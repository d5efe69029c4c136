"""The example municipality, loaded once for all tests of this module and rolled back after them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from cases.assembly.paper import Paper, assemble
from cases.checks.paper import check
from cases.models import CommitteeCase
from cases.queries import review
from committees.models import CommitteeMeeting, Decision
from contracts.models import Contract, FrameworkAgreement, Lot
from documents import tree as t
from documents.numbering import numbered, walk
from documents.redaction import redacted
from example.people import people
from example.services import load
from learnings.models import ExperienceReport
from results.models import BenefitGroup, Delivery, Observation
from suppliers.models import Supplier

AFTER_BOTH_MEETINGS = dt.date(2024, 7, 1)
HIDDEN = "•"


@pytest.fixture(scope="module")
def example(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _example(example: None, db: None) -> None:
    """Every test here sees the example, and takes back what it does itself."""


def contents() -> dict[str, list[str]]:
    """Return every row of every table as text."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def case(slug: str) -> CommitteeCase:
    return CommitteeCase.objects.get(slug=slug)


def paper(slug: str) -> Paper:
    return assemble(case(slug).newest_text())


def public_table(document: t.Document, anchor: str) -> list[list[str]]:
    """Return the texts of a table's rows as the public may have them."""
    nodes = walk(redacted(numbered(document)))
    (table,) = (node for node in nodes if isinstance(node, t.Table) and node.anchor == anchor)
    return [["".join(inline.text for inline in cell.children) for cell in row.cells] for row in table.rows]


# --- loading


def test_loading_again_changes_no_row_of_any_table() -> None:
    before = contents()
    load()
    assert contents() == before


def test_loading_again_keeps_what_people_have_changed() -> None:
    Supplier.objects.filter(cvr="98933808").update(name="Havgård under nyt navn")
    User.objects.filter(email__startswith="karen.").update(is_active=False)
    load()
    assert Supplier.objects.filter(name="Havgård under nyt navn").count() == 1
    assert Supplier.objects.count() == 8
    assert not User.objects.get(email__startswith="karen.").is_active


@pytest.mark.parametrize(
    "address", ["https://partnerskab.example", "http://10.0.0.7:8000", "https://localhost.example"]
)
def test_a_site_that_others_can_reach_is_refused(settings: Any, address: str) -> None:
    settings.PUBLIC_URL = address
    with pytest.raises(ValidationError) as refusal:
        load()
    assert address in refusal.value.messages[0]
    with pytest.raises(CommandError, match="PUBLIC_URL"):
        call_command("load_example")


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000", "http://localhost:8123", "http://[::1]:8000"])
def test_a_site_on_this_machine_is_loaded(settings: Any, address: str) -> None:
    settings.PUBLIC_URL = address
    load()


def test_a_site_that_others_can_reach_is_loaded_by_force(settings: Any) -> None:
    settings.PUBLIC_URL = "https://partnerskab.example"
    load(is_forced=True)


def test_the_welcome_tells_addresses_and_sign_ins() -> None:
    text = (Path(settings.VAR_DIR) / "welcome.txt").read_text(encoding="utf-8")
    assert "{address}admin/" in text
    assert all(person.email in text and person.password in text for person in people())
    assert max(map(len, text.splitlines())) <= 130


# --- people


@pytest.mark.parametrize("person", list(people()), ids=lambda person: person.key)
def test_people_sign_in_with_the_password_they_are_told(person: Any) -> None:
    client = Client()
    client.post("/konto/login/", {"login": person.email, "password": person.password})
    user = User.objects.get(email=person.email)
    assert client.session["_auth_user_id"] == str(user.pk)
    assert user.roles() == ({person.role} if person.role else set())
    assert user.has_perm("wagtailadmin.access_admin") == bool(person.role)
    assert len(person.password) >= 12
    assert user.emailaddress_set.get().verified


# --- register


def test_the_register_holds_what_the_files_say() -> None:
    counts = {model: model.objects.count() for model in (FrameworkAgreement, Lot, Supplier, Contract, Delivery)}
    assert counts == {FrameworkAgreement: 2, Lot: 4, Supplier: 8, Contract: 13, Delivery: 3}
    assert CommitteeMeeting.objects.count() == 65
    assert Decision.objects.get(code="faktaark-bestilling").points.count() == 3
    assert ExperienceReport.objects.count() == 8


def test_agreements_end_with_their_last_option() -> None:
    ends = dict(FrameworkAgreement.objects.values_list("code", "ends_on"))
    assert ends == {"udsatte-sygemeldte": dt.date(2024, 6, 30), "specialiserede": dt.date(2024, 9, 30)}
    assert {contract.ends_on == contract.lot.framework.ends_on for contract in Contract.objects.all()} == {True}


def test_sick_listed_is_composed_of_two_benefits() -> None:
    parts = BenefitGroup.objects.get(code="sygemeldte").parts.values_list("name", flat=True)
    assert set(parts) == {"Sygedagpenge", "Jobafklaringsforløb"}


def test_figures_say_who_brought_them_in_and_from_where() -> None:
    deliveries = Delivery.objects.values_list("file_name", "source", "imported_by__email")
    assert set(deliveries) == {
        ("results_2022.csv", "DREAM og Fasit", "ellen.kvistbjerg@fjordby.example"),
        (
            "satisfaction_2020_2023.csv",
            "Borgernes evalueringsskemaer og Fasit",
            "ellen.kvistbjerg@fjordby.example",
        ),
        (
            "supplier_split_2022.csv",
            "Konstrueret eksempel: fordeling på leverandører",
            "ellen.kvistbjerg@fjordby.example",
        ),
    }
    assert Observation.objects.count() == 15 + 8 + 66


# --- the cases


def test_the_table_of_jobs_has_the_published_figures_and_hides_small_ones() -> None:
    rows = public_table(paper("faktaark-2023").document, "tabel_job")
    without_education = [row[:3] for row in rows]
    assert without_education == [
        ["Aktivitetsparate kontanthjælpsmodtagere", "1.286", "62 (4,8\xa0%)"],
        ["Borgere i ressourceforløb", "1.236", "8 (0,6\xa0%)"],
        ["Sygemeldte borgere", "3.393", "206 (6,1\xa0%)"],
        ["Ledighedsydelsesmodtagere", "175", "24 (13,7\xa0%)"],
        ["I alt (unikke borgere)", "6.065", "300 (4,9\xa0%)"],
    ]
    education = {row[0]: row[3] for row in rows}
    assert education["Borgere i ressourceforløb"] == HIDDEN
    assert list(education.values()).count(HIDDEN) >= 2


def test_the_table_of_plans_has_the_published_figures_and_hides_none() -> None:
    assert public_table(paper("faktaark-2023").document, "tabel_plan") == [
        ["Aktivitetsparate kontanthjælpsmodtagere", "1.286", "202 (15,7\xa0%)"],
        ["Borgere i ressourceforløb", "1.236", "293 (23,7\xa0%)"],
        ["Sygemeldte borgere", "3.393", "783 (23,1\xa0%)"],
        ["Ledighedsydelsesmodtagere", "175", "13 (7,4\xa0%)"],
        ["I alt (unikke borgere)", "6.065", "1.291 (21,3\xa0%)"],
    ]


def test_satisfaction_has_no_number_of_answers() -> None:
    rows = public_table(paper("faktaark-2023").document, "tabel_tilfredshed")
    assert sorted(row[1:] for row in rows) == [["3,9", "4,4", "–"], ["4,1", "4,4", "–"], ["4,3", "4,7", "–"]]


def test_the_fact_sheet_has_no_finding_but_that_outcomes_add_up() -> None:
    """A true warning of the published figures: 300 is the sum of the groups, while 6,065 is not."""
    found = review(case("faktaark-2023"), today=AFTER_BOTH_MEETINGS).findings
    assert {(finding.code, finding.is_blocking) for finding in found} == {("outcomes-add-up", False)}


def test_the_learnings_case_has_no_findings() -> None:
    assert review(case("erfaringsopsamling-2024"), today=AFTER_BOTH_MEETINGS).findings == ()


def test_a_case_whose_decision_is_taken_out_is_stopped_after_the_meeting() -> None:
    newest = case("erfaringsopsamling-2024").newest_text()
    kept = [child for child in newest.body.raw_data if child["value"].get("section") != _decision_section(newest).pk]
    newest.body = newest.body.stream_block.to_python(kept)
    found = check(assemble(newest), newest, today=AFTER_BOTH_MEETINGS)
    assert [finding.code for finding in found] == ["missing-section"]


def _decision_section(newest: CommitteeCase) -> Any:
    return newest.template.sections.get(key="beslutning")


@pytest.mark.parametrize("slug", ["faktaark-2023", "erfaringsopsamling-2024"])
def test_a_case_can_be_saved_again_in_the_editor(slug: str) -> None:
    body = case(slug).newest_text().body
    body.stream_block.clean(body)


@pytest.mark.parametrize("slug", ["faktaark-2023", "erfaringsopsamling-2024"])
def test_a_case_is_written_by_the_officer_and_approved_by_the_director(slug: str) -> None:
    found = case(slug)
    assert (found.live, found.has_unpublished_changes) == (True, False)
    assert found.latest_revision.user.roles() == {Role.PROCUREMENT}
    assert found.case_officer == found.latest_revision.user


def test_every_figure_and_quote_of_a_case_can_be_traced() -> None:
    for slug in ("faktaark-2023", "erfaringsopsamling-2024"):
        built = paper(slug)
        named = {key for node in walk(built.document) for key in getattr(node, "evidence", ())}
        assert named == set(built.evidence)
        assert named
