"""Whoever asks for work gets on with theirs, whatever the broker does."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest

from jobs.models import Job
from jobs.services import dispatch, enqueue, sweep
from tests.factories import JobFactory

pytestmark = pytest.mark.django_db

KIND = "test.work"
PATIENCE_SECONDS = 60


@pytest.fixture
def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A port where connections are taken and nothing is ever answered."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(16)
        yield server.getsockname()[1]


@pytest.fixture(params=["redis://127.0.0.1:{}/0", "amqp://127.0.0.1:{}//"], ids=["redis", "rabbitmq"])
def scheme(request) -> str:
    return request.param


@pytest.fixture(autouse=True)
def watchdog() -> Iterator[None]:
    """A call that hangs would hold the whole suite: let it die loudly instead."""
    timer = threading.Timer(PATIENCE_SECONDS, _die)
    timer.start()
    yield
    timer.cancel()


def _die() -> None:
    import faulthandler
    import os

    faulthandler.dump_traceback()
    os._exit(1)


@pytest.mark.parametrize("port_of", ["closed_port", "silent_port"])
def test_a_broker_that_is_away_is_no_error(scheme, port_of, request, handle, monkeypatch, caplog):
    monkeypatch.setenv("CELERY_BROKER_WRITE_URL", scheme.format(request.getfixturevalue(port_of)))
    handle(KIND, lambda subject_id, progress: None)
    job = enqueue(KIND, "7", key="seven", by=None)
    assert dispatch(job.pk) is False
    assert Job.objects.get().dispatched_at is None
    assert f"job {job.pk} could not be dispatched" in caplog.text


def test_the_sweep_gives_up_at_the_first_that_the_broker_did_not_take(silent_port, monkeypatch, caplog):
    monkeypatch.setenv("CELERY_BROKER_WRITE_URL", f"redis://127.0.0.1:{silent_port}/0")
    jobs = [JobFactory(kind=KIND) for _ in range(50)]
    later = jobs[-1].created_at.replace(year=2100)
    assert sweep(now=later) == 0
    assert caplog.text.count("could not be dispatched") == 1


def test_the_sweep_tells_once_the_broker_is_back(closed_port, handle, monkeypatch):
    handle(KIND, lambda subject_id, progress: None)
    job = enqueue(KIND, "7", key="seven", by=None)
    with monkeypatch.context() as away:
        away.setenv("CELERY_BROKER_WRITE_URL", f"redis://127.0.0.1:{closed_port}/0")
        dispatch(job.pk)
    later = job.created_at.replace(year=2100)
    assert sweep(now=later) == 1
