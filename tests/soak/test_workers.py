"""Three hundred jobs on workers that die all the time: each is done, and none is lost."""

from __future__ import annotations

import random
import time

import pytest

from tests.jobs.plant import plant
from tests.jobs.test_workers import BROKERS
from tests.reachable import require_broker

pytestmark = [pytest.mark.soak, pytest.mark.broker]

JOBS = 300
ROUNDS = 200


@pytest.mark.parametrize("broker", BROKERS)
def test_three_hundred_jobs_survive_random_kills(broker, tmp_path):
    url = BROKERS[broker]
    if broker != "embedded":
        require_broker(url)
    chance = random.Random(20240521)
    with plant(tmp_path, broker_url=url, FLOOR_MAX_ATTEMPTS="1000", FLOOR_WORK_SECONDS="0.05") as floor:
        floor.call("enqueue", "1", str(JOBS))
        jobs = floor.call("jobs")
        for _round in range(ROUNDS):
            if all(job["state"] == "done" for job in jobs):
                break
            workers = [floor.start_worker(has_beat=number == 0) for number in range(2)]
            time.sleep(chance.uniform(2, 12))
            for worker in workers:
                floor.kill(worker)
            floor.call("time_passes")
            jobs = floor.call("jobs")
        assert {job["state"] for job in jobs} == {"done"}, floor.log
        assert {job["subject_id"] for job in jobs} == {str(number) for number in range(1, JOBS + 1)}
        # A worker may die between its last line and the row: then the work is done over, never left out.
        assert set(floor.times("end")) == {str(number) for number in range(1, JOBS + 1)}
        assert floor.times("start").total() == sum(job["attempts"] for job in jobs)
