"""Every address of the portal against everybody: its own team, another supplier, the municipality, the anonymous, the removed."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

from suppliers.links import token_of
from suppliers.models import Invitation, Membership
from suppliers.services import remove_member
from tests.conftest import client_for
from tests.portal.conftest import Team
from tests.test_access import addresses_of, writes_of

SIGN_IN = "/konto/login/"
# What is not below a supplier's number: the way in, and what whoever was invited by mail opens.
OUTSIDE = {"/portal/", "/portal/invitation/x/", "/portal/invitation/x/ny-adgang/", "/portal/invitationer/1/accepter/"}

FORMS = (
    "inviter/",
    "rolle/",
    "fjern/",
    "kommentar/",
    "alle/",
    "vurdering/",
    "indsend/",
    "bilag/",
    "offentligt/",
    "uden-forbindelse/",
)


def patterns() -> set[str]:
    (portal,) = [each for each in get_resolver().url_patterns if str(each.pattern) == "portal/"]
    return set(addresses_of(portal, "/"))


def shape_of(address: str) -> str:
    return "/".join("1" if part.isdecimal() else {"alle": "x"}.get(part, part) for part in address.split("/"))


def statuses(client: Client, addresses: tuple[str, ...], method: str = "get") -> dict[str, int]:
    return {shape_of(each): answer(client, each, method).status_code for each in addresses}


def answer(client: Client, address: str, method: str = "get") -> HttpResponse:
    """Return a response that is read to its end, which closes it when it is a file."""
    response = getattr(client, method)(address)
    response.text_of_all = b"".join(response.streaming_content if response.streaming else [response.content])
    return response


def test_the_sweep_knows_every_address(own: Team):
    known = {shape_of(each) for each in (*own.addresses, *own.buttons)} | OUTSIDE
    assert known == patterns()


def test_its_own_team_opens_every_page(own: Team, boss_client: Client):
    assert set(statuses(boss_client, own.addresses).values()) == {200}


def test_a_viewer_opens_every_page_that_changes_nothing(own: Team, viewer_client: Client):
    found = statuses(viewer_client, own.addresses)
    refused = {address for address, status in found.items() if status == 403}
    assert refused == {"/portal/1/team/inviter/", "/portal/1/team/1/rolle/", "/portal/1/resultater/kommentar/"}
    assert set(found.values()) == {200, 403}  # the viewer's own “leave the team” is theirs to open


def test_a_viewer_changes_nothing(own: Team, viewer_client: Client):
    sent = statuses(viewer_client, own.buttons, "post")
    top = f"/portal/{own.supplier.pk}"
    pages = (f"{top}/team/inviter/", f"{top}/team/{own.boss.pk}/rolle/", f"{top}/resultater/kommentar/")
    sent |= statuses(viewer_client, (*pages, f"/portal/{own.supplier.pk}/team/{own.boss.pk}/fjern/"), "post")
    assert set(sent.values()) == {403}
    assert Membership.objects.active().filter(supplier=own.supplier).count() == 2
    assert Invitation.objects.waiting().filter(supplier=own.supplier).count() == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_another_supplier_finds_nothing(own: Team, other: Team, method: str):
    client = client_for(other.boss.user)
    wanted = own.addresses if method == "get" else own.buttons
    assert set(statuses(client, wanted, method).values()) == {404}


@pytest.mark.parametrize("part", ["addresses", "buttons"])
def test_another_suppliers_things_below_ones_own_number_are_not_found(own: Team, other: Team, part: str):
    """The number in the address is one's own, and that of the contract, file, member or invitation is not."""
    client = client_for(other.boss.user)
    mixed = [each.replace(f"/{own.supplier.pk}/", f"/{other.supplier.pk}/", 1) for each in getattr(own, part)]
    method = "get" if part == "addresses" else "post"
    below = [each for each in mixed if sum(step.isdecimal() for step in each.split("/")) > 1 and "runde" not in each]
    assert len(below) == (17 if part == "addresses" else 7)  # a round is everybody's
    assert {answer(client, each, method).status_code for each in below} == {404}


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_municipality_has_no_portal(own: Team, officer_client: Client, method: str):
    wanted = own.addresses if method == "get" else own.buttons
    assert set(statuses(officer_client, wanted, method).values()) == {404}


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_anonymous_sign_in_first(own: Team, method: str):
    wanted = own.addresses if method == "get" else own.buttons
    for address in wanted:
        response = getattr(Client(), method)(address)
        assert (response.status_code, response["Location"]) == (302, f"{SIGN_IN}?next={address}")


def test_who_is_removed_while_signed_in_is_refused_at_once(own: Team, viewer_client: Client, boss_client: Client):
    assert viewer_client.get(own.addresses[0]).status_code == 200
    remove_member(own.viewer, by=own.boss.user)
    assert set(statuses(viewer_client, own.addresses).values()) == {404}
    assert set(statuses(viewer_client, own.buttons, "post").values()) == {404}
    assert "Du er ikke på en leverandørs team" in viewer_client.get("/portal/").content.decode()


def test_who_is_switched_off_while_signed_in_is_signed_out(own: Team, viewer_client: Client):
    own.viewer.user.is_active = False
    own.viewer.user.save()
    assert set(statuses(viewer_client, own.addresses).values()) == {302}


def test_nothing_of_the_other_stands_on_any_page(own: Team, other: Team, boss_client: Client):
    for address in own.addresses:
        assert b"syd" not in answer(boss_client, address).text_of_all, address


def test_no_get_writes(own: Team, boss_client: Client):
    written = {each: found for each in own.addresses if "hent" not in each and (found := writes_of(boss_client, each))}
    assert written == {}
    assert writes_of(boss_client, "/portal/") == []
    assert writes_of(Client(), f"/portal/invitation/{token_of(own.invitation)}/") == []


def test_the_wrong_verb_is_405(own: Team, boss_client: Client):
    looked_at = [each for each in own.addresses if not each.endswith(FORMS)]
    assert {boss_client.post(each).status_code for each in looked_at} == {405}
    assert {boss_client.get(each).status_code for each in own.buttons} == {405}


def test_no_page_is_kept_by_the_browser_or_shown_to_search_engines(own: Team, boss_client: Client):
    for address in own.addresses:
        assert answer(boss_client, address)["Cache-Control"] == "private, no-store"
    assert '<meta name="robots" content="noindex">' in boss_client.get(own.addresses[0]).content.decode()


def test_a_suppliers_person_holds_no_permission_at_all(own: Team):
    for member in (own.boss, own.viewer):
        assert member.user.get_all_permissions() == set()
