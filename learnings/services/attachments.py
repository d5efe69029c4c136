"""Add files to a report that is being written, and take them out."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from learnings.models import Attachment, ExperienceReport, ReportVersion
from learnings.services.reports import draft_for_writing, hold_report
from learnings.services.standing import check_supplier_may_write
from records.files.checking import CheckedFile, check_file

MOST_FILES = 20  # of one report


@transaction.atomic
def attach(report: ExperienceReport, file: File, *, by: User | None) -> Attachment:
    """Keep a file with the report's draft.

    Raises ValidationError at `file`: of a kind that is not listed, other content than its name says, macros, too large (the
    setting `DOCUMENT_MAX_BYTES`), there already, or one too many; and when the report takes no answers now.
    """
    report = hold_report(report)
    check_supplier_may_write(report)
    checked = check_file(file, max_bytes=settings.DOCUMENT_MAX_BYTES)
    draft = draft_for_writing(report, by=by)
    _check_room(draft, checked)
    attachment = Attachment(
        version=draft,
        file_name=checked.name,
        media_type=checked.kind.media_type,
        sha256=checked.sha256,
        size_bytes=checked.size_bytes,
        uploaded_by=by,
    )
    _store(attachment, checked)
    _count(draft)
    return attachment


@transaction.atomic
def detach(attachment: Attachment, *, by: User | None) -> None:
    """Take a file out of the draft; one that an earlier version has stays there."""
    report = hold_report(attachment.version.report)
    check_supplier_may_write(report)
    draft = draft_for_writing(report, by=by)
    row = draft.attachments.filter(pk=attachment.pk).first()
    if row is None:
        raise ValidationError(_("The file is no longer in the report. Reload the page."))
    stored = row.file
    row.delete()
    _count(draft)
    if not Attachment.objects.filter(file=stored.name).exists():
        transaction.on_commit(lambda: stored.storage.delete(stored.name))


def _check_room(draft: ReportVersion, checked: CheckedFile) -> None:
    if draft.attachments.filter(sha256=checked.sha256).exists():
        raise ValidationError({"file": _("The same file is in the report already. Choose another.")})
    if draft.attachments.count() >= MOST_FILES:
        text = _("A report has %(count)d files at most. Take one out first.") % {"count": MOST_FILES}
        raise ValidationError({"file": text})


def _store(attachment: Attachment, checked: CheckedFile) -> None:
    attachment.file.save(checked.name, checked.file, save=False)
    try:
        attachment.full_clean()
        attachment.save()
    except BaseException:
        attachment.file.storage.delete(attachment.file.name or "")
        raise


def _count(draft: ReportVersion) -> None:
    draft.revision += 1  # whoever looked at the report before does not hand in what they have not seen
    draft.save(update_fields=["revision"])
