"""The queue of an embedded site: kombu's filesystem transport, whose messages are there whole or not at all.

Kombu opens a message before it writes it, and a worker that looks in between, or after a crash, ends for good.
"""

from __future__ import annotations

import json
import logging
import uuid
from pathlib import Path
from time import monotonic_ns
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps

logger = logging.getLogger(__name__)


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: dict[str, Any], **kwargs: Any) -> None:  # type: ignore[override]
        name = f"{monotonic_ns():020}_{uuid.uuid4()}"  # in the order that they were sent
        folder = Path(self.data_folder_out)
        unfinished = folder / f"{name}.unfinished"  # no queue's name, so nobody takes it
        unfinished.write_text(dumps(payload), encoding="utf-8")
        unfinished.replace(folder / f"{name}.{queue}.msg")

    def _get(self, queue: str, timeout: float | None = None) -> dict[str, Any]:
        while True:
            try:
                return super()._get(queue)
            except json.JSONDecodeError:
                logger.warning("a damaged message in queue %s was thrown away; the sweep tells again", queue)

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        file = self._exchange_file(exchange)
        if file.exists() and not _is_json(file):
            file.unlink(missing_ok=True)  # cut off by a crash; what is bound binds itself again
        super()._queue_bind(exchange, routing_key, pattern, queue)


class Transport(filesystem.Transport):
    Channel = Channel


def _is_json(file: Path) -> bool:
    try:
        json.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        return False
    return True
