"""The form that a file is handed in with."""

from __future__ import annotations

from typing import Any, Self

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.files.kinds import KINDS
from records.files.uploads import LimitUploadHandler


class LimitedUploadForm(forms.Form):
    """A form whose request is limited by `receives_upload`.

    With `is_too_large` nothing was received, so that the size is all there is to say, and the form stands as new.
    """

    limit_setting = "DOCUMENT_MAX_BYTES"
    advice: str | Promise = gettext_lazy("Make it smaller, or divide it.")
    as_new: dict[str, object] = {}

    def __init__(self, *args: Any, is_too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_too_large = is_too_large

    @classmethod
    def of_request(cls, request: HttpRequest, upload: LimitUploadHandler, **kwargs: Any) -> Self:
        """Return the form as it was sent, or as new when nothing was."""
        initial = {**cls.as_new, **kwargs.pop("initial", {})}
        if request.method != "POST":
            return cls(initial=initial, **kwargs)
        posted, files = request.POST, request.FILES  # reads the body, and so the handler learns its size
        data: Any = initial if upload.is_too_large else posted
        return cls(data, files, initial=initial, is_too_large=upload.is_too_large, **kwargs)

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_too_large:
            self._errors.clear()  # type: ignore[attr-defined]
            again = _("Nothing else of the form was received either, so fill it in again.")
            self.add_error("file", f"{self.too_large()} {again}")

    def too_large(self) -> str:
        limit = filesizeformat(getattr(settings, self.limit_setting))
        return " ".join([_("The file is larger than %(limit)s.") % {"limit": limit}, str(self.advice)])


def file_field(**kwargs: Any) -> forms.FileField:
    """Return a field for a document of one of the kinds that are taken in."""
    own: dict[str, Any] = {
        "label": gettext_lazy("File"),
        "widget": forms.FileInput(attrs={"accept": ",".join(KINDS)}),
        "error_messages": {"required": gettext_lazy("Choose the file."), "empty": gettext_lazy("The file is empty.")},
    }
    return forms.FileField(**own | kwargs)
