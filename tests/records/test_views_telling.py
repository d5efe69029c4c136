from __future__ import annotations

from collections.abc import Callable

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.test import RequestFactory

from records.views.telling import do_and_tell, refuse_form, told


class DayForm(forms.Form):
    day = forms.DateField(error_messages={"required": "Skriv dagen."})
    reason = forms.CharField(error_messages={"required": "Skriv hvorfor."})


@pytest.fixture
def request_with_messages(rf: RequestFactory) -> HttpRequest:
    request = rf.post("/")
    request._messages = CookieStorage(request)
    return request


def heard(request: HttpRequest) -> list[tuple[str, str]]:
    return [(message.level_tag, str(message)) for message in get_messages(request)]


def refused() -> None:
    raise ValidationError(["Den er lukket.", "Den er taget."])


def test_what_is_done_is_said(request_with_messages: HttpRequest) -> None:
    with told(request_with_messages, "Gemt."):
        pass
    assert heard(request_with_messages) == [("success", "Gemt.")]


def test_what_is_done_may_go_without_words(request_with_messages: HttpRequest) -> None:
    with told(request_with_messages):
        pass
    assert heard(request_with_messages) == []


def test_each_sentence_of_a_refusal_is_said_and_the_view_goes_on(request_with_messages: HttpRequest) -> None:
    with told(request_with_messages, "Gemt."):
        refused()
    assert heard(request_with_messages) == [("error", "Den er lukket."), ("error", "Den er taget.")]


def test_what_is_done_is_said_also_when_the_view_ends_there(request_with_messages: HttpRequest) -> None:
    def view(*, is_refused: bool) -> str:
        with told(request_with_messages, "Gemt."):
            if is_refused:
                refused()
            return "the new one"
        return "the old one"

    assert (view(is_refused=False), view(is_refused=True)) == ("the new one", "the old one")
    assert [level for level, _text in heard(request_with_messages)] == ["success", "error", "error"]


def test_other_errors_are_not_told(request_with_messages: HttpRequest) -> None:
    with pytest.raises(LookupError), told(request_with_messages, "Gemt."):
        raise LookupError
    assert heard(request_with_messages) == []


@pytest.mark.parametrize(("about", "before"), [("", ""), ("Pris", "Pris: ")])
def test_a_form_that_is_not_shown_again_is_told(request_with_messages: HttpRequest, about: str, before: str) -> None:
    refuse_form(request_with_messages, DayForm({}), about=about)
    assert heard(request_with_messages) == [("error", f"{before}Skriv dagen."), ("error", f"{before}Skriv hvorfor.")]


@pytest.mark.parametrize(
    ("data", "act", "said"),
    [
        ({"day": "1.2.2026", "reason": "Fordi"}, lambda: None, [("success", "Gemt.")]),
        ({"reason": "Fordi"}, lambda: pytest.fail("not with a faulty form"), [("error", "Skriv dagen.")]),
    ],
)
def test_what_a_form_asks_is_done_and_told(
    request_with_messages: HttpRequest, data: dict[str, str], act: Callable[[], None], said: list[tuple[str, str]]
) -> None:
    do_and_tell(request_with_messages, DayForm(data), act, done="Gemt.")
    assert heard(request_with_messages) == said


def test_what_a_service_refuses_of_a_form_is_told(request_with_messages: HttpRequest) -> None:
    do_and_tell(request_with_messages, DayForm({"day": "1.2.2026", "reason": "Fordi"}), refused, done="Gemt.")
    assert heard(request_with_messages) == [("error", "Den er lukket. Den er taget.")]
