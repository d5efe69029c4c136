"""Why a number may not leave."""

import pytest
from django.urls import reverse

from results.models import Observation


@pytest.fixture
def small(fact_sheet):
    return Observation.objects.get(outcomes=1)


def address(figure):
    return reverse("results:figure_disclosure", args=[figure.pk])


def test_staff_read_why_a_number_is_hidden(reader_client, small):
    text = reader_client.get(address(small)).content.decode()
    assert "Tallet er fra 1 til 4" in text
    assert "må ikke forlade kommunen" in text
    companion = Observation.objects.get(outcomes=5)
    assert "Tallet er ikke selv lille" in reader_client.get(address(companion)).content.decode()
    shown = Observation.objects.get(outcomes=9)
    assert "må ikke forlade kommunen" not in reader_client.get(address(shown)).content.decode()


def test_outsiders_are_sent_away(client, small):
    assert client.get(address(small)).status_code == 302


def test_unknown_figures_are_not_found(reader_client, small):
    assert reader_client.get(reverse("results:figure_disclosure", args=[0])).status_code == 404


def test_only_read(reader_client, small):
    assert reader_client.post(address(small)).status_code == 405


def test_query_count(reader_client, small, django_assert_max_num_queries):
    with django_assert_max_num_queries(25):
        reader_client.get(address(small))
