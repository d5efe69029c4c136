"""The tree as HTML: a page that stands alone, its body for the public site, and the page that print is made of."""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path

from documents.html_nodes import Assets, Markup, Medium, text
from documents.numbering import footnotes
from documents.tree import Document

ASSETS = Path(__file__).parent / "assets"
_STATIC = Path(__file__).parent / "static" / "documents"
_EMBEDDED_FONTS = (("Regular", 400, "normal"), ("SemiBold", 600, "normal"), ("Italic", 400, "italic"))


def render_html(document: Document, *, assets: Assets) -> str:
    """Return a numbered document as a page that needs no other file: styles, fonts and pictures are inside.

    `assets` gives the bytes of a picture by their SHA-256.
    """
    return _page(document, _embedded_fonts() + style("document.css") + style("screen.css"), "screen", assets)


def render_body(document: Document, *, assets: Assets) -> str:
    """Return what stands below the title of a numbered document, for a page that has its own title, head and styles.

    Headings begin at level 2. It belongs into an element of class "document", styled by the static file `documents/document.css`.
    """
    return _body(document, "screen", assets)


def render_print(document: Document, *, assets: Assets) -> str:
    """Return the page that the PDF is made of: footnotes in the text, texts of running headers in attributes."""
    return _page(document, style("document.css") + style("print.css"), "print", assets)


@cache
def style(name: str) -> str:
    """Return one of our style sheets: of the public site too (`static`), or of documents alone (`assets`)."""
    return next(path for path in (_STATIC / name, ASSETS / "styles" / name) if path.exists()).read_text(
        encoding="utf-8"
    )


@cache
def _embedded_fonts() -> str:
    return "".join(_font_face(*font) for font in _EMBEDDED_FONTS)


def _font_face(name: str, weight: int, slant: str) -> str:
    data = base64.b64encode((ASSETS / "fonts" / f"IBMPlexSans-{name}-Latin1.woff2").read_bytes()).decode()
    source = f'src:url("data:font/woff2;base64,{data}") format("woff2")'
    return f'@font-face{{font-family:"IBM Plex Sans";font-weight:{weight};font-style:{slant};font-display:swap;{source}}}\n'


def _page(document: Document, styles: str, medium: Medium, assets: Assets) -> str:
    header = f'data-short-title="{text(document.short_title)}" data-case-numbers="{text(document.case_numbers)}"'
    return f"""<!DOCTYPE html>
<html lang="{text(document.language)}">
<head>
<meta charset="utf-8">
<title>{text(document.title)}</title>
{_metadata(document)}
<style>
{styles}
</style>
</head>
<body {header}>
<main class="document{" has-notes" * bool(footnotes(document))}">
<h1>{text(document.title)}</h1>
{_body(document, medium, assets)}
</main>
</body>
</html>
"""


def _metadata(document: Document) -> str:
    held = {
        "viewport": "width=device-width, initial-scale=1",
        "author": document.author,
        "description": document.subject,
        "keywords": ", ".join(document.keywords),
        "generator": "Partnerskab",
        "dcterms.created": document.dated_on.isoformat(),
        "dcterms.modified": document.dated_on.isoformat(),
    }
    return "\n".join(f'<meta name="{name}" content="{text(content)}">' for name, content in held.items() if content)


def _body(document: Document, medium: Medium, assets: Assets) -> str:
    markup = Markup(medium, assets=assets)
    lead = f'<p class="lead">{markup.inlines(document.lead)}</p>' if document.lead else ""
    notes = markup.endnotes(footnotes(document)) if medium == "screen" else ""
    parts = (markup.facts(document.facts), lead, markup.blocks(document.children), notes)
    return "\n".join(part for part in parts if part)
