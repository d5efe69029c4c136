from __future__ import annotations

from django.test import Client

from accounts.enums import Role
from accounts.models import User
from committees.models import Decision
from records.services import save_record
from suppliers.models import Supplier
from tests.conftest import person_with
from tests.factories import LotFactory, SupplierFactory, TargetGroupFactory
from tests.records.forms import as_posted, posted
from tests.records.test_services import decision_with
from tests.records.test_views_edits import edit_of


def another(officer: User) -> User:
    return person_with(Role.ADMINISTRATOR)


def test_the_second_is_told_and_neither_loses_text(officer_client: Client, officer: User) -> None:
    supplier = SupplierFactory(name="Navn", note="Gammel note", website="")
    mine = posted(officer_client, edit_of(supplier), note="Min note", change_reason="Min grund")
    supplier.note, supplier.website = "Den andens note", "https://anden.example"
    save_record(supplier, by=another(officer))

    response = officer_client.post(edit_of(supplier), mine)

    assert response.status_code == 409
    assert Supplier.objects.get().note == "Den andens note"
    page = response.content.decode()
    form = response.context["form"]
    assert (form["note"].value(), form["website"].value()) == ("Min note", "https://anden.example")
    assert form["change_reason"].value() == "Min grund"
    assert "Den andens note" in page
    assert "Gammel note" in page


def test_after_reading_both_the_second_can_save(officer_client: Client, officer: User) -> None:
    supplier = SupplierFactory(note="Gammel note", website="")
    mine = posted(officer_client, edit_of(supplier), note="Min note")
    supplier.website = "https://anden.example"
    save_record(supplier, by=another(officer))
    conflict = officer_client.post(edit_of(supplier), mine).context["form"]
    assert officer_client.post(edit_of(supplier), as_posted(conflict)).status_code == 302
    saved = Supplier.objects.get()
    assert (saved.note, saved.website) == ("Min note", "https://anden.example")


def test_links_of_both_are_kept_apart(officer_client: Client, officer: User) -> None:
    lot, unge, voksne = LotFactory(name="Navn"), TargetGroupFactory(), TargetGroupFactory()
    mine = posted(officer_client, edit_of(lot), target_groups=[str(unge.pk)])
    lot.name = "Den andens navn"
    save_record(lot, related={"target_groups": [voksne]}, by=another(officer))
    form = officer_client.post(edit_of(lot), mine).context["form"]
    assert form["name"].value() == "Den andens navn"
    assert list(form["target_groups"].value()) == [unge.pk]


def test_links_that_i_left_alone_are_the_others(officer_client: Client, officer: User) -> None:
    lot, voksne = LotFactory(name="Navn"), TargetGroupFactory()
    mine = posted(officer_client, edit_of(lot), name="Mit navn")
    save_record(lot, related={"target_groups": [voksne]}, by=another(officer))
    form = officer_client.post(edit_of(lot), mine).context["form"]
    assert form["name"].value() == "Mit navn"
    assert list(form["target_groups"].value()) == [voksne.pk]


def texts(form: object) -> list[str]:
    return [child["text"].value() for child in form.formsets["points"].forms]


def test_my_children_stand_when_the_other_changed_the_parent(officer_client: Client, officer: User) -> None:
    decision = decision_with("A", "B")
    mine = posted(officer_client, edit_of(decision)) | {"points-0-text": "Min A"}
    decision = Decision.objects.get()
    decision.title = "Den andens titel"
    save_record(decision, by=another(officer))
    form = officer_client.post(edit_of(decision), mine).context["form"]
    assert (form["title"].value(), texts(form)) == ("Den andens titel", ["Min A", "B"])


def test_a_child_that_the_other_deleted_comes_back_when_i_changed_it(officer_client: Client, officer: User) -> None:
    decision = decision_with("A", "B")
    mine = posted(officer_client, edit_of(decision)) | {"points-1-text": "Min B"}
    decision = Decision.objects.get()
    decision.points = decision.points.all()[:1]
    save_record(decision, by=another(officer))
    conflict = officer_client.post(edit_of(decision), mine)
    assert (conflict.status_code, texts(conflict.context["form"])) == (409, ["A", "Min B"])


def test_children_that_i_left_alone_are_the_others(officer_client: Client, officer: User) -> None:
    decision = decision_with("A", "B")
    mine = posted(officer_client, edit_of(decision), title="Min titel")
    decision = Decision.objects.get()
    first, second = decision.points.all()
    second.text = "Den andens B"
    decision.points = [first, second]
    save_record(decision, by=another(officer))
    form = officer_client.post(edit_of(decision), mine).context["form"]
    assert (form["title"].value(), texts(form)) == ("Min titel", ["A", "Den andens B"])


def test_a_form_without_its_version_is_not_trusted(officer_client: Client) -> None:
    supplier = SupplierFactory(name="Før")
    data = posted(officer_client, edit_of(supplier), name="Efter", loaded_version="")
    response = officer_client.post(edit_of(supplier), data)
    assert response.status_code == 409
    assert response.context["form"]["name"].value() == "Efter"
    assert Supplier.objects.get().name == "Før"
