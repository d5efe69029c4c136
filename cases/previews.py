"""The live preview beside the editor."""

from __future__ import annotations

from typing import Any

from cases.assembly.paper import assemble
from cases.models import CommitteeCase
from documents.enums import Audience
from documents.html import render_body
from documents.models import Asset
from documents.numbering import DuplicateAnchorError, UnknownTargetError, numbered
from documents.redaction import for_audience
from documents.tree import Document


def preview_context(case: CommitteeCase) -> dict[str, Any]:
    """Return the document as it would be rendered now, or why it cannot be."""
    try:
        document: Document = for_audience(numbered(assemble(case).document), Audience.INTERNAL)
    except UnknownTargetError as error:
        return {"problem": error.target, "document": None}
    except DuplicateAnchorError as error:
        return {"problem": error.anchor, "document": None}
    return {"document": document, "body": render_body(document, assets=Asset.bytes_of), "problem": ""}
