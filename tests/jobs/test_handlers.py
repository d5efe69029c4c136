from __future__ import annotations

import pytest

from jobs.handlers import handler_for, kinds


def nothing(subject_id, progress):
    pass


def something(subject_id, progress):
    pass


def test_a_registered_handler_is_found(handle):
    handle("test.nothing", nothing)
    assert handler_for("test.nothing") is nothing
    assert "test.nothing" in kinds()


def test_registering_the_same_handler_again_changes_nothing(handle):
    handle("test.nothing", nothing)
    handle("test.nothing", nothing)
    assert handler_for("test.nothing") is nothing


def test_a_kind_has_one_handler(handle):
    handle("test.nothing", nothing)
    with pytest.raises(ValueError, match=r"'test.nothing' already have a handler"):
        handle("test.nothing", something)


def test_an_unknown_kind_names_the_known_ones(handle):
    handle("test.nothing", nothing)
    with pytest.raises(LookupError, match=r"no handler for jobs of kind 'test.other'; known: .*'test.nothing'"):
        handler_for("test.other")
