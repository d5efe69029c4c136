"""Read a file piece by piece, and notice what may not be in it wherever the pieces part."""

from __future__ import annotations

# The string by which every virus scanner can be tried (www.eicar.org). Assembled, so that scanners leave this file alone.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
PIECE_BYTES = 64 * 1024


class Scanner:
    """Tells whether byte strings stand in what it is fed."""

    def __init__(self, *needles: bytes) -> None:
        self._needles = {needle for needle in needles if needle}
        self._overlap = max(map(len, self._needles), default=1) - 1
        self._tail = b""
        self.found: set[bytes] = set()

    def feed(self, piece: bytes) -> None:
        window = self._tail + piece
        self.found |= {needle for needle in self._needles - self.found if needle in window}
        self._tail = window[-self._overlap :] if self._overlap else b""
