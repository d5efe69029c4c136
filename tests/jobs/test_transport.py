"""The embedded queue survives what a crash leaves in its folder."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection

from config.celery import app
from jobs.transport import Transport
from tests.jobs.plant import plant


@pytest.fixture
def name() -> str:
    """A queue of its own: kombu remembers for the whole process what is bound."""
    return f"queue-{uuid.uuid4().hex}"


@pytest.fixture
def connection(tmp_path) -> Iterator[Connection]:
    folders = {name: str(tmp_path / name) for name in ("data_folder_in", "processed_folder", "control_folder")}
    folders["data_folder_out"] = folders["data_folder_in"]
    for folder in folders.values():
        Path(folder).mkdir(exist_ok=True)
    with Connection("filesystem://", transport_options=folders) as made:
        yield made


def test_the_embedded_transport_is_ours(connection):
    assert app is not None
    assert isinstance(connection.transport, Transport)


def test_messages_come_out_as_they_went_in(connection, name):
    with connection.SimpleQueue(name) as queue:
        for number in range(3):
            queue.put({"tal": number, "tekst": "æøå"})
        taken = [queue.get_nowait() for _ in range(3)]
        assert [message.payload for message in taken] == [{"tal": number, "tekst": "æøå"} for number in range(3)]
        with pytest.raises(queue.Empty):
            queue.get_nowait()


@pytest.mark.parametrize("content", ["", '{"body": "W10'], ids=["empty", "cut off"])
def test_a_damaged_message_is_thrown_away(connection, name, tmp_path, content, caplog):
    with connection.SimpleQueue(name) as queue:
        (tmp_path / "data_folder_in" / f"-damaged.{name}.msg").write_text(content)
        queue.put("hel")
        assert queue.get_nowait().payload == "hel"
    assert f"a damaged message in queue {name} was thrown away" in caplog.text


def test_an_unfinished_message_is_nobodys(connection, name, tmp_path):
    (tmp_path / "data_folder_in" / "0_half.unfinished").write_text("{")
    with pytest.raises(Empty):
        connection.default_channel._get(name)


def test_a_damaged_list_of_queues_is_made_anew(connection, name, tmp_path):
    (tmp_path / "control_folder" / f"{name}.exchange").write_text("")
    with connection.SimpleQueue(name) as queue:
        queue.put("hel")
        assert queue.get_nowait().payload == "hel"


@pytest.mark.slow
@pytest.mark.broker
def test_a_worker_works_on_after_a_damaged_message(tmp_path):
    with plant(tmp_path) as floor:
        (tmp_path / "broker" / "messages" / f"-damaged.{floor.queue}.msg").touch()
        floor.call("enqueue", "1", "1")
        floor.start_worker()
        assert [job["state"] for job in floor.call("wait", "100")] == ["done"], floor.log
