"""Figures from outside: one by one in a register, or pasted; and what a delivery changed and where it is shown."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from results.models import OutsideFigure
from results.queries.deliveries import difference, snapshots_showing
from results.services import import_outside
from tests.factories import BenefitGroupFactory, DeliveryFactory, MeasureFactory, ObservationFactory, SnapshotFactory

pytestmark = pytest.mark.django_db

URL = "/admin/resultater/udefra/indsaet/"


def facts(**more):
    return {
        "measure": MeasureFactory(kind="share"),
        "what": "Job 3 måneder efter",
        "source": "jobindsats.dk, y07b15",
        "retrieved_on": dt.date(2024, 9, 2),
        **more,
    }


def test_rows_are_pasted_with_tabs_or_semicolons(officer):
    group = BenefitGroupFactory(code="sygemeldte")
    found = import_outside("Hele landet;*;2023;31,4\nFjordby\tsygemeldte\t2023-Q1\t29.8 %\n\n", **facts(), by=officer)
    assert [(each.area, each.benefit_group, each.share_percent) for each in found] == [
        ("Hele landet", None, Decimal("31.40")),
        ("Fjordby", group, Decimal("29.80")),
    ]
    assert found[0].history.get().history_user == officer


def test_a_row_that_is_there_is_corrected(officer):
    what = facts()
    import_outside("Hele landet;*;2023;31,4", **what, by=officer)
    import_outside("Hele landet;*;2023;31,9", **what, by=officer)
    figure = OutsideFigure.objects.get()
    assert (figure.share_percent, figure.history.count()) == (Decimal("31.90"), 2)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("Hele landet;*;2023", "fire kolonner"),
        (";*;2023;31", "området mangler"),
        ("Hele landet;ukendt;2023;31", "“ukendt”"),
        ("Hele landet;*;i fjor;31", "“i fjor”"),
        ("Hele landet;*;2023;131", "0 til 100"),
        ("Hele landet;*;2023;mange", "0 til 100"),
        ("Hele landet;*;2023;nan", "0 til 100"),
    ],
)
def test_a_wrong_row_is_told_and_nothing_is_saved(officer, row, sentence):
    with pytest.raises(ValidationError) as refused:
        import_outside(f"Fjordby;*;2023;30\n{row}", **facts(), by=officer)
    assert refused.value.messages[0].startswith("Række 2")
    assert sentence in refused.value.messages[0]
    assert not OutsideFigure.objects.exists()


def test_a_share_is_read_as_a_spreadsheet_copies_it(officer):
    (found,) = import_outside("Hele landet;*;2023;31,4\u00a0%", **facts(), by=officer)
    assert found.share_percent == Decimal("31.40")


def test_the_same_row_twice_is_refused(officer):
    with pytest.raises(ValidationError, match="flere rækker"):
        import_outside("Hele landet;*;2023;31\nHele landet;*;2023;32", **facts(), by=officer)
    with pytest.raises(ValidationError):
        import_outside(f"{'x' * 200};*;2023;31", **facts(), by=officer)
    assert not OutsideFigure.objects.exists()


def test_the_page_works_and_tells_what_is_wrong(officer_client, reader_client, supplier_client):
    sent = {**facts(), "rows": "Hele landet;*;2023;31,4", "retrieved_on": "2024-09-02"}
    sent["measure"] = sent["measure"].pk
    assert officer_client.get(URL).status_code == 200
    assert list(officer_client.post(URL, {**sent, "rows": "x"}).context["form"].errors) == ["rows"]
    assert officer_client.post(URL, sent).url == reverse("results_outside_figure:index")
    assert "Hele landet" in officer_client.get(reverse("results_outside_figure:index")).content.decode()
    assert reader_client.post(URL, sent).status_code == 403
    assert supplier_client.get(URL).status_code == 403
    assert OutsideFigure.objects.count() == 1


@pytest.mark.parametrize("name", ["series_break", "outside_figure"])
def test_the_registers_open(officer_client, reader_client, name):
    assert officer_client.get(reverse(f"results_{name}:index")).status_code == 200
    assert officer_client.get(reverse(f"results_{name}:add")).status_code == 200
    assert reader_client.get(reverse(f"results_{name}:index")).status_code == 200


def test_a_delivery_tells_what_changed_since_the_one_before(officer_client):
    before = DeliveryFactory()
    same, changed, gone = (ObservationFactory(delivery=before, denominator=50, outcomes=x) for x in (10, 11, 12))
    after = DeliveryFactory(supersedes=before)
    for old, x in ((same, 10), (changed, 15)):
        ObservationFactory(delivery=after, measure_version=old.measure_version, denominator=50, outcomes=x)
    new = ObservationFactory(delivery=after)
    found = difference(after)
    assert (found.unchanged, found.added, found.gone) == (1, (new,), (gone,))
    assert [(one.outcomes, other.outcomes) for one, other in found.changed] == [(11, 15)]
    assert difference(before) is None
    page = officer_client.get(reverse("results_delivery:inspect", args=[after.pk])).content.decode()
    assert "Sammenlignet med leverancen før" in page


def test_papers_that_rest_on_a_delivery_are_named_also_when_it_is_withdrawn(officer_client):
    delivery, other = DeliveryFactory(), DeliveryFactory()
    snapshot = SnapshotFactory(evidence={"observation-1": {"delivery": {"sha256": delivery.sha256}}})
    SnapshotFactory(evidence={"observation-2": {"delivery": {"sha256": other.sha256}}})
    assert snapshots_showing(delivery) == [snapshot]
    assert officer_client.get(reverse("results_delivery:inspect", args=[delivery.pk])).status_code == 200
