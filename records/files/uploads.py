"""Receive no more of a file than may be taken in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

View = Callable[..., HttpResponse]
SLACK_BYTES = 1024 * 1024  # the form's other fields


class LimitUploadHandler(FileUploadHandler):
    """Stops before the first byte is kept when the request says that it is larger than `limit` bytes."""

    def __init__(self, request: Any, *, limit: int) -> None:
        super().__init__(request)
        self.limit = limit
        self.is_too_large = False

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        self.is_too_large = content_length > self.limit + SLACK_BYTES

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.is_too_large:
            raise StopUpload(connection_reset=False)  # the rest is read past, so that the browser hears the answer

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def receives_upload(limit_setting: str) -> Callable[[View], View]:
    """Give a view `upload`, the handler that limits what the request may bring to a setting's bytes.

    To stand below whatever refuses people: they are refused before anything is read.
    """

    def decorate(view: View) -> View:
        protected = csrf_protect(view)

        @csrf_exempt  # only until the limit is set: the check reads the request's body
        @wraps(view)
        def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            handler = LimitUploadHandler(request, limit=getattr(settings, limit_setting))
            request.upload_handlers.insert(0, handler)
            return protected(request, *args, upload=handler, **kwargs)

        return limited

    return decorate


receives_document = receives_upload("DOCUMENT_MAX_BYTES")
