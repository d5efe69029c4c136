"""How an address that only does something says, on the page that follows, how it went."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest

from records.forms import is_done


@contextmanager
def told(request: HttpRequest, done: str = "") -> Iterator[None]:
    """Say `done` once what stands inside is done, or why a service refused it; the view goes on below either way.

    Where success leads somewhere else than a refusal, what stands inside ends with its own redirect.
    """
    try:
        yield
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
    else:
        if done:
            messages.success(request, done)


def refuse_form(request: HttpRequest, form: BaseForm, *, about: str = "") -> None:
    """Say what is wrong with a form that the next page does not show filled in; `about` is what it was for."""
    for errors in form.errors.values():
        sentences = " ".join(str(sentence) for sentence in errors)
        messages.error(request, f"{about}: {sentences}" if about else sentences)


def do_and_tell(request: HttpRequest, form: BaseForm, act: Callable[[], object], *, done: str) -> None:
    """Do what a form asks when it is valid, and say `done`, or what is wrong with it, on the page that follows."""
    if form.is_valid() and is_done(form, act):
        messages.success(request, done)
    else:
        refuse_form(request, form)
