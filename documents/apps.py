from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from jobs.handlers import Progress


class DocumentsConfig(AppConfig):
    # Wagtail's own app of documents has the label "wagtaildocs", so ours may be called what it is.
    name = "documents"
    verbose_name = _("documents")

    def ready(self) -> None:
        from documents.services.snapshots import RENDER
        from jobs.handlers import register

        register(RENDER, _render)


def _render(snapshot_id: str, progress: Progress) -> None:
    # WeasyPrint and its kin take a second to import: only the process that renders pays for it.
    from documents.services.rendering import render_snapshot

    render_snapshot(snapshot_id, progress)
