"""What the portal's pages say, and what they cost."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from contracts.enums import SharingLevel
from suppliers.enums import MemberRole
from suppliers.models import Supplier
from suppliers.services import add_member, merge_suppliers
from tests.conftest import client_for
from tests.factories import (
    ContractFactory,
    ContractOptionFactory,
    ContractPriceFactory,
    DocumentFactory,
    DocumentVersionFactory,
    InvitationFactory,
    LotFactory,
    ObligationFactory,
    ObligationOccurrenceFactory,
    SupplierFactory,
    UserFactory,
)
from tests.portal.conftest import Team

PAGES = ("", "kontrakter/", "dokumenter/", "team/")


def in_days(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def top(team: Team) -> str:
    return f"/portal/{team.supplier.pk}/"


@pytest.fixture
def newcomer(db: None) -> tuple[Supplier, Client]:
    """A supplier with a team and nothing else."""
    supplier = SupplierFactory(name="Ny Leverandør")
    person = UserFactory(first_name="Nils", last_name="Ny")
    add_member(supplier, user=person, role=MemberRole.ADMINISTRATOR, by=None)
    return supplier, client_for(person)


# --- the frame


def test_every_page_says_whom_one_acts_for_and_where_one_is(own: Team, boss_client: Client):
    for page, label in zip(PAGES, ("Overblik", "Kontrakter", "Dokumenter", "Vores team"), strict=True):
        shown = text(boss_client, top(own) + page)
        assert "Du handler på vegne af <strong>Leverandør nord</strong>" in shown
        assert f'<a href="{top(own)}{page}" aria-current="true">{label}</a>' in shown
        assert "Skift organisation" not in shown


def test_somebody_on_two_teams_chooses_and_changes(own: Team, other: Team):
    both = add_member(other.supplier, user=own.boss.user, role=MemberRole.VIEWER, by=None)
    client = client_for(both.user)
    chosen = text(client, "/portal/")
    assert all(f'<a href="{top(team)}">' in chosen for team in (own, other))
    assert "Skift organisation" in text(client, top(own))
    assert client.get(f"{top(other)}team/inviter/").status_code == 403
    assert client.get(f"{top(own)}team/inviter/").status_code == 200
    assert client.get(f"{top(other)}kontrakter/{own.contract.pk}/").status_code == 404


def test_the_way_in_leads_to_the_only_supplier(own: Team, boss_client: Client):
    assert boss_client.get("/portal/")["Location"] == top(own)


def test_the_way_in_tells_staff_where_to_go(officer_client: Client):
    assert "Portalen er for leverandører" in text(officer_client, "/portal/")


def test_the_way_in_tells_whoever_is_on_no_team_what_they_lack(supplier_client: Client):
    assert "Du er ikke på en leverandørs team" in text(supplier_client, "/portal/")


def test_the_number_of_a_merged_supplier_leads_to_its_survivor(own: Team, boss_client: Client, viewer_client: Client):
    survivor = SupplierFactory()
    merge_suppliers(own.supplier, into=survivor, reason="Samme.", by=None)
    response = boss_client.get(f"{top(own)}kontrakter/{own.contract.pk}/")
    assert (response.status_code, response["Location"]) == (
        302,
        f"/portal/{survivor.pk}/kontrakter/{own.contract.pk}/",
    )
    assert boss_client.get(response["Location"]).status_code == 200
    assert boss_client.post(f"{top(own)}team/inviter/", {}).status_code == 404


# --- the front page


def test_the_front_page_says_what_is_to_be_done_by_when_and_nothing_else(own: Team, boss_client: Client):
    yearly = ObligationFactory(
        contract=own.contract, title="Årlig rapport", party="supplier", description="Som aftalt."
    )
    for days in (20, 385):
        ObligationOccurrenceFactory(obligation=yearly, due_on=in_days(days))
    theirs = ObligationFactory(contract=own.contract, title="Kommunens egen", party="municipality")
    ObligationOccurrenceFactory(obligation=theirs, due_on=in_days(5))
    DocumentFactory(contract=own.contract, title="Forsikring", expires_on=in_days(30), is_visible_to_supplier=True)
    DocumentFactory(contract=own.contract, title="Fjern", expires_on=in_days(90), is_visible_to_supplier=True)
    DocumentFactory(contract=own.contract, title="Intern", expires_on=in_days(1), is_visible_to_supplier=False)
    shown = boss_client.get(top(own))
    tasks = [(task.title, (task.due_on - timezone.localdate()).days) for task in shown.context["overview"].tasks]
    assert tasks == [
        ("Send regnskab nord", -3),
        ("Årlig rapport", 20),
        ("Send en ny udgave af “Forsikring”", 30),
    ]
    page = shown.content.decode()
    assert "1 opgave er forfalden." in page
    assert "3 dage over fristen" in page
    assert "1 person har ikke svaret endnu." in page


def test_a_paper_of_a_contract_that_has_ended_is_asked_for_by_nobody(newcomer: tuple[Supplier, Client]):
    supplier, client = newcomer
    ended = ContractFactory(supplier=supplier, ends_on=in_days(-30))
    DocumentFactory(contract=ended, expires_on=in_days(-10), is_visible_to_supplier=True)
    assert "Jeres kontrakter kræver ikke noget af jer lige nu" in text(client, f"/portal/{supplier.pk}/")


def test_a_viewer_is_not_told_of_the_teams_invitations(own: Team, viewer_client: Client):
    assert "har ikke svaret endnu" not in text(viewer_client, top(own))


def test_empty_pages_say_so(newcomer: tuple[Supplier, Client]):
    supplier, client = newcomer
    told = {
        "": "I har ingen kontrakter med kommunen endnu",
        "kontrakter/": "I har ingen kontrakter med kommunen.",
        "dokumenter/": "Kommunen har ikke delt dokumenter med jer endnu.",
        "team/": "Ingen invitation venter på svar.",
    }
    for page, sentence in told.items():
        assert sentence in text(client, f"/portal/{supplier.pk}/{page}")


# --- contracts


def test_a_contract_is_told_with_terms_in_words(own: Team, officer, boss_client: Client):
    lot = LotFactory(name="Mentorforløb", framework__name="Beskæftigelse 2025")
    contract = ContractFactory(
        supplier=own.supplier,
        lot=lot,
        number="2025 - 17",
        ends_on=in_days(800),
        responsible=officer,
        note="Kun til kommunens egne øjne",
        sharing_level=SharingLevel.POOLED,
        expected_referrals_per_year=40,
    )
    ContractOptionFactory(contract=contract)
    ContractPriceFactory(contract=contract, service__name="Mentor", price_dkk=465)
    shown = text(boss_client, f"{top(own)}kontrakter/{contract.pk}/")
    for told in (
        "Beskæftigelse 2025",
        "2025 - 17",
        "Mentor",
        "465,00",
        "Forventede visitationer om året (ikke garanterede)",
    ):
        assert told in shown
    assert f'<a href="mailto:{officer.email}">' in shown
    assert "Gyldig til" in shown
    assert "Kun til kommunens egne øjne" not in shown


def test_running_contracts_come_first(own: Team, boss_client: Client):
    ended = ContractFactory(supplier=own.supplier, lot=LotFactory(framework__name="AAA"), ends_on=in_days(-5))
    rows = boss_client.get(f"{top(own)}kontrakter/").context["rows"]
    assert [(row.contract, row.has_ended) for row in rows] == [(own.contract, False), (ended, True)]


# --- documents


def test_only_shared_documents_with_a_file_are_listed_and_those_of_the_framework_above(own: Team, boss_client: Client):
    framework = own.contract.lot.framework
    shared = DocumentFactory(contract=None, framework=framework, title="Rammens bilag", is_visible_to_supplier=True)
    DocumentVersionFactory(document=shared)
    hidden = DocumentVersionFactory(document__contract=own.contract, document__title="Hemmeligt notat")
    DocumentFactory(contract=own.contract, title="Uden fil", is_visible_to_supplier=True)
    shown = text(boss_client, f"{top(own)}dokumenter/")
    assert "Bilag nord (PDF, 8" in shown
    assert "Rammens bilag" in shown
    assert "Hemmeligt notat" not in shown
    assert "Uden fil" not in shown
    assert boss_client.get(f"{top(own)}dokumenter/hent/{hidden.pk}/").status_code == 404


def test_a_file_is_handed_out_to_be_saved(own: Team, viewer_client: Client):
    response = viewer_client.get(f"{top(own)}dokumenter/hent/{own.version.pk}/")
    assert b"".join(response.streaming_content) == b"%PDF-1.7"
    assert response["Content-Disposition"] == 'attachment; filename="kontrakt.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]


def test_a_file_that_is_gone_is_told(own: Team, boss_client: Client):
    own.version.file.storage.delete(own.version.file.name)
    response = boss_client.get(f"{top(own)}dokumenter/hent/{own.version.pk}/")
    assert response.status_code == 404
    assert "Vi kan ikke finde filen “kontrakt.pdf”" in response.content.decode()


# --- costs


def grow(team: Team, number: int) -> None:
    for each in range(number):
        contract = ContractFactory(supplier=team.supplier)
        ObligationOccurrenceFactory(obligation=ObligationFactory(contract=contract), due_on=in_days(each))
        DocumentVersionFactory(document=DocumentFactory(contract=contract, is_visible_to_supplier=True))
        DocumentVersionFactory(document=DocumentFactory(contract=team.contract, is_visible_to_supplier=True))
        ContractPriceFactory(contract=team.contract)
        add_member(team.supplier, user=UserFactory(), role=MemberRole.VIEWER, by=None)
        InvitationFactory(supplier=team.supplier)


@pytest.mark.parametrize(
    ("page", "queries"),
    [("", 12), ("kontrakter/", 5), ("kontrakter/{contract}/", 13), ("dokumenter/", 7), ("team/", 6)],
)
def test_a_page_costs_the_same_however_much_there_is(
    own: Team, boss_client: Client, django_assert_num_queries, page: str, queries: int
):
    address = top(own) + page.format(contract=own.contract.pk)
    boss_client.get(address)
    for number in (1, 3):
        grow(own, number)
        with django_assert_num_queries(queries):
            boss_client.get(address)
