"""The form that a file of a report is handed in with."""

from __future__ import annotations

from records.files.forms import LimitedUploadForm, file_field


class AttachmentForm(LimitedUploadForm):
    file = file_field()
