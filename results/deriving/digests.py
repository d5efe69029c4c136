"""The digest of each file, taken beside the work; and whether a compressed file is whole, which the engine does not ask."""

from __future__ import annotations

import contextlib
import hashlib
import threading
import zlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from results.deriving.refusals import File
from results.deriving.sources import GZIP, damaged_archive

CHUNK = 1024 * 1024
_GZIP_WINDOW = 31  # zlib's own number for a gzip head and a checksum at the end


@dataclass(frozen=True)
class SourceFacts:
    """What is kept of a file: its name, its size and its digest."""

    name: str
    size_bytes: int
    sha256: str


@contextlib.contextmanager
def digests_of(
    paths: Sequence[Path], names: Sequence[str], files: Sequence[File]
) -> Iterator[Callable[[], list[SourceFacts]]]:
    """Begin to read the files; give a function that waits for what came of it and raises FilesRefusedError for a damaged one.

    When the work ends early, so does this.
    """
    is_over = threading.Event()
    with ThreadPoolExecutor(1) as aside:
        running = [aside.submit(_facts, *one, is_over) for one in zip(paths, names, files, strict=True)]
        try:
            yield lambda: [each.result() for each in running]
        finally:
            is_over.set()


def _facts(path: Path, name: str, file: File, is_over: threading.Event) -> SourceFacts:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as stream:
        checked = _Unpacking(file) if stream.read(len(GZIP)) == GZIP else None
        stream.seek(0)
        while (chunk := stream.read(CHUNK)) and not is_over.is_set():
            digest.update(chunk)
            size += len(chunk)
            if checked:
                checked(chunk)
    return SourceFacts(name, size, digest.hexdigest())


class _Unpacking:
    """Unpacks a gzip file into nothing, so that its checksums are held against what they are of."""

    def __init__(self, file: File) -> None:
        self.file, self.packed = file, zlib.decompressobj(_GZIP_WINDOW)

    def __call__(self, chunk: bytes) -> None:
        while chunk:
            try:
                self.packed.decompress(chunk, CHUNK)
            except zlib.error:
                raise damaged_archive(self.file) from None
            chunk = self.packed.unconsumed_tail or self.packed.unused_data
            if self.packed.eof:  # another part begins
                self.packed = zlib.decompressobj(_GZIP_WINDOW)
