"""What several parts of one page ask alike is asked of the database once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Answer = TypeVar("Answer")
_answers: ContextVar[dict[str, Any] | None] = ContextVar("answers of one page", default=None)


@contextmanager
def asked_once() -> Iterator[None]:
    """Keep answers until the end; for pages that only read. Also a decorator. Nested, the outer one keeps them."""
    if _answers.get() is not None:
        yield
        return
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def once(question: str, ask: Callable[[], Answer]) -> Answer:
    """Return what `ask` returns; within `asked_once`, what it returned the first time. Answers must not be changed."""
    answers = _answers.get()
    if answers is None:
        return ask()
    if question not in answers:
        answers[question] = ask()
    answer: Answer = answers[question]
    return answer
