"""A limit that nobody uses stops the program before a page is shown."""

import pytest

from results.system_checks import check_min_cell


@pytest.mark.parametrize("limit", [3, 5, 10])
def test_a_limit_in_use_is_accepted(settings, limit):
    settings.DISCLOSURE_MIN_CELL = limit
    assert check_min_cell() == []


@pytest.mark.parametrize("limit", [0, 1, 2, 50])
def test_any_other_limit_is_refused(settings, limit):
    settings.DISCLOSURE_MIN_CELL = limit
    (error,) = check_min_cell()
    assert error.msg == f"DISCLOSURE_MIN_CELL er {limit}. Værdien skal være 3, 5 eller 10."
