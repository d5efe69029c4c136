"""Who may open what: the anonymous an explicit list, suppliers' people nothing of the back office, and GET writes nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RegexPattern

from accounts.enums import Role
from accounts.models import User
from accounts.services import set_roles
from committees.models import Committee
from contracts.models import Contract, FrameworkAgreement, Lot, Service, TargetGroup
from suppliers.models import Supplier
from tests.factories import (
    CommitteeFactory,
    ContractFactory,
    DecisionPointFactory,
    LotFactory,
    ServiceFactory,
    TargetGroupFactory,
    UserFactory,
)

# What anybody may open under /admin/: the way in and out, and strings and icons that hold no data.
OPEN_TO_ALL = {"/admin/logout/", "/admin/jsi18n/", "/admin/sprite/"}
SIGN_IN = "/konto/login/"
WAYS_TO_SIGN_IN = (SIGN_IN, "/admin/login/")
EXAMPLES = {
    "int": "1",
    "str": "x",
    "slug": "x",
    "uuid": "00000000-0000-0000-0000-000000000001",
    "path": "x",
}


def admin_addresses() -> Iterator[str]:
    """Yield one address for every pattern under /admin/."""
    for resolver in get_resolver().url_patterns:
        if str(resolver.pattern).startswith("admin/"):
            yield from addresses_of(resolver, "/")


def addresses_of(pattern: URLPattern | URLResolver, before: str) -> Iterator[str]:
    here = before + filled_in(pattern)
    if isinstance(pattern, URLPattern):
        yield here
        return
    for inner in pattern.url_patterns:
        yield from addresses_of(inner, here)


def filled_in(pattern: URLPattern | URLResolver) -> str:
    """Return a pattern with its parts filled in; Wagtail's few regular expressions by anything at all."""
    if isinstance(pattern.pattern, RegexPattern):
        return "anything/"
    text = str(pattern.pattern)
    converters = getattr(pattern.pattern, "converters", {})
    for name, converter in converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
        for spelling in (f"<{kind}:{name}>", f"<{name}>"):
            text = text.replace(spelling, EXAMPLES.get(kind, "1"))
    return text


ADDRESSES = sorted(set(admin_addresses()))


def test_sweep_finds_the_back_office() -> None:
    assert len(ADDRESSES) > 150
    assert not [address for address in ADDRESSES if "<" in address]


def is_refused(response: HttpResponse) -> bool:
    if response.status_code == 302:
        return response["Location"].startswith(WAYS_TO_SIGN_IN)
    return response.status_code == 404


@pytest.mark.django_db
def test_anonymous_may_open_only_what_is_listed() -> None:
    client = Client()
    assert {address for address in ADDRESSES if not is_refused(client.get(address))} == OPEN_TO_ALL


@pytest.mark.parametrize("method", ["get", "post"])
def test_supplier_is_refused_everywhere(supplier_client: Client, method: str) -> None:
    swept = [address for address in ADDRESSES if address not in {"/admin/login/", "/admin/logout/"}]
    answers = {getattr(supplier_client, method)(address).status_code for address in swept}
    assert answers == {403}


def test_supplier_is_not_sent_round_in_circles(supplier_client: Client) -> None:
    response = supplier_client.get("/admin/", follow=True)
    assert (response.status_code, response.redirect_chain) == (403, [])


def test_old_sign_in_keeps_where_one_was_going() -> None:
    response = Client().get("/admin/login/?next=/admin/suppliers/")
    assert response.status_code == 302
    assert response["Location"] == f"{SIGN_IN}?next=/admin/suppliers/"


@pytest.mark.parametrize("address", ["/admin/password_reset/", "/admin/password_reset/done/"])
def test_wagtails_own_password_reset_is_off(address: str) -> None:
    assert Client().get(address).status_code in {302, 404}


def test_account_page_changes_neither_password_nor_email(officer_client: Client) -> None:
    page = officer_client.get(reverse("wagtailadmin_account")).content.decode()
    assert "password" not in page.replace("data-password", "")
    assert 'name="name_email-email"' not in page


# --- access_admin


@pytest.mark.django_db
def test_access_admin_never_without_a_role() -> None:
    access = Permission.objects.get(codename="access_admin")
    direct, grouped = UserFactory(), UserFactory()
    direct.user_permissions.add(access)
    editors, _made = Group.objects.get_or_create(name="Editors")
    editors.permissions.add(access)
    grouped.groups.add(editors)
    assert [person.has_perm("wagtailadmin.access_admin") for person in (direct, grouped)] == [False, False]


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_every_role_opens_the_back_office(role: Role) -> None:
    user = set_roles(UserFactory(), frozenset({role}), by=None)
    assert User.objects.get(pk=user.pk).has_perm("wagtailadmin.access_admin")


# --- no GET of ours writes

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
WAGTAILS_OWN = ("django_session", "wagtailadmin_editingsession", "wagtailusers_userprofile")


def writes_of(client: Client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    statements = [query["sql"] for query in queries.captured_queries]
    return [sql for sql in statements if sql.startswith(WRITES) and not any(name in sql for name in WAGTAILS_OWN)]


def test_no_get_of_a_register_writes(officer_client: Client) -> None:
    DecisionPointFactory()
    ContractFactory(lot=LotFactory())
    TargetGroupFactory()
    ServiceFactory()
    CommitteeFactory()
    written = {}
    for model in (Supplier, Contract, FrameworkAgreement, Lot, Service, TargetGroup, Committee):
        name, pk = model._meta.model_name, model.objects.first().pk
        pages = [reverse(f"{name}:{page}") for page in ("index", "index_results", "add", "deleted")]
        pages += [f"{pages[0]}?export=csv", f"{pages[0]}?export=xlsx"]
        objects = ("inspect", "edit", "copy", "delete", "history", "usage")
        pages += [reverse(f"{name}:{page}", args=[pk]) for page in objects]
        written |= {page: found for page in pages if (found := writes_of(officer_client, page))}
    assert written == {}
