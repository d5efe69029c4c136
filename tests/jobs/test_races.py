"""Several processes at once, on a real database: who asks for the same work, and who takes the same job."""

from __future__ import annotations

import pytest

from tests.jobs.plant import plant

pytestmark = pytest.mark.slow
RACERS = 4


def test_racing_workers_do_every_job_once(tmp_path):
    with plant(tmp_path) as floor:
        floor.call("enqueue", "1", "25")
        racers = [floor.begin("run_at_the_gate") for _ in range(RACERS)]
        floor.open_the_gate(waiting=RACERS)
        assert sum(floor.answer(racer) for racer in racers) == 25
        every_one_once = {str(number): 1 for number in range(1, 26)}
        assert floor.times("start") == every_one_once
        assert floor.times("end") == every_one_once
        assert {(job["state"], job["attempts"]) for job in floor.call("jobs")} == {("done", 1)}


def test_the_same_work_asked_for_by_many_at_once_is_one_job(tmp_path):
    with plant(tmp_path) as floor:
        racers = [floor.begin("enqueue_at_the_gate", "1", "25") for _ in range(RACERS)]
        floor.open_the_gate(waiting=RACERS)
        answers = [floor.answer(racer) for racer in racers]
        assert answers == [answers[0]] * RACERS
        assert [job["pk"] for job in floor.call("jobs")] == answers[0]
