"""Real Celery workers on every broker that may be configured; they die, and the sweep finishes their jobs once."""

from __future__ import annotations

import pytest

from tests.jobs.plant import plant
from tests.reachable import require_broker

pytestmark = [pytest.mark.broker, pytest.mark.slow]

BROKERS = {
    "embedded": "filesystem://",
    "redis": "redis://127.0.0.1:6379/9",
    "rabbitmq": "amqp://guest:guest@127.0.0.1:5672//",
}


@pytest.fixture(params=BROKERS)
def floor(request, tmp_path):
    url = BROKERS[request.param]
    if request.param != "embedded":
        require_broker(url)
    with plant(tmp_path, broker_url=url) as made:
        yield made


def test_workers_do_what_they_are_told(floor):
    floor.call("enqueue", "1", "5")
    floor.start_worker()
    jobs = floor.call("wait", "100")
    assert {(job["state"], job["attempts"]) for job in jobs} == {("done", 1)}, floor.log
    assert floor.times("end") == {str(number): 1 for number in range(1, 6)}


def test_a_job_whose_worker_was_killed_is_finished_once(floor):
    floor.hold("3")
    floor.call("enqueue", "1", "5")
    worker = floor.start_worker()
    floor.until(lambda: floor.times("start")["3"] == 1, "the third job to start")
    floor.kill(worker)
    floor.release("3")
    floor.call("time_passes")
    floor.start_worker()
    jobs = floor.call("wait", "100")
    assert [job["state"] for job in jobs] == ["done"] * 5, floor.log
    assert {job["subject_id"]: job["attempts"] for job in jobs}["3"] == 2
    assert floor.times("end") == {str(number): 1 for number in range(1, 6)}


def test_a_job_whose_process_was_killed_is_finished_once_by_the_same_worker(floor):
    floor.hold("1")
    floor.call("enqueue", "1", "2")
    floor.start_worker()
    floor.until(lambda: bool(floor.times("worker")), "the first job to start")
    floor.kill_process_at_work()
    floor.release("1")
    floor.call("time_passes")
    jobs = floor.call("wait", "100")
    assert [job["state"] for job in jobs] == ["done", "done"], floor.log
    assert floor.times("start")["1"] == 2
    assert floor.times("end") == {"1": 1, "2": 1}
