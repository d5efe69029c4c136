"""Receive no more of a sheet than may be imported."""

from records.files.uploads import LimitUploadHandler, receives_upload

receives_sheet = receives_upload("IMPORT_MAX_BYTES")

__all__ = ["LimitUploadHandler", "receives_sheet"]
