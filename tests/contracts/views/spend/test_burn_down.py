"""Pages, pictures and files about ceilings."""

import datetime as dt
import io
import re

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from contracts.models import FrameworkAgreement
from tests.factories import ContractFactory, FrameworkAgreementFactory, LotFactory, SpendFactory

TODAY = dt.date(2026, 6, 15)
MONTHS = [dt.date(2026, number, 1) for number in (1, 2, 3, 5, 6)]


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(TODAY, tick=False)


@pytest.fixture
def framework(db) -> FrameworkAgreement:
    framework = FrameworkAgreementFactory(code="ramme", name="Rammen", ceiling_dkk=10_000_000)
    lot = LotFactory(framework=framework, code="1", name="Unge", ceiling_dkk=2_000_000)
    contract = ContractFactory(number="K-1", lot=lot, expected_referrals_per_year=24)
    for place, month in enumerate(MONTHS):
        SpendFactory(contract=contract, month=month, amount_dkk=600_000 + 10_000 * place, referrals=2)
    return framework


def page_of(client, name, record):
    response = client.get(reverse(f"contracts:{name}", args=[record.pk]))
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode().replace("\N{NO-BREAK SPACE}", " "))


def test_a_framework_says_what_is_used_and_when_it_will_be(reader_client, framework):
    page = page_of(reader_client, "burn_down", framework)
    assert "Der er brugt 3.100.000 kr. til og med juni 2026: 31,0 % af loftet på 10.000.000 kr." in page
    assert "Med samme forbrug som i de seneste måneder er loftet brugt op i" in page
    assert "Der er ikke indlæst tal for april 2026" in page
    assert "Prognosen bygger på de seneste 4 hele måneder" in page
    assert page.count('class="marks"') == 2
    assert 'role="img" aria-label="Kurve over forbruget måned for måned. Der er brugt' in page
    assert "ikke afsluttet" in page  # June
    assert reverse("contracts:lot_burn_down", args=[framework.lots.get().pk]) in page


def test_a_lot_that_is_over_raises_the_alarm(reader_client, framework):
    page = page_of(reader_client, "lot_burn_down", framework.lots.get())
    assert "help-critical" in page
    assert "Loftet er overskredet med 1.100.000 kr. Der må ikke visiteres nye borgere" in page
    assert "Loftet blev brugt op i maj 2026." in page
    assert "Stiplet linje" not in page


def test_without_figures_and_without_a_ceiling(reader_client, framework):
    assert "Der er endnu ikke indlæst forbrug." in page_of(reader_client, "burn_down", FrameworkAgreementFactory())
    framework.ceiling_dkk = None
    framework.save()
    assert "Der er ikke sat et loft." in page_of(reader_client, "burn_down", framework)


def test_referrals_against_those_expected(reader_client, framework):
    page = page_of(reader_client, "framework_referrals", framework)
    cells = re.findall(r'<td class="sheet-number">(.*?)</td>', page)
    assert cells == ["01.01.2026 – 31.05.2026", "2.460.000 kr.", "8", "8,0", "100,0 %"]
    assert "Forventet, ikke garanteret" in page


def test_the_same_figures_as_a_file(reader_client, framework):
    url = reverse("contracts:burn_down_csv", args=[framework.pk])
    response = reader_client.get(url)
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert "forbrug-ramme-2026-06-15.csv" in response["Content-Disposition"]
    first, second, *_rest = text.splitlines()
    assert first.startswith("Rammeaftale;")
    assert second == "Rammen;;2026-01-01;600000,00;2;600000,00;10000000,00;6,0;Ja"
    assert len(text.splitlines()) == 1 + 2 * len(MONTHS)
    content = reader_client.get(reverse("contracts:burn_down_xlsx", args=[framework.pk])).content
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.values)
    assert rows[6][1:4] == ("1 Unge", dt.datetime(2026, 1, 1), 600000)  # noqa: DTZ001


def test_the_frameworks_own_page_leads_there(reader_client, framework):
    page = reader_client.get(reverse("frameworkagreement:inspect", args=[framework.pk])).content.decode()
    assert reverse("contracts:burn_down", args=[framework.pk]) in page


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("burn_down", 14), ("framework_referrals", 15)])
def test_query_count(reader_client, framework, django_assert_num_queries, count, name, queries):
    for _place in range(count):
        lot = LotFactory(framework=framework)
        SpendFactory.create_batch(count, contract__lot=lot, month=MONTHS[0])
    url = reverse(f"contracts:{name}", args=[framework.pk])
    reader_client.get(url)
    with django_assert_num_queries(queries):
        reader_client.get(url)


@pytest.mark.parametrize("name", ["burn_down", "burn_down_csv", "burn_down_xlsx", "framework_referrals"])
def test_who_may_look(supplier_client, reader_client, framework, name):
    url = reverse(f"contracts:{name}", args=[framework.pk])
    for client in (supplier_client, Client()):
        assert client.get(url).status_code in {302, 403, 404}
    assert reader_client.get(reverse(f"contracts:{name}", args=[0])).status_code == 404
    assert reader_client.post(url).status_code == 405


def test_a_lot_that_is_not_there(reader_client, db):
    assert reader_client.get(reverse("contracts:lot_burn_down", args=[1])).status_code == 404
