"""Write the documents of cases to folders, for commands. They render in this process, without a worker."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from django.core.exceptions import ValidationError

from accounts.models import User
from cases.models import CommitteeCase
from cases.queries import frozen_findings, latest_snapshot
from cases.services import make_documents_now
from documents.enums import Audience
from documents.models import Snapshot
from documents.services.snapshots import has_all_renditions


def has_documents(case: CommitteeCase) -> bool:
    """Tell whether every document of the newest version is there."""
    snapshot = latest_snapshot(case)
    return snapshot is not None and has_all_renditions(snapshot)


def write_documents(case: CommitteeCase, folder: Path, *, audience: Audience, by: User | None) -> list[Path]:
    """Write every document of the newest version to the folder and return the paths; made first when they are not there.

    Each file is replaced whole or not at all. Raises ValidationError when documents cannot be made, or the public may not
    have them; OSError when the folder cannot be written.
    """
    snapshot = latest_snapshot(case) if has_documents(case) else None
    snapshot = snapshot or make_documents_now(case, by=by)
    if audience is Audience.PUBLIC:
        _require_publishable(snapshot)
    folder.mkdir(parents=True, exist_ok=True)
    renditions = snapshot.renditions.filter(audience=audience).order_by("format")
    return [_replaced(folder / rendition.filename, rendition.read()) for rendition in renditions]


def _require_publishable(snapshot: Snapshot) -> None:
    if blocking := [finding.message for finding in frozen_findings(snapshot) if finding.is_blocking]:
        raise ValidationError(blocking)


def _replaced(path: Path, data: bytes) -> Path:
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}-", delete=False) as stream:
        stream.write(data)
    written = Path(stream.name)
    written.chmod(0o666 & ~_umask())  # a temporary file is for its owner alone
    return written.replace(path)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
