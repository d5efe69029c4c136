"""What is there once the example has been loaded and published."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from accounts.models import User
from cases.models import CommitteeCase, TemplateSection
from cms.queries.cases import page_of
from cms.services import withdraw_case
from committees.models import CommitteeMeeting, Decision
from contracts.enums import OptionState
from contracts.models import Contract, ContractOption, FrameworkAgreement, Lot
from contracts.queries.shares import contract_meter
from example.papers import slugs
from example.people import people
from example.services import load, publish
from learnings.models import ExperienceReport
from results.models import BenefitGroup, Delivery, Observation
from suppliers.enums import MemberRole
from suppliers.models import Membership, Supplier

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("published", "db")]


def contents() -> dict[str, list[str]]:
    """Return every row of every table as text."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


# --- loading


def test_loading_again_changes_no_row_of_any_table() -> None:
    before = contents()
    load()
    publish()
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


# --- publishing


def test_the_public_site_says_how_to_reach_the_municipality_and_what_is_in_force() -> None:
    page = Client().get("/").content.decode()
    assert "arbejdsmarked@fjordby.example" in page
    assert "01 23 45 67" in page
    assert FrameworkAgreement.objects.filter(effective_ends_on__gte=dt.date(2027, 9, 30)).get().name in page


@pytest.mark.parametrize("slug", slugs())
def test_the_public_reads_a_case_and_fetches_its_documents(slug: str) -> None:
    case = CommitteeCase.objects.get(slug=slug)
    page = page_of(case)
    response = Client().get(page.url)
    assert (page.url, response.status_code) == (f"/sager/{slug}/", 200)
    assert case.title in response.content.decode()
    published = page.published_snapshots.public().get()
    assert Client().get(published.download_url("case.pdf")).status_code == 200


def test_a_case_that_is_taken_down_is_not_published_again() -> None:
    page = page_of(CommitteeCase.objects.get(slug="faktaark-2023"))
    withdraw_case(page, reason="Prøve", by=None)
    publish()
    assert Client().get(page.url).status_code == 404


def test_what_must_be_mended_is_not_published() -> None:
    case = CommitteeCase.objects.get(slug="faktaark-2023")
    page = page_of(case)
    page.published_snapshots.all().delete()
    page.delete()
    TemplateSection.objects.create(template=case.template, key="mangler", heading="Mangler")
    with pytest.raises(ValidationError, match="Mangler"):
        publish()
    assert page_of(case) is None


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


@pytest.mark.parametrize("person", [each for each in people() if each.supplier], ids=lambda person: person.key)
def test_a_suppliers_person_administers_its_team_and_lands_in_its_portal(person: Any) -> None:
    client = Client()
    landed = client.post("/konto/login/", {"login": person.email, "password": person.password}, follow=True)
    membership = Membership.objects.get(user__email=person.email)
    assert membership.role == MemberRole.ADMINISTRATOR
    assert landed.redirect_chain[-1][0] == f"/portal/{membership.supplier_id}/"


# --- register


def test_the_register_holds_what_the_files_say() -> None:
    counts = {model: model.objects.count() for model in (FrameworkAgreement, Lot, Supplier, Contract, Delivery)}
    assert counts == {FrameworkAgreement: 2, Lot: 4, Supplier: 8, Contract: 13, Delivery: 4}
    assert CommitteeMeeting.objects.count() == 65
    assert Decision.objects.get(code="faktaark-bestilling").points.count() == 3
    assert ExperienceReport.objects.count() == 12


def test_agreements_end_with_their_last_option() -> None:
    ends = dict(FrameworkAgreement.objects.values_list("code", "effective_ends_on"))
    assert ends == {"udsatte-sygemeldte": dt.date(2024, 6, 30), "specialiserede": dt.date(2027, 9, 30)}
    contracts = Contract.objects.select_related("lot__framework")
    assert {each.effective_ends_on == each.lot.framework.effective_ends_on for each in contracts} == {True}
    assert set(ContractOption.objects.values_list("state", flat=True)) == {OptionState.EXERCISED}


def test_a_contract_has_an_amendment_in_force_and_a_draft_near_the_limit() -> None:
    contract = Contract.objects.get(number="2020 - 6121")
    assert list(contract.amendments.values_list("number", "state")) == [(1, "in_force"), (2, "draft")]
    assert contract.expected_referrals_per_year == 96
    (share,) = contract_meter(contract, draft=contract.amendments.get(number=2)).shares
    assert 9 < share.percent < 10


def test_sick_listed_is_composed_of_two_benefits() -> None:
    parts = BenefitGroup.objects.get(code="sygemeldte").parts.values_list("code", "name")
    assert set(parts) == {("sygedagpenge", "Sygedagpenge"), ("jobafklaringsforloeb", "Jobafklaringsforløb")}


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
        (
            "quarters_2020_2024.csv",
            "Konstrueret eksempel: afsluttede forløb kvartal for kvartal",
            "ellen.kvistbjerg@fjordby.example",
        ),
    }
    assert Observation.objects.count() == 15 + 8 + 66 + 704
