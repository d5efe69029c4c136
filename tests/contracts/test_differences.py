"""What differs between terms, and how changes made apart are put together."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from contracts.differences import Conflict, Difference, apply, diff, merge

FIELDS = st.sampled_from(["contract.ends_on", "contract.notice_months", "contract.run_off_months"])
ROWS = st.sampled_from(["contractprice.1", "contractprice.2", "contractoption.1", "contractprice.new-1"])
VALUES = st.integers(0, 3) | st.sampled_from(["2026-06-30", "2027-06-30"])
ROW = st.dictionaries(st.sampled_from(["unit", "price_dkk"]), VALUES, min_size=1)
TERMS = st.builds(lambda fields, rows: {**fields, **rows}, st.dictionaries(FIELDS, VALUES), st.dictionaries(ROWS, ROW))

BASE = {"contract.ends_on": "2026-06-30", "contract.notice_months": 6, "contractprice.1": {"price_dkk": "1450.00"}}


def test_what_stays_as_it_is_is_left_out() -> None:
    after = {"contract.ends_on": "2027-06-30", "contract.notice_months": 6, "contractprice.2": {"price_dkk": "900.00"}}
    assert diff(BASE, after) == (
        Difference("contract.ends_on", "2026-06-30", "2027-06-30"),
        Difference("contractprice.1", {"price_dkk": "1450.00"}, None),
        Difference("contractprice.2", None, {"price_dkk": "900.00"}),
    )


def test_what_others_changed_meanwhile_is_named_and_kept() -> None:
    mine, now = BASE | {"contract.ends_on": "2027-06-30"}, BASE | {"contract.ends_on": "2028-06-30"}
    merged = merge(base=BASE, mine=mine, now=now)
    assert merged.conflicts == (Conflict("contract.ends_on", "2026-06-30", "2027-06-30", "2028-06-30"),)
    assert merged.terms == now


def test_a_row_that_others_removed_is_named() -> None:
    mine = BASE | {"contractprice.1": {"price_dkk": "1500.00"}}
    now = {key: value for key, value in BASE.items() if key != "contractprice.1"}
    (conflict,) = merge(base=BASE, mine=mine, now=now).conflicts
    assert (conflict.key, conflict.now) == ("contractprice.1", None)


@given(TERMS, TERMS)
def test_the_difference_leads_from_one_to_the_other(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert apply(diff(before, after), before) == after
    assert diff(before, before) == ()


@given(TERMS, TERMS, TERMS)
def test_a_merge_agrees_with_both_or_names_where_it_does_not(
    base: dict[str, Any], mine: dict[str, Any], now: dict[str, Any]
) -> None:
    merged = merge(base=base, mine=mine, now=now)
    disputed = {conflict.key for conflict in merged.conflicts}
    for key in base.keys() | mine.keys() | now.keys():
        i_changed, others_changed = mine.get(key) != base.get(key), now.get(key) != base.get(key)
        assert (key in disputed) == (i_changed and others_changed and mine.get(key) != now.get(key))
        assert merged.terms.get(key) == (mine if i_changed and key not in disputed else now).get(key)


@given(TERMS, TERMS, TERMS)
def test_disjoint_changes_can_be_merged_in_either_order(
    base: dict[str, Any], one: dict[str, Any], other: dict[str, Any]
) -> None:
    mine = apply((change for change in diff(base, one)), base)
    mine_keys = {change.key for change in diff(base, mine)}
    theirs = apply((change for change in diff(base, other) if change.key not in mine_keys), base)
    first, then = merge(base=base, mine=mine, now=theirs), merge(base=base, mine=theirs, now=mine)
    assert first == then
    assert first.conflicts == ()


@given(TERMS, TERMS)
def test_what_is_merged_already_is_not_merged_again(base: dict[str, Any], mine: dict[str, Any]) -> None:
    merged = merge(base=base, mine=mine, now=mine)
    assert (merged.terms, merged.conflicts) == (mine, ())
