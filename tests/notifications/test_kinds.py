from __future__ import annotations

import pytest

from notifications.enums import MailFrequency
from notifications.kinds import Kind, all_kinds, kind_of, kind_or_bare, register
from notifications.rules import mail_frequency
from tests.notifications.conftest import ALWAYS_ON, MAY_BE_OFF

AT_ONCE, DAILY, OFF = MailFrequency.AT_ONCE, MailFrequency.DAILY, MailFrequency.OFF


def test_a_kind_is_registered_once() -> None:
    kind = Kind("test.ny", "Aftalt")
    assert register(kind) is register(Kind("test.ny", "Aftalt")) or kind_of("test.ny") == kind
    with pytest.raises(ValueError, match=r"'test\.ny'"):
        register(Kind("test.ny", "Noget andet"))


def test_kinds_are_listed_by_their_labels() -> None:
    assert all_kinds() == (MAY_BE_OFF, ALWAYS_ON)


def test_an_unknown_kind_is_an_error_to_write_and_a_bare_code_to_read() -> None:
    with pytest.raises(LookupError, match="'ukendt'"):
        kind_of("ukendt")
    assert kind_or_bare("ukendt") == Kind("ukendt", "ukendt")


@pytest.mark.parametrize(
    ("kind", "chosen", "muted", "expected"),
    [
        (MAY_BE_OFF, AT_ONCE, (), AT_ONCE),
        (MAY_BE_OFF, DAILY, (), DAILY),
        (MAY_BE_OFF, OFF, (), OFF),
        (MAY_BE_OFF, AT_ONCE, ("test",), OFF),
        (ALWAYS_ON, OFF, (), DAILY),
        (ALWAYS_ON, OFF, ("test.vigtig",), DAILY),
        (ALWAYS_ON, AT_ONCE, ("test.vigtig",), AT_ONCE),
    ],
)
def test_how_often_a_person_is_mailed(
    kind: Kind, chosen: MailFrequency, muted: tuple[str, ...], expected: MailFrequency
) -> None:
    assert mail_frequency(kind, chosen=chosen, muted_kinds=muted) == expected
