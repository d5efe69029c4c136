"""The comparison in the back office: its ladder, its choice bar, and that file and page say the same."""

import csv
import io

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from results.comparison import compare, printed
from results.models import ResultComment
from tests.conftest import client_for
from tests.factories import DeliveryFactory, MeasureFactory, MeasureVersionFactory, ResultCommentFactory, UserFactory
from tests.results.comparison.conftest import NOW

URL = "/admin/resultater/sammenligning/"


@pytest.fixture
def three(market):
    market.figure("Birkemose", market.sick, 30, 100)
    market.figure("Birkemose", market.resource, 10, 50)
    market.figure("Havgård", market.sick, 60, 120)
    market.figure("Havgård", market.resource, 9, 40)
    market.figure("Åmose", market.sick, 2, 40)
    return market


def lines_of(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def as_number(text):
    """Return "1.286", "0,8" and "0,80" as numbers; what is none ("25,1–44,2", the neutral mark) as it is."""
    plain = text.replace(".", "").replace(",", ".")
    return float(plain) if plain.replace(".", "").isdecimal() else text


def test_works_with_nothing_asked(officer_client, three):
    response = officer_client.get(URL)
    assert response.status_code == 200
    found = response.context["comparison"]
    assert (found.question.lot, found.question.period, found.question.measure) == (three.lot, NOW, three.measure)
    assert response.context["finding"] in response.content.decode()
    assert "klar afvigelse" in response.context["finding"]


def test_the_address_is_the_state(officer_client, three):
    asked = {"maal": "job_2m", "omraade": f"delaftale-{three.lot.pk}", "periode": "2023", "gruppe": "sygemeldte"}
    response = officer_client.get(URL, {**asked, "mod": "target", "maaltal": "30,5"})
    question = response.context["comparison"].question
    assert (question.benefit_group, question.reference, question.target) == (three.sick, "target", 0.305)
    assert 'value="30,5"' in response.content.decode()


def test_a_target_that_is_none_is_told_at_the_field(officer_client, three):
    for text, sentence in (("", "Skriv det mål"), ("130", "fra 0 til 100"), ("meget", "f.eks. 30")):
        response = officer_client.get(URL, {"mod": "target", "maaltal": text})
        assert response.status_code == 200
        assert response.context["comparison"] is None
        assert sentence in response.context["form"].errors["maaltal"][0]


@pytest.mark.parametrize(
    "asked",
    [{"maal": "findes-ikke"}, {"periode": "i fjor"}, {"omraade": "ramme-x"}, {"mod": "bedst"}, {"orden": "værst"}],
)
def test_a_choice_that_does_not_exist_is_told_not_guessed(officer_client, three, asked):
    response = officer_client.get(URL, asked)
    assert (response.status_code, response.context["comparison"]) == (200, None)
    (name,) = asked
    assert response.context["form"].errors[name] == [
        "Der er ingen tal for det, adressen spørger om. Vælg noget fra listen."
    ]
    assert three.measure.name in response.content.decode()


def test_a_period_without_figures_says_so(officer_client, three):
    response = officer_client.get(URL, {"periode": "2019"})
    assert "Der er ingen tal for leverandører til dette valg." in response.content.decode()


def test_without_figures_the_page_says_what_to_do(officer_client, db):
    response = officer_client.get(URL)
    assert reverse("results_delivery:index") in response.content.decode()
    assert "Der er endnu ingen tal" in response.content.decode()


def test_who_may_look(reader_client, supplier_client, three):
    assert reader_client.get(URL).status_code == 200
    assert "Skriv kommentar" not in reader_client.get(URL).content.decode()
    assert Client().get(URL).status_code == 302
    for client in (supplier_client, client_for(UserFactory())):
        assert client.get(URL).status_code == 403


def test_wrong_verb(officer_client, three):
    assert officer_client.post(URL).status_code == 405


def test_the_file_says_what_the_page_says(officer_client, three):
    page = officer_client.get(URL).context
    head, *body = lines_of(officer_client.get(URL, {"export": "csv"}))
    assert head[:3] == ["Leverandør", "Ydelsesgruppe", "Basis (forløb)"]
    assert len(body) == len(page["rows"])
    for (row, cells), line in zip(page["rows"], body, strict=True):
        for (heading, cell), text in zip(cells, line, strict=True):
            if heading.key not in {"supplier", "group", "notes", "verdict"} and cell.text != "–":
                assert as_number(text) == as_number(cell.text), heading.key
        assert line[0] == row.cells[0].text


def test_the_workbook_holds_numbers(officer_client, three):
    response = officer_client.get(URL, {"export": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1][:4] == ("Birkemose", "Sum af grupper", 150, 40)
    assert "Sammenligning" in response["Content-Disposition"]


def test_another_kind_of_file_is_404(officer_client, three):
    assert officer_client.get(URL, {"export": "exe"}).status_code == 404


def test_marks_of_what_may_not_leave_are_explained(officer_client, three):
    text = officer_client.get(URL).content.decode()
    assert "internt" in text
    assert "må ikke forlade kommunen" in text or "ikke må forlade kommunen" in text


def test_unvalidated_figures_come_only_when_asked_for(officer_client, market):
    market.figure("A", market.sick, 30, 100, delivery=DeliveryFactory(is_validated=False))
    assert officer_client.get(URL).context["comparison"] is None
    found = officer_client.get(URL, {"uvaliderede": "on"}).context["comparison"]
    assert [line.label for line in found.lines] == ["A"]


def test_a_count_is_shown_without_judgement(officer_client, market):
    measure = MeasureFactory(code="antal", kind="count")
    market.figure("A", market.sick, None, 120, measure_version=MeasureVersionFactory(measure=measure))
    response = officer_client.get(URL, {"maal": "antal"})
    assert [heading.key for heading in response.context["headings"]] == ["supplier", "group", "base", "notes"]


def test_places_are_shown_only_on_request(officer_client, three):
    assert "placering 1 til" not in officer_client.get(URL).content.decode()
    assert "placering 1 til" in officer_client.get(URL, {"placering": "on"}).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_follow_the_suppliers(officer_client, market, number, django_assert_num_queries):
    for place in range(number):
        for group in (market.sick, market.resource):
            market.figure(f"L{place}", group, 20 + place, 100)
    officer_client.get(URL)
    with django_assert_num_queries(35):
        officer_client.get(URL)


# --- comments


def comment_url(market, **more):
    supplier = market.suppliers["Havgård"].pk
    asked = {
        "maal": "job_2m",
        "omraade": f"delaftale-{market.lot.pk}",
        "periode": "2023",
        "leverandoer": supplier,
        **more,
    }
    return reverse("results:comment_write", query=asked)


def test_a_comment_is_written_on_behalf_of_the_supplier(officer_client, officer, three):
    assert officer_client.get(comment_url(three)).status_code == 200
    said = {"text": "Vi fik flere henvist.", "said_by": "Mail 3. marts"}
    response = officer_client.post(comment_url(three), said)
    assert response.status_code == 302
    comment = ResultComment.objects.get()
    assert (comment.text, comment.is_on_behalf, comment.written_by) == ("Vi fik flere henvist.", True, officer)
    assert (comment.lot, comment.framework, comment.period) == (three.lot, three.framework, NOW)
    assert comment.history.get().history_user == officer
    assert "Vi fik flere henvist." in officer_client.get(response.url).content.decode()


def test_a_second_comment_stands_in_place_of_the_first(officer_client, three):
    for text in ("Første", "Anden"):
        officer_client.post(comment_url(three), {"text": text, "said_by": "Møde"})
    comment = ResultComment.objects.get()
    assert (comment.text, comment.history.count()) == ("Anden", 2)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"text": "", "said_by": "Møde"}, "text"),
        ({"text": "Vi fik flere.", "said_by": ""}, "said_by"),
        ({"text": "Borger 010190-1234 kom ikke.", "said_by": "Møde"}, "text"),
    ],
)
def test_a_comment_that_cannot_stand_is_told_at_the_field(officer_client, three, sent, field):
    response = officer_client.post(comment_url(three), sent)
    assert list(response.context["form"].errors) == [field]
    assert not ResultComment.objects.exists()


