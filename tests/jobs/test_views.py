from __future__ import annotations

import json

import pytest
from django.utils import translation

from jobs.models import Job
from jobs.views import progress_of


def told(job: Job | None) -> dict[str, object]:
    return json.loads(progress_of(job).content)


def test_no_work_is_finished_work() -> None:
    assert told(None) == {"is_open": False, "percent": 100, "text": ""}


@pytest.mark.parametrize(("message", "text"), [("Tæller", "Tæller"), ("", "Waiting")])
def test_work_tells_how_far_it_has_come(message: str, text: str) -> None:
    with translation.override("en"):
        assert told(Job(state="queued", progress=40, message=message)) == {
            "is_open": True,
            "percent": 40,
            "text": text,
        }
