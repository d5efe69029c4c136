"""Imports by real processes: a worker that dies in the middle of one, and two that import at once."""

from __future__ import annotations

import pytest

from tests.jobs.plant import plant

pytestmark = pytest.mark.slow
COUNT = 300
ONCE = {"contracts": COUNT, "history": COUNT, "imports": 1, "staged": 0, "notes": [""], "problems": []}
NOTHING = {"contracts": 0, "history": 0, "imports": 0, "staged": 1, "notes": [], "problems": []}


@pytest.mark.broker
def test_what_a_killed_worker_was_importing_is_imported_once(tmp_path):
    with plant(tmp_path, FLOOR_WHOLE="1") as floor:
        floor.call("confirm_workbook", str(COUNT))
        floor.hold("import")
        worker = floor.start_worker()
        floor.until(lambda: floor.journal["written"], "everything to be written")
        floor.kill(worker)
        floor.release("import")
        floor.call("time_passes")
        assert [job["state"] for job in floor.call("jobs")] == ["running"]
        assert floor.call("registered") == NOTHING
        floor.start_worker()
        (job,) = floor.call("wait", "100")
        assert (job["state"], job["attempts"]) == ("done", 2), floor.log
        assert floor.call("registered") == ONCE


def test_of_two_imports_of_the_same_contracts_at_once_one_is_refused(tmp_path):
    with plant(tmp_path, FLOOR_WHOLE="1") as floor:
        racers = [floor.begin("import_at_the_gate", note) for note in ("den ene", "den anden")]
        floor.open_the_gate(waiting=2)
        answers = sorted(floor.answer(racer) for racer in racers)
        assert answers[0] == "imported"
        assert answers[1].startswith("refused: ")
        found = floor.call("registered")
        assert (found["contracts"], found["imports"], found["problems"]) == (20, 1, [])
        assert len(found["notes"]) == 1