def test_a_comment_is_removed_with_a_reason(officer_client, three):
    comment = ResultCommentFactory(supplier=three.suppliers["Havgård"])
    url = reverse("results:comment_remove", args=[comment.pk])
    assert officer_client.get(url).status_code == 200
    assert list(officer_client.post(url, {"reason": ""}).context["form"].errors) == ["reason"]
    assert officer_client.post(url, {"reason": "Skrevet ved en fejl"}).status_code == 302
    assert not ResultComment.objects.exists()
    assert ResultComment.history.first().history_change_reason == "Skrevet ved en fejl"


def test_who_may_not_write_comments(reader_client, supplier_client, three):
    remove = reverse("results:comment_remove", args=[ResultCommentFactory().pk])
    for url in (comment_url(three), remove):
        assert reader_client.get(url).status_code == 403
        assert reader_client.post(url, {"text": "x", "said_by": "y", "reason": "z"}).status_code == 403
        assert supplier_client.get(url).status_code == 403
    assert ResultComment.objects.count() == 1


def test_a_comment_on_no_figure_is_404(officer_client, three):
    assert officer_client.get(comment_url(three, leverandoer="")).status_code == 404
    assert officer_client.get(comment_url(three, leverandoer="999999")).status_code == 404
    assert officer_client.get(reverse("results:comment_remove", args=[999999])).status_code == 404


def test_the_table_prints_what_was_compared(three):
    found = compare(three.question())
    texts = {
        (row.cells[0].text, row.cells[1].text): [cell.text for cell in row.cells[2:6]] for row in printed.rows(found)
    }
    assert texts["Havgård", "Sum af grupper"] == ["160", "69", "43,1", "35,7–50,9"]
    assert texts["Åmose", "Sygemeldte"] == ["40", "2", "5,0", "1,4–16,5"]
