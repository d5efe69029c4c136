"""What the engine tells while it reads, and what of its words is passed on."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from results.deriving.engine import Engine, EngineFailedError
from results.deriving.refusals import File
from results.deriving.sources import Kind, Source

ENDLESS = "select sum(hash(one.i, two.i)) from range(1_000_000) one(i), range(1_000_000) two(i)"


class StoppedError(Exception):
    pass


def test_a_query_ends_when_it_is_told_to(tmp_path: Path) -> None:
    told: list[float] = []

    def tell(share: float) -> None:
        told.append(share)
        raise StoppedError

    source = Source(File.REGISTER, tmp_path / "register.csv", Kind.CSV)
    begun = time.monotonic()
    with Engine(tmp_path) as engine, pytest.raises(StoppedError):
        engine.read(source, ENDLESS, tell=tell)
    assert time.monotonic() - begun < 60
    assert len(told) == 1
    assert 0 <= told[0] <= 1


def test_the_words_of_an_error_are_not_passed_on(tmp_path: Path) -> None:
    with Engine(tmp_path) as engine, pytest.raises(EngineFailedError) as caught:
        engine.rows("select cast('hemmelig' as integer)")
    assert str(caught.value) == "ConversionException"
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
