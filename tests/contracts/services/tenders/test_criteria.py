from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from contracts.enums import CriterionKind
from contracts.models import AwardCriterion
from contracts.services.tenders import CriterionRow, criteria_version, save_criteria
from contracts.tendering.weights import tree_of
from records.services import EditConflictError
from tests.contracts.tenders import published, tender, with_criteria

pytestmark = pytest.mark.django_db


def rows_of(held):
    return [
        CriterionRow(
            str(row.pk), str(row.parent_id or ""), row.pk, row.name, CriterionKind(row.kind), row.weight_percent
        )
        for row in held.criteria.all()
    ]


def outline(held):
    return [(node.number, node.criterion.name) for node in tree_of(held.criteria.all())]


def test_the_tree_is_written_as_it_stands():
    held = tender()
    with_criteria(held)
    assert outline(held) == [("1", "Quality"), ("1.1", "Staff"), ("1.2", "Methods"), ("2", "Price")]


def test_only_what_changed_gets_an_entry_in_history():
    held = tender()
    with_criteria(held)
    quality, staff, methods, price = rows_of(held)
    save_criteria(held, rows=[price, quality, replace(staff, weight_percent=Decimal(50)), methods], by=None)
    assert outline(held) == [("1", "Price"), ("2", "Quality"), ("2.1", "Staff"), ("2.2", "Methods")]
    counts = {row.name: row.history.count() for row in held.criteria.all()}
    assert counts == {"Price": 2, "Quality": 2, "Staff": 2, "Methods": 2}
    save_criteria(held, rows=rows_of(held), by=None)
    assert {row.name: row.history.count() for row in held.criteria.all()} == counts


def test_what_is_left_out_is_removed_with_what_lies_below_it():
    held = tender()
    with_criteria(held)
    save_criteria(held, rows=rows_of(held)[-1:], by=None)
    assert outline(held) == [("1", "Price")]
    assert AwardCriterion.history.filter(history_type="-").count() == 3


def test_weights_need_not_come_to_100_while_drafting():
    held = tender()
    with_criteria(held, 30, 30)
    assert sum(row.weight_percent for row in held.criteria.all()) == 60


@pytest.mark.parametrize("weight", ["-1", "100.01"])
def test_a_weight_is_a_percentage(weight):
    with pytest.raises(ValidationError):
        with_criteria(tender(), weight)


def test_a_published_tender_keeps_its_criteria():
    held = published()
    with pytest.raises(ValidationError, match="ligger fast"):
        save_criteria(held, rows=rows_of(held), by=None)


def test_the_second_of_two_is_told():
    held = tender()
    with_criteria(held)
    loaded = criteria_version(held)
    rows = rows_of(held)
    save_criteria(held, rows=[replace(rows[0], name="Kvalitet"), *rows[1:]], loaded_version=loaded, by=None)
    with pytest.raises(EditConflictError):
        save_criteria(held, rows=rows, loaded_version=loaded, by=None)
    assert outline(held)[0] == ("1", "Kvalitet")


def test_a_parent_stands_before_what_lies_below_it():
    rows = [CriterionRow("b", "a", None, "B", CriterionKind.PRICE, Decimal(1))]
    with pytest.raises(ValueError, match="before its parent"):
        save_criteria(tender(), rows=rows, by=None)
