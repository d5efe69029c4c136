import pytest
from django.test import Client
from django.urls import reverse

from results.models import Delivery
from results.services import withdraw_delivery
from tests.factories import DeliveryFactory, MeasureVersionFactory, ObservationFactory
from tests.records.forms import posted

WITHDRAW, REINSTATE = "results:delivery_withdraw", "results:delivery_reinstate"
LISTS = ["delivery", "observation", "measure", "measure_version", "benefit_group"]


def url_of(name, delivery):
    return reverse(name, args=[delivery.pk])


def test_withdraw_works(officer_client, officer):
    delivery = DeliveryFactory()
    assert officer_client.get(url_of(WITHDRAW, delivery)).status_code == 200
    response = officer_client.post(url_of(WITHDRAW, delivery), {"reason": "Januar mangler"})
    assert response.url == url_of("results_delivery:inspect", delivery)
    delivery.refresh_from_db()
    assert (delivery.withdrawn_by, delivery.withdrawal_reason) == (officer, "Januar mangler")
    latest = delivery.history.first()
    assert (latest.history_user, latest.history_change_reason) == (officer, "Januar mangler")


def test_withdraw_needs_a_reason(officer_client):
    delivery = DeliveryFactory()
    response = officer_client.post(url_of(WITHDRAW, delivery), {"reason": "  "})
    assert list(response.context["form"].errors) == ["reason"]
    assert not Delivery.objects.get().is_withdrawn


def test_withdraw_twice_is_told(officer_client, officer):
    delivery = DeliveryFactory()
    withdraw_delivery(delivery, reason="Forkert", by=officer)
    response = officer_client.post(url_of(WITHDRAW, delivery), {"reason": "Igen"})
    assert response.context["form"].non_field_errors()
    assert Delivery.objects.get().withdrawal_reason == "Forkert"


def test_reinstate_works(officer_client, officer):
    delivery = withdraw_delivery(DeliveryFactory(), reason="Forkert", by=officer)
    response = officer_client.post(url_of(REINSTATE, delivery))
    assert response.url == url_of("results_delivery:inspect", delivery)
    assert list(Delivery.objects.live()) == [delivery]


def test_reinstate_is_refused_when_the_file_came_again(officer_client, officer):
    delivery = withdraw_delivery(DeliveryFactory(sha256="a" * 64), reason="Forkert", by=officer)
    DeliveryFactory(sha256="a" * 64)
    officer_client.post(url_of(REINSTATE, delivery))
    delivery.refresh_from_db()
    assert delivery.is_withdrawn


def test_reinstate_what_is_in_use_is_told(officer_client):
    delivery = DeliveryFactory()
    response = officer_client.post(url_of(REINSTATE, delivery), follow=True)
    assert response.status_code == 200
    assert delivery.history.count() == 1


@pytest.mark.parametrize(("name", "method"), [(WITHDRAW, "get"), (WITHDRAW, "post"), (REINSTATE, "post")])
def test_who_may_not(reader_client, supplier_client, name, method):
    delivery = DeliveryFactory()
    assert getattr(reader_client, method)(url_of(name, delivery)).status_code == 403
    for client in (supplier_client, Client()):
        assert getattr(client, method)(url_of(name, delivery)).status_code in {302, 403, 404}


def test_wrong_verbs(officer_client):
    delivery = DeliveryFactory()
    assert officer_client.get(url_of(REINSTATE, delivery)).status_code == 405
    assert officer_client.delete(url_of(WITHDRAW, delivery)).status_code == 405


def test_unknown_delivery(officer_client):
    assert officer_client.get(reverse(WITHDRAW, args=[999])).status_code == 404


# --- registers


@pytest.mark.parametrize("name", LISTS)
def test_lists_open_for_those_who_may_read(reader_client, supplier_client, name, fact_sheet):
    url = reverse(f"results_{name}:index")
    assert reader_client.get(url).status_code == 200
    assert supplier_client.get(url).status_code in {302, 403, 404}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_lists_are_exported(reader_client, name, kind, fact_sheet):
    response = reader_client.get(reverse(f"results_{name}:index"), {"export": kind})
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    assert b"".join(response)


@pytest.mark.parametrize("name", ["delivery", "observation"])
@pytest.mark.parametrize("page", ["add", "edit", "delete"])
def test_what_was_delivered_cannot_be_written(officer_client, name, page, fact_sheet):
    from django.urls import NoReverseMatch

    with pytest.raises(NoReverseMatch):
        reverse(f"results_{name}:{page}", args=[] if page == "add" else [1])


@pytest.mark.parametrize(("name", "queries"), [("delivery", 15), ("observation", 19)])
@pytest.mark.parametrize("rows", [1, 3])
def test_list_query_count(officer_client, name, queries, rows, django_assert_num_queries):
    for _n in range(rows):
        ObservationFactory()
    officer_client.get(reverse(f"results_{name}:index"))
    with django_assert_num_queries(queries):
        officer_client.get(reverse(f"results_{name}:index"))


def test_list_of_deliveries_filters(officer_client, officer):
    used, withdrawn = ObservationFactory().delivery, DeliveryFactory()
    withdraw_delivery(withdrawn, reason="Forkert", by=officer)
    measure = used.observations.get().measure_version.measure
    for query, expected in (
        ({"measure": measure.pk}, [used]),
        ({"is_withdrawn": "true"}, [withdrawn]),
        ({"is_withdrawn": "false"}, [used]),
        ({"q": "dream"}, [used, withdrawn]),
    ):
        response = officer_client.get(reverse("results_delivery:index"), query)
        assert set(response.context["object_list"]) == set(expected), query


def test_delivery_page_shows_figures_and_where_few_are(reader_client, fact_sheet):
    response = reader_client.get(url_of("results_delivery:inspect", fact_sheet.delivery))
    assert response.status_code == 200
    assert (response.context["figure_count"], response.context["small_count"]) == (15, 1)
    assert not response.context["can_import"]


@pytest.mark.parametrize("rows", [1, 3])
def test_delivery_page_query_count(reader_client, rows, django_assert_num_queries):
    delivery = DeliveryFactory()
    for _n in range(rows):
        ObservationFactory(delivery=delivery)
    url = url_of("results_delivery:inspect", delivery)
    reader_client.get(url)
    with django_assert_num_queries(17):
        reader_client.get(url)


def test_list_of_figures_filters_by_delivery(reader_client, fact_sheet):
    ObservationFactory()
    response = reader_client.get(reverse("results_observation:index"), {"delivery": fact_sheet.delivery.pk})
    assert response.context["object_list"].count() == 15


def test_a_definition_in_use_stands(officer_client, fact_sheet):
    version = fact_sheet.versions["job_2m"]
    url = reverse("results_measure_version:edit", args=[version.pk])
    officer_client.post(url, posted(officer_client, url, counts="Noget andet"))
    version.refresh_from_db()
    assert version.counts == "Ordinært job og fleksjob"
    officer_client.post(url, posted(officer_client, url, method_note="Også fleksjob"))
    version.refresh_from_db()
    assert version.method_note == "Også fleksjob"


def test_a_definition_that_is_not_in_use_may_change(officer_client):
    version = MeasureVersionFactory()
    url = reverse("results_measure_version:edit", args=[version.pk])
    officer_client.post(url, posted(officer_client, url, counts="Noget andet"))
    version.refresh_from_db()
    assert version.counts == "Noget andet"
