"""What is due is settled in one click, with evidence or with a reason, and each can be undone."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from time_machine import travel

from accounts.models import User
from contracts.models import Document, Obligation, ObligationOccurrence, ObligationSet
from contracts.services import fulfil_obligation
from tests.factories import (
    ContractFactory,
    DocumentCategoryFactory,
    DocumentFactory,
    FrameworkAgreementFactory,
    LotFactory,
    ObligationFactory,
    ObligationOccurrenceFactory,
    ObligationSetFactory,
    ObligationTemplateFactory,
    SupplierFactory,
)
from tests.records.files.made import PDF, office, upload
from tests.records.forms import posted

TODAY = dt.date(2026, 3, 15)
DUE = dt.date(2026, 3, 12)


@pytest.fixture(autouse=True)
def _today() -> None:
    with travel(dt.datetime(2026, 3, 15, 10, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def occurrence(db: None) -> ObligationOccurrence:
    return ObligationOccurrenceFactory(obligation__title="Forsikringsbevis", obligation__first_due_on=DUE, due_on=DUE)


def page(name: str, record: object) -> str:
    return reverse(f"contracts:{name}", args=[record.pk])


# --- who may

POSTED = ["occurrence_fulfil_now", "occurrence_reopen"]
FORMS = ["occurrence_fulfil", "occurrence_waive"]


@pytest.mark.parametrize("name", [*POSTED, *FORMS])
def test_only_those_who_may_change_settle(
    occurrence: ObligationOccurrence, reader_client: Client, supplier_client: Client, name: str
) -> None:
    address = page(name, occurrence)
    assert [client.post(address).status_code for client in (reader_client, supplier_client)] == [403, 403]
    assert Client().post(address).status_code == 302
    occurrence.refresh_from_db()
    assert occurrence.is_open


@pytest.mark.parametrize("name", [*POSTED, *FORMS])
def test_what_is_not_there_is_404_and_the_wrong_verb_405(
    occurrence: ObligationOccurrence, officer_client: Client, name: str
) -> None:
    assert officer_client.post(reverse(f"contracts:{name}", args=[occurrence.pk + 1])).status_code == 404
    assert officer_client.get(page(name, occurrence)).status_code == (405 if name in POSTED else 200)
    assert officer_client.put(page(name, occurrence)).status_code == 405


# --- one click


def test_fulfilled_in_one_click_and_undone(
    occurrence: ObligationOccurrence, officer_client: Client, officer: User
) -> None:
    here = reverse("obligation_occurrence:index")
    response = officer_client.post(page("occurrence_fulfil_now", occurrence), {"next": here}, follow=True)
    assert response.redirect_chain == [(here, 302)]
    occurrence.refresh_from_db()
    assert (occurrence.state, occurrence.settled_on) == ("fulfilled", TODAY)
    assert occurrence.history.first().history_user == officer
    text = response.content.decode()
    assert "“Forsikringsbevis, 12. marts 2026” er opfyldt." in text
    assert f'action="{page("occurrence_reopen", occurrence)}"' in text
    officer_client.post(page("occurrence_reopen", occurrence), {"next": here})
    occurrence.refresh_from_db()
    assert occurrence.is_open


def test_second_click_is_told(occurrence: ObligationOccurrence, officer_client: Client, officer: User) -> None:
    fulfil_obligation(occurrence, on=DUE, by=officer)
    response = officer_client.post(page("occurrence_fulfil_now", occurrence), follow=True)
    assert "allerede afsluttet: opfyldt 12. marts 2026" in response.content.decode()
    assert response.redirect_chain[0][0] == reverse("obligation:inspect", args=[occurrence.obligation_id])


def test_one_is_not_sent_elsewhere(occurrence: ObligationOccurrence, officer_client: Client) -> None:
    address = page("occurrence_fulfil_now", occurrence)
    assert officer_client.post(address, {"next": "https://ond.example/"})["Location"].startswith("/admin/")


# --- with evidence


def test_fulfilled_with_a_document_that_is_there(occurrence: ObligationOccurrence, officer_client: Client) -> None:
    document = DocumentFactory(contract=occurrence.obligation.contract)
    strange = DocumentFactory()
    address = page("occurrence_fulfil", occurrence)
    offered = officer_client.get(address).context["form"].fields["document"].queryset
    assert list(offered) == [document]
    data = posted(officer_client, address, document=str(document.pk), on="2026-03-10", note="Modtaget pr. mail")
    assert officer_client.post(address, data).status_code == 302
    occurrence.refresh_from_db()
    assert (occurrence.evidence, occurrence.settled_on, occurrence.note) == (
        document,
        dt.date(2026, 3, 10),
        "Modtaget pr. mail",
    )
    assert officer_client.post(address, data | {"document": str(strange.pk)}).status_code == 200


def test_fulfilled_with_a_file_brought_on_the_spot(occurrence: ObligationOccurrence, officer_client: Client) -> None:
    category, address = DocumentCategoryFactory(expires=True), page("occurrence_fulfil", occurrence)
    data = posted(officer_client, address, file=upload("bevis.pdf", PDF), category=str(category.pk))
    response = officer_client.post(address, data)
    assert "Skriv dagen" in response.context["form"].errors["expires_on"][0]
    data |= {"file": upload("bevis.pdf", PDF), "expires_on": "2027-03-12"}
    assert officer_client.post(address, data).status_code == 302
    document = Document.objects.get()
    assert (document.title, document.contract) == ("Forsikringsbevis, 12. marts 2026", occurrence.obligation.contract)
    occurrence.refresh_from_db()
    assert occurrence.evidence == document
    # The next time the same kind is offered.
    second = ObligationOccurrenceFactory(obligation=occurrence.obligation, due_on=dt.date(2027, 3, 12))
    assert officer_client.get(page("occurrence_fulfil", second)).context["form"].initial["category"] == category.pk


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"on": "2026-03-16"}, "on", "ligger i fremtiden"),
        ({"on": ""}, "on", "udfyldes"),
        ({"file": ("bevis.pdf", PDF)}, "category", "hvilken slags dokument"),
        ({"file": ("bevis.exe", PDF)}, "category", "hvilken slags dokument"),
        ({"file": ("makro.docx", office(".docx", word__vbaProject_bin=b"x")), "category": "x"}, "file", "makroer"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_done(
    occurrence: ObligationOccurrence, officer_client: Client, changes: dict, field: str, sentence: str
) -> None:
    address = page("occurrence_fulfil", occurrence)
    data = posted(officer_client, address, **changes)
    if "file" in changes:
        data["file"] = upload(*changes["file"])
    if "category" in changes:
        data["category"] = str(DocumentCategoryFactory().pk)
    response = officer_client.post(address, data)
    assert sentence in response.context["form"].errors[field][0]
    occurrence.refresh_from_db()
    assert (occurrence.is_open, Document.objects.count()) == (True, 0)


def test_too_large_is_told_before_it_is_read(
    occurrence: ObligationOccurrence, officer_client: Client, settings
) -> None:
    settings.DOCUMENT_MAX_BYTES = 1000
    address = page("occurrence_fulfil", occurrence)
    data = posted(officer_client, address, file=upload("bevis.pdf", PDF + bytes(2 * 1024 * 1024)))
    form = officer_client.post(address, data).context["form"]
    assert list(form.errors) == ["file"]
    assert "Intet andet i formularen" in form.errors["file"][0] or "større end" in form.errors["file"][0]


def test_waived_with_a_reason(occurrence: ObligationOccurrence, officer_client: Client) -> None:
    address = page("occurrence_waive", occurrence)
    response = officer_client.post(address, posted(officer_client, address))
    assert "hvorfor" in response.context["form"].errors["reason"][0]
    data = posted(officer_client, address, reason="Kontrakten ophører om lidt")
    assert officer_client.post(address, data).status_code == 302
    occurrence.refresh_from_db()
    assert (occurrence.state, occurrence.note) == ("waived", "Kontrakten ophører om lidt")


# --- registers


def fill(rows: int) -> None:
    for _row in range(rows):
        obligation = ObligationFactory(template=ObligationTemplateFactory(), every_months=12, first_due_on=DUE)
        ObligationOccurrenceFactory(obligation=obligation, due_on=DUE)
        document = DocumentFactory(contract=obligation.contract)
        ObligationOccurrenceFactory(
            obligation=obligation, due_on="2025-03-12", state="fulfilled", settled_on=DUE, evidence=document
        )


@pytest.mark.parametrize(("register", "count", "queries"), [("obligation", 1, 8), ("obligation_occurrence", 2, 9)])
@pytest.mark.parametrize("rows", [1, 3])
def test_register_takes_the_same_queries(
    officer_client: Client, register: str, count: int, queries: int, rows: int
) -> None:
    fill(rows)
    with CaptureQueriesContext(connection) as asked:
        response = officer_client.get(reverse(f"{register}:index_results"))
    assert len(response.context["object_list"]) == rows * count
    assert len(asked) == queries


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_of_an_agreement_take_the_same_queries(officer_client: Client, rows: int) -> None:
    contract = ContractFactory()
    for number in range(rows):
        obligation = ObligationFactory(contract=contract, every_months=12)
        for year in (2025, 2026):
            ObligationOccurrenceFactory(obligation=obligation, due_on=dt.date(year, 3, number + 1))
    address = reverse("contract:inspect", args=[contract.pk])
    with CaptureQueriesContext(connection) as asked:
        response = officer_client.get(address)
    assert len(response.context["obligations"].rows) == rows
    assert len(asked) == 23


def test_pages_open_for_readers_without_what_they_may_not_do(
    occurrence: ObligationOccurrence, officer_client: Client, reader_client: Client, supplier_client: Client
) -> None:
    obligation = occurrence.obligation
    pages = [
        reverse("obligation:index"),
        reverse("obligation:inspect", args=[obligation.pk]),
        reverse("obligation_occurrence:index"),
        reverse("obligation_occurrence:inspect", args=[occurrence.pk]),
        reverse("contract:inspect", args=[obligation.contract.pk]),
    ]
    action = page("occurrence_fulfil_now", occurrence)
    for address in pages:
        assert supplier_client.get(address).status_code == 403
        texts = [client.get(address).content.decode() for client in (officer_client, reader_client)]
        assert [f'action="{action}"' in text for text in texts] == [address != pages[0], False]


def test_what_is_due_is_filtered_in_the_address(officer_client: Client, officer: User) -> None:
    framework = FrameworkAgreementFactory(responsible=officer)
    contract = ContractFactory(lot=LotFactory(framework=framework))
    mine = ObligationFactory(contract=contract, kind="meeting", party="municipality")
    of_framework = ObligationFactory(contract=None, framework=framework)
    others = ObligationFactory(contract=ContractFactory(responsible=officer), owner=None)
    late = ObligationOccurrenceFactory(obligation=mine, due_on=DUE)
    today = ObligationOccurrenceFactory(obligation=of_framework, due_on=TODAY)
    done = ObligationOccurrenceFactory(obligation=others, due_on=DUE, state="fulfilled", settled_on=DUE)

    def found(query: str) -> list[ObligationOccurrence]:
        address = f"{reverse('obligation_occurrence:index')}?{query}"
        return sorted(officer_client.get(address).context["object_list"], key=lambda row: row.pk)

    assert found("state=overdue") == [late]
    assert found("state=coming") == [today]
    assert found("state=overdue&state=coming") == [late, today]
    assert found("state=fulfilled") == [done]
    assert found("kind=meeting") == [late]
    assert found("party=municipality") == [late]
    assert found(f"framework={framework.pk}") == [late, today]
    assert found(f"followed_up_by={officer.pk}") == [late, today, done]
    assert found(f"supplier={contract.supplier.cvr}") == [late]
    assert found("due_on_from=2026-03-13&due_on_to=2026-03-20") == [today]
    assert found("q=" + contract.number) == [late]


def test_export_is_what_is_seen_without_buttons(occurrence: ObligationOccurrence, officer_client: Client) -> None:
    address = f"{reverse('obligation_occurrence:index')}?export=csv"
    lines = b"".join(officer_client.get(address).streaming_content).decode("utf-8-sig").splitlines()
    source = occurrence.obligation.source
    assert lines[1] == f"Forsikringsbevis;2026-03-12;3 dage over fristen;{source};Leverandøren;;;;"
    assert "Handlinger" not in lines[0]


def test_menu_opens_what_waits(officer_client: Client) -> None:
    text = officer_client.get(reverse("obligation:index")).content.decode()
    assert re.search(r"forpligtelser/frister/\?state=overdue\\u0026state=coming|state=overdue&amp;state=coming", text)


# --- obligations


def test_obligation_is_added_from_the_agreements_page(officer_client: Client) -> None:
    contract = ContractFactory()
    address = f"{reverse('obligation:add')}?contract={contract.pk}"
    data = posted(officer_client, address, title="Kvartalsmøde", first_due_on="2026-04-01", every_months="3")
    assert data["contract"] == str(contract.pk)
    assert officer_client.post(address, data).status_code == 302
    obligation = Obligation.objects.get()
    assert (obligation.contract, obligation.occurrences.count()) == (contract, 8)


def test_what_does_not_hold_together_stands_on_the_form(officer_client: Client) -> None:
    address = reverse("obligation:add")
    data = posted(officer_client, address, title="Møde", contract=ContractFactory().pk)
    assert "enten en dag" in officer_client.post(address, data).content.decode()


def test_change_of_what_flowed_says_so_and_is_undone(officer_client: Client) -> None:
    template = ObligationTemplateFactory(title="Møde", days_after_start=30)
    obligation = ObligationFactory(template=template, title="Møde", days_after_start=30, first_due_on=None)
    address = reverse("obligation:edit", args=[obligation.pk])
    assert officer_client.post(address, posted(officer_client, address, title="Møde og besøg")).status_code == 302
    here = reverse("obligation:inspect", args=[obligation.pk])
    assert "ændret for denne kontrakt" in officer_client.get(here).content.decode()
    assert officer_client.post(page("obligation_follow_set", obligation)).status_code == 302
    obligation.refresh_from_db()
    assert (obligation.title, obligation.follows_set) == ("Møde", True)


def test_obligation_without_a_set_follows_none(officer_client: Client, reader_client: Client) -> None:
    obligation = ObligationFactory()
    address = page("obligation_follow_set", obligation)
    assert (reader_client.post(address).status_code, officer_client.get(address).status_code) == (403, 405)
    assert "ikke fra et sæt" in officer_client.post(address, follow=True).content.decode()


def test_settled_obligation_is_not_deleted_and_the_page_says_why(officer_client: Client, officer: User) -> None:
    occurrence = ObligationOccurrenceFactory()
    fulfil_obligation(occurrence, on=DUE, by=officer)
    address = reverse("obligation:delete", args=[occurrence.obligation_id])
    assert "kræves" in officer_client.post(address).content.decode()
    assert Obligation.objects.count() == 1


def test_copy_is_an_obligation_of_its_own(officer_client: Client) -> None:
    obligation = ObligationFactory(template=ObligationTemplateFactory())
    form = officer_client.get(reverse("obligation:copy", args=[obligation.pk])).context["form"]
    assert (form.instance.template, form.initial["contract"]) == (None, None)


# --- sets


def test_set_is_made_and_its_form_shows_where_it_flows(officer_client: Client) -> None:
    contract = ContractFactory(supplier=SupplierFactory(name="Havgård"))
    address = reverse("obligationset:add")
    data = posted(officer_client, address, name="Fælles krav", lots=[str(contract.lot.pk)])
    rule = {"title": "Møde", "kind": "meeting", "party": "supplier", "days_after_start": "30", "every_months": "3"}
    data |= {f"templates-0-{name}": value for name, value in rule.items()}
    data |= {"templates-TOTAL_FORMS": "1", "templates-0-ORDER": "1", "templates-0-id": ""}
    assert officer_client.post(address, data).status_code == 302
    assert [row.title for row in contract.obligations.all()] == ["Møde"]
    text = officer_client.get(reverse("obligationset:edit", args=[ObligationSet.objects.get().pk])).content.decode()
    assert reverse("contract:inspect", args=[contract.pk]) in text


def test_set_is_deleted_through_its_service(officer_client: Client) -> None:
    template, contract = ObligationTemplateFactory(), ContractFactory()
    obligation = ObligationFactory(template=template, contract=contract)
    address = reverse("obligationset:delete", args=[template.obligation_set.pk])
    assert officer_client.post(address).status_code == 302
    obligation.refresh_from_db()
    assert (obligation.template, obligation.withdrawn_on) == (None, TODAY)


def test_set_in_no_lot_says_so(officer_client: Client) -> None:
    address = reverse("obligationset:edit", args=[ObligationSetFactory().pk])
    assert "flyder det ingen steder hen" in officer_client.get(address).content.decode()
