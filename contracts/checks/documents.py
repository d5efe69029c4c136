"""What the register says of a file, is there."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from contracts.models import DocumentVersion
from records.checks import Problem


def check_files() -> Iterator[Problem]:
    """Find files that are gone from where files are kept, or have another size; one query."""
    for version in DocumentVersion.objects.order_by("pk").iterator():
        storage, name = version.file.storage, version.file.name or ""
        if not storage.exists(name):
            text = _("The file “%(name)s” is gone. Fetch it from a backup by its SHA-256, %(digest)s.")
            yield Problem(version, text % {"name": version.file_name, "digest": version.sha256})
        elif storage.size(name) != version.size_bytes:
            text = _(
                "The file “%(name)s” is not as it was handed in. Fetch it from a backup by its SHA-256, %(digest)s."
            )
            yield Problem(version, text % {"name": version.file_name, "digest": version.sha256})
