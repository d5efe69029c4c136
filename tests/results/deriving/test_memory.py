"""A count stays within its memory, whatever the size of the register."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from results.deriving.generating import Extract, write_extract

CHILD = """
import os, resource, sys, datetime as dt
from pathlib import Path
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"
import django; django.setup()
from bench.derivation import definitions
from results.deriving.running import derive
folder = Path(sys.argv[1])
found = derive(folder / "courses.csv", folder / "register.csv", as_of=dt.date(2023, 6, 4), definitions=definitions(),
    frameworks={}, work_in=folder / "work", count_unknown_as_not_found=True)
print(found.ended, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@pytest.mark.slow
@pytest.mark.parametrize("is_text", [False, True], ids=["numbers", "text"])
def test_a_count_takes_less_than_a_gibibyte(is_text: bool, tmp_path: Path) -> None:
    extract = Extract(persons=120_000, courses=180_000, weeks=260, last_day=dt.date(2023, 6, 4))
    write_extract(extract, courses=tmp_path / "courses.csv", register=tmp_path / "register.csv")
    if is_text:
        with (tmp_path / "register.csv").open("a", encoding="utf-8") as stream:
            width = _width(tmp_path / "register.csv")
            stream.write("K99999999;x1" + ";" * (width - 1) + "\n")
    told = subprocess.check_output([sys.executable, "-c", CHILD, str(tmp_path)], cwd=Path.cwd(), text=True)
    ended, mib = map(int, told.split())
    assert ended > 100_000
    assert mib < 1024


def _width(path: Path) -> int:
    with path.open(encoding="utf-8") as stream:
        return stream.readline().count(";")
