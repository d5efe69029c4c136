"""The registers of buffers and reminder rules."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from contracts.models import DeadlineSetting, ReminderRule
from tests.factories import ContractFactory, FrameworkAgreementFactory
from tests.records.forms import posted


def test_buffers_are_changed_and_neither_added_nor_deleted(officer_client: Client, reader_client: Client) -> None:
    setting = DeadlineSetting.objects.get(kind="option")
    edit = reverse("deadlinesetting:edit", args=[setting.pk])
    form = posted(officer_client, edit, administration_days=90, change_reason="Mere tid")
    assert officer_client.post(edit, form).status_code == 302
    setting.refresh_from_db()
    assert (setting.administration_days, setting.history.latest().history_change_reason) == (90, "Mere tid")
    assert reader_client.get(edit).status_code == 403
    assert reader_client.get(reverse("deadlinesetting:index")).status_code == 200
    for page in ("new/", f"delete/{setting.pk}/"):
        assert officer_client.get(f"{reverse('deadlinesetting:index')}{page}").status_code == 404


def test_a_buffer_of_a_lifetime_is_refused(officer_client: Client) -> None:
    edit = reverse("deadlinesetting:edit", args=[DeadlineSetting.objects.get(kind="option").pk])
    response = officer_client.post(edit, posted(officer_client, edit, administration_days=5000))
    assert (response.status_code, list(response.context["form"].errors)) == (200, ["administration_days"])


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, None),
        ({"whom": "person"}, "person"),
        ({"person": "officer"}, "person"),
        ({"whom": "person", "person": "officer"}, None),
        ({"contract": "one", "framework": "one"}, "framework"),
        ({"days": 5000}, "days"),
        ({"days": ""}, "days"),
    ],
)
def test_a_rule_is_added_or_refused_at_its_field(
    officer_client: Client, officer: User, fields: dict[str, object], wrong: str | None
) -> None:
    rows = {
        "person": officer.pk,
        "contract": ContractFactory().pk,
        "framework": FrameworkAgreementFactory().pk,
    }
    given = {name: rows.get(name, value) for name, value in fields.items()}
    before = ReminderRule.objects.count()
    data = {"kind": "option", "days": 45, "moment": "before_due", "whom": "team", "is_active": "on", **given}
    response = officer_client.post(reverse("reminderrule:add"), data)
    if wrong is None:
        assert response.status_code == 302
        assert ReminderRule.objects.count() == before + 1
    else:
        assert (response.status_code, list(response.context["form"].errors)) == (200, [wrong])
        assert ReminderRule.objects.count() == before


def test_rules_are_read_in_words(officer_client: Client) -> None:
    assert "Option: 14 dage før fristen" in officer_client.get(reverse("reminderrule:index")).content.decode()
