"""A folder of its own for each run, held by a lock that the operating system lets go when the process dies.

Whatever a killed process left behind is therefore known by its lock being free, and is removed by the next run or the sweep.
"""

from __future__ import annotations

import contextlib
import fcntl
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

PREFIX = "run-"
BEGUN = "new-"  # before its lock is held, which takes a moment
OLD_SECONDS = 3600
LOCK = "lock"


@contextlib.contextmanager
def run_folder(parent: Path) -> Iterator[Path]:
    """Make a folder below `parent`, and remove it with all that is in it at the end, whatever happens."""
    sweep_folders(parent)
    folder, lock = _locked_folder(parent)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        lock.close()


def sweep_folders(parent: Path) -> int:
    """Remove the folders of runs that are no longer running; return how many there were."""
    if not parent.is_dir():
        return 0
    found = sorted(parent.glob(f"{PREFIX}*")) + [one for one in parent.glob(f"{BEGUN}*") if _is_old(one)]
    return sum(_removed_if_dead(folder) for folder in found)


def _locked_folder(parent: Path):  # type: ignore[no-untyped-def]  # noqa: ANN202 -- a path and an open file
    """Lock the folder before it gets the name that the sweep looks for."""
    parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = Path(tempfile.mkdtemp(prefix=BEGUN, dir=parent))
    lock = (unfinished / LOCK).open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    folder = unfinished.with_name(unfinished.name.replace(BEGUN, PREFIX, 1))
    unfinished.rename(folder)
    return folder, lock


def _is_old(folder: Path) -> bool:
    try:
        return time.time() - folder.stat().st_mtime > OLD_SECONDS
    except FileNotFoundError:
        return False


def _removed_if_dead(folder: Path) -> bool:
    try:
        with (folder / LOCK).open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
    except FileNotFoundError:
        shutil.rmtree(folder, ignore_errors=True)
    except OSError:  # somebody holds it: the run is alive
        return False
    return True
