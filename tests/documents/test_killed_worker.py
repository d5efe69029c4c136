"""A worker that dies while it makes documents: the next one finishes them, each file once."""

from __future__ import annotations

import pytest

from documents.enums import Audience, Format
from tests.jobs.plant import plant

pytestmark = [pytest.mark.broker, pytest.mark.slow]


def test_documents_of_a_killed_worker_are_made_once(tmp_path):
    with plant(tmp_path, FLOOR_WHOLE="1") as floor:
        floor.call("freeze")
        worker = floor.start_worker()
        # The first audience's files are being written: the other's are not made yet.
        floor.until((tmp_path / "media" / "renditions").exists, "the first files")
        floor.kill(worker)
        floor.call("time_passes")
        assert [job["state"] for job in floor.call("jobs")] == ["running"]
        floor.start_worker()
        (job,) = floor.call("wait", "100")
        assert (job["state"], job["attempts"]) == ("done", 2), floor.log
        assert floor.call("renditions") == sorted(
            [audience.value, file_format.value, True] for audience in Audience for file_format in Format
        )
