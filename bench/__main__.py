"""Every benchmark, one process each: `python -m bench`."""

from __future__ import annotations

import subprocess
import sys

BENCHES = ("documents", "cases", "contracts", "derivation", "disclosure", "writing")


def main() -> int:
    codes = []
    for name in BENCHES:
        print(f"== {name}", flush=True)
        codes.append(subprocess.call([sys.executable, "-m", f"bench.{name}"]))
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
