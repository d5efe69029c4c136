import pytest

from records.sheets.personal import has_cpr, is_cpr_number


@pytest.mark.parametrize(
    ("text", "found"),
    [("3112991234", True), ("3113991234", False), ("3002991234", False), ("98933808", False), ("12345678901", False)],
)
def test_has_cpr(text, found):
    assert has_cpr(text) is found


def test_is_cpr_number():
    assert is_cpr_number(101901234)
    assert not is_cpr_number(1286)
