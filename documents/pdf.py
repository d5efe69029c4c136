"""The one door to WeasyPrint: a numbered document as one PDF that is valid as PDF/UA-1 and as PDF/A-3a.

WeasyPrint lays out and paints. The tags are our own (`documents.pdf_tags`): WeasyPrint is handed pages that look empty
to its tagging, so that nothing has to be mended afterwards (ADR 2). The file depends on the document alone: no clock, no network,
and no font of the machine but for signs that IBM Plex Sans does not have.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pydyf
import weasyprint
from weasyprint.logger import LOGGER
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from documents.html import render_print
from documents.html_nodes import Assets
from documents.pdf_fetching import ProjectFetcher
from documents.pdf_finish import has_misread_stream, name_both_standards, settle_streams
from documents.pdf_structure import write_structure
from documents.pdf_tags import POINTS_PER_PIXEL, PaintedPage, RenderingError, structure_of
from documents.tree import Document

VARIANT = "pdf/a-3a"
MEDIA_TYPE = "application/pdf"


def render_pdf(document: Document, *, assets: Assets) -> bytes:
    """Write a numbered document as PDF; the same document gives the same bytes.

    `assets` gives the bytes of a picture by their SHA-256. Raises RenderingError, also for a picture without alternative text.
    """
    return pdf_of_html(render_print(document, assets=assets))


def pdf_of_html(html: str) -> bytes:
    """Write a page as PDF/UA-1 and PDF/A-3a. Raises RenderingError, also for anything fetched from outside the project."""
    with _complaints() as complaints:
        try:
            data = _written(_laid_out(html))
        except FatalURLFetchingError as error:  # not an Exception, so that WeasyPrint lets it through
            raise RenderingError(str(error)) from error
    if complaints:
        raise RenderingError("; ".join(complaints))
    return data


def _laid_out(html: str) -> weasyprint.Document:
    page = weasyprint.HTML(string=html, base_url=None, url_fetcher=ProjectFetcher())
    return page.render(font_config=FontConfiguration(), presentational_hints=False)


def _written(laid_out: weasyprint.Document) -> bytes:
    for attempt in range(20):
        data = laid_out.copy([_Page(page) for page in laid_out.pages]).write_pdf(
            pdf_variant=VARIANT, finisher=_Finisher(attempt)
        )
        if not has_misread_stream(data):
            return data
    raise RenderingError("no attempt gave a file whose streams every validator can read")


class _Page:
    """A laid-out page whose tagging WeasyPrint leaves to us: it paints as ever, but shows no boxes to tag."""

    def __init__(self, page: weasyprint.Page) -> None:
        self._laid_out = page
        self._page_box = page._page_box.copy_with_children([])
        self.stream: Any = None
        self.marks: dict[Any, int] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._laid_out, name)

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Paint the page, and keep which box became which marked content."""
        self._laid_out.paint(stream, scale)
        self.stream = stream
        self.marks = {box: mark["mcid"] for box, mark in stream._tags.items()}
        stream._tags.clear()

    def painted(self) -> PaintedPage:
        return PaintedPage(self._laid_out._page_box, self.marks, self.height * POINTS_PER_PIXEL)


class _Finisher:
    """Adds to a painted PDF what WeasyPrint does not know. Each attempt gives the same document in other bytes."""

    def __init__(self, attempt: int) -> None:
        self._attempt = attempt

    def __call__(self, document: Any, pdf: pydyf.PDF) -> None:
        structure = structure_of([page.painted() for page in document.pages])
        write_structure(pdf, structure, [page.stream for page in document.pages], spare_keys=self._attempt)
        name_both_standards(pdf)
        settle_streams(pdf)


class _Complaints(logging.Handler):
    """Keeps what WeasyPrint logs as an error in this thread: a missing language, a broken font, a picture it can't read."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.texts: list[str] = []
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread:
            self.texts.append(record.getMessage())


@contextmanager
def _complaints() -> Iterator[list[str]]:
    handler = _Complaints()
    LOGGER.addHandler(handler)
    try:
        yield handler.texts
    finally:
        LOGGER.removeHandler(handler)
