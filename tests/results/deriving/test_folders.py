"""A run's folder is gone afterwards, whatever ended the run."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from results.deriving.folders import run_folder, sweep_folders
from results.deriving.running import derive
from tests.results.deriving import worlds
from tests.results.deriving.worlds import COLUMNS, course, derived, person, register, written

CHILD = """
import sys, time
from pathlib import Path
from results.deriving.folders import run_folder
with run_folder(Path(sys.argv[1])) as folder:
    (folder / "spill").write_text("rows")
    print("ready", flush=True)
    time.sleep(60)
"""


def held_by_a_child(parent: Path) -> subprocess.Popen:
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(parent)], stdout=subprocess.PIPE, cwd=Path.cwd())
    assert child.stdout is not None
    assert child.stdout.readline() == b"ready\n"
    return child


def test_a_killed_run_leaves_no_file_after_the_sweep(tmp_path: Path) -> None:
    child = held_by_a_child(tmp_path)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    assert [path.name for path in tmp_path.rglob("spill")] == ["spill"]
    assert sweep_folders(tmp_path) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_lives_is_left_alone(tmp_path: Path) -> None:
    child = held_by_a_child(tmp_path)
    try:
        assert sweep_folders(tmp_path) == 0
        assert [path.name for path in tmp_path.rglob("spill")] == ["spill"]
    finally:
        child.kill()
        child.wait()
        child.stdout.close()


def test_the_next_run_removes_what_a_killed_one_left(tmp_path: Path) -> None:
    child = held_by_a_child(tmp_path)
    child.kill()
    child.wait()
    child.stdout.close()
    with run_folder(tmp_path) as folder:
        assert [path.name for path in tmp_path.iterdir()] == [folder.name]
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_was_only_begun_is_swept_when_it_is_old(tmp_path: Path) -> None:
    begun = tmp_path / "new-x"
    begun.mkdir()
    assert sweep_folders(tmp_path) == 0
    os.utime(begun, (0, 0))
    assert sweep_folders(tmp_path) == 1
    assert not begun.exists()


def test_a_run_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def failing() -> None:
        with run_folder(tmp_path) as folder:
            (folder / "spill").write_text("rows")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    assert list(tmp_path.iterdir()) == []


DERIVE = """
import sys, time, os, datetime as dt
from pathlib import Path
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"
import django; django.setup()
from tests.results.deriving import worlds
from results.deriving import running
folder = Path(sys.argv[1])
def tell(percent, message):
    if percent >= 20:
        print("ready", flush=True)
        time.sleep(60)
running.derive(folder / "courses.csv", folder / "register.csv", as_of=dt.date(2023, 6, 30), definitions=worlds.DEFINITIONS,
    frameworks={}, work_in=folder / "work", tell=tell)
"""


def test_a_count_killed_in_the_middle_leaves_no_file_after_the_sweep(tmp_path: Path) -> None:
    people = register(person(y_2222="730", branche_2022_06=""))
    written(tmp_path / "courses.csv", [course()], COLUMNS)
    written(tmp_path / "register.csv", people)
    child = subprocess.Popen([sys.executable, "-c", DERIVE, str(tmp_path)], stdout=subprocess.PIPE, cwd=Path.cwd())
    assert child.stdout is not None
    assert child.stdout.readline() == b"ready\n"
    child.kill()
    child.wait()
    child.stdout.close()
    assert list((tmp_path / "work").iterdir())
    assert sweep_folders(tmp_path / "work") == 1
    assert list((tmp_path / "work").iterdir()) == []


def test_two_counts_at_once_keep_to_their_own_folders(tmp_path: Path) -> None:
    people = register(person(y_2222="771", branche_2022_06=""))
    folders = [tmp_path / str(number) for number in range(4)]
    for number, folder in enumerate(folders, start=1):
        folder.mkdir()
        written(folder / "courses.csv", [course(number=f"c{at}") for at in range(number)], COLUMNS)
        written(folder / "register.csv", people)

    def count(folder: Path) -> int:
        paths = folder / "courses.csv", folder / "register.csv"
        facts = {"definitions": worlds.DEFINITIONS, "frameworks": {}, "work_in": tmp_path / "work"}
        return derive(*paths, as_of=dt.date(2023, 6, 30), **facts).ended

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(count, folders)) == [1, 2, 3, 4]
    assert list((tmp_path / "work").iterdir()) == []


def test_a_count_leaves_nothing(tmp_path: Path) -> None:
    derived(tmp_path, [course()], register(person(y_2222="730")))
    assert list((tmp_path / "work").iterdir()) == []
