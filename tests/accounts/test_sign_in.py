"""Signing in, out and by a new password, as people meet it."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.services import set_external
from tests.factories import UserFactory

PASSWORD = "en lang og god adgangskode"


@pytest.fixture
def colleague(officer: User) -> User:
    officer.set_password(PASSWORD)
    officer.save()
    return officer


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str):
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


@pytest.mark.parametrize("spelling", ["procurement@kommune.example", "Procurement@Kommune.example"])
def test_sign_in_leads_to_the_back_office(client: Client, colleague: User, spelling: str):
    response = sign_in(client, spelling)
    assert response.headers["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_sign_in_leads_back_to_the_page_that_asked(client: Client, colleague: User):
    asked = client.get("/admin/reports/", follow=True)
    assert asked.redirect_chain[-1][0] == "/konto/login/?next=%2Fadmin%2Freports%2F"
    assert 'name="next" value="/admin/reports/"' in asked.content.decode()
    assert sign_in(client, colleague.email, next="/admin/reports/").headers["Location"] == "/admin/reports/"


def test_sign_in_never_leads_to_another_host(client: Client, colleague: User):
    assert sign_in(client, colleague.email, next="https://ond.example/").headers["Location"] == "/admin/"


def test_sign_in_of_a_supplier_leads_to_the_portal(client: Client, supplier_user: User):
    supplier_user.set_password(PASSWORD)
    supplier_user.save()
    assert sign_in(client, supplier_user.email).headers["Location"] == "/portal/"


@pytest.mark.parametrize("email", ["procurement@kommune.example", "ukendt@kommune.example"])
def test_failed_sign_in_says_the_same_of_known_and_unknown(client: Client, colleague: User, email: str):
    html = sign_in(client, email, "forkert").content.decode()
    summary = html[html.index('role="alert"') : html.index("<form method")]
    assert re.findall(r"<li>(.*?)</li>", summary) == ["Den angivne emailadresse og/eller adgangskode er ikke korrekt."]


def test_empty_sign_in_has_a_summary_that_leads_to_each_field(client: Client, db: None):
    html = client.post(reverse("account_login"), {}).content.decode()
    assert re.findall(r'<li><a href="#(\w+)">', html) == ["id_login", "id_password"]
    for name in ("id_login", "id_password"):
        field = re.search(rf'<input[^>]*id="{name}"[^>]*>', html).group()
        assert 'aria-invalid="true"' in field
        for target in re.search(r'aria-describedby="([^"]+)"', field).group(1).split():
            assert f'id="{target}"' in html


def test_somebody_switched_off_cannot_sign_in(client: Client, colleague: User):
    colleague.is_active = False
    colleague.save()
    sign_in(client, colleague.email)
    assert client.get("/admin/").status_code == 302


def test_admin_sign_in_is_the_one_sign_in(client: Client, db: None):
    assert client.get("/admin/login/?next=/admin/pages/").headers["Location"] == "/konto/login/?next=/admin/pages/"


def test_sign_out_asks_first_with_a_way_back(officer_client: Client):
    response = officer_client.get(reverse("account_logout"))
    assert response.status_code == 200
    assert 'href="/admin/"' in response.content.decode()
    assert officer_client.get("/admin/").status_code == 200


def test_sign_out_ends_the_session_and_leads_to_the_front_page(officer_client: Client):
    response = officer_client.post(reverse("account_logout"))
    assert response.headers["Location"] == "/"
    assert officer_client.get("/admin/").status_code == 302


def test_new_password_by_mail(client: Client, colleague: User):
    client.post(reverse("account_reset_password"), {"email": colleague.email})
    address = re.search(r"http://\S+?(/konto/\S+)", mail.outbox[0].body).group(1)
    form = client.get(address, follow=True)
    html = form.content.decode()
    assert html.count('type="password"') == 2
    client.post(form.redirect_chain[-1][0], {"password1": PASSWORD + "!", "password2": PASSWORD + "!"})
    assert sign_in(Client(), colleague.email, PASSWORD + "!").headers["Location"] == "/admin/"


def test_new_password_for_an_unknown_address_gets_the_same_answer(client: Client, colleague: User):
    answers = [
        client.post(reverse("account_reset_password"), {"email": email}).headers["Location"]
        for email in (colleague.email, "ukendt@kommune.example")
    ]
    assert answers == [reverse("account_reset_password_done")] * 2


def test_weak_password_is_refused_with_the_reason_at_the_field(officer_client: Client, officer: User):
    officer.set_password(PASSWORD)
    officer.save()
    officer_client.force_login(officer)
    data = {"oldpassword": PASSWORD, "password1": "kort", "password2": "kort"}
    html = officer_client.post(reverse("account_change_password"), data).content.decode()
    assert 'id="id_password1_error"' in html


def test_nobody_signs_up_by_themselves(client: Client, db: None):
    client.post(
        reverse("account_signup"), {"email": "ny@kommune.example", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert not User.objects.filter(email="ny@kommune.example").exists()


PAGES = ("account_login", "account_reset_password", "account_reset_password_done", "account_signup", "account_inactive")
OWN_PAGES = ("account_logout", "account_change_password", "account_email")


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_sign_in_are_in_the_site(client: Client, db: None, name: str):
    assert_in_the_site(client.get(reverse(name), follow=True).content.decode())


@pytest.mark.parametrize("name", OWN_PAGES)
def test_pages_of_the_account_are_in_the_site(db: None, name: str):
    user = UserFactory()
    user.set_password(PASSWORD)
    user.save()
    client = Client()
    client.force_login(user)
    assert_in_the_site(client.get(reverse(name), follow=True).content.decode())


def assert_in_the_site(html: str) -> None:
    assert html.count("<h1>") == 1
    assert '<html lang="da">' in html
    assert "dkfds.min.css" in html
    assert re.search(r"<title>\s*\S", html)
    assert re.findall(r"<script(?![^>]*(?:\bsrc=|application/json))|<style|\sstyle=|\son\w+=", html) == []


def test_a_suppliers_person_is_led_to_the_portal_from_wherever_they_are(client: Client, supplier_user: User):
    set_external(supplier_user, is_external=True, by=None)
    client.force_login(supplier_user)
    for address, status in (("/soeg/", 200), ("/admin/", 403)):
        response = client.get(address)
        assert (response.status_code, 'href="/portal/"' in response.content.decode()) == (status, True)


def test_staff_are_not_led_to_the_portal(client: Client, colleague: User):
    client.force_login(colleague)
    assert 'href="/portal/"' not in client.get("/soeg/").content.decode()
