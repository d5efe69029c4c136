"""Danish words that every rendering prints around the nodes: labels, legends and marks.

They are data of the document, not of the interface: a frozen document keeps its language whatever the reader's is. HTML, PDF and
Word take them from here, so that the three cannot differ.
"""

from __future__ import annotations

from documents.tree import Annex, Chart, Heading, Picture, Table

FACTS = "Oplysninger om sagen"
FOOTNOTES = "Noter"
SOURCE = "Kilde: "
TABLE = "Tabel"
PAGE_OF_PAGES = "Side {page} af {pages}"
BACK_TO_TEXT = "Tilbage til teksten"


def table_label(table: Table) -> str:
    """Return "Tabel 2", or "" for a table outside the sequence (the data table of a chart)."""
    return f"Tabel {table.number}" if table.number else ""


def figure_label(figure: Chart | Picture) -> str:
    """Return "Figur 1"; charts and pictures share one sequence."""
    return f"Figur {figure.number}"


def annex_label(annex: Annex) -> str:
    """Return "Bilag 3"."""
    return f"Bilag {annex.number}"


def caption_lead(node: Table | Chart | Picture | Annex) -> str:
    """Return what stands before a caption or an annex title: "Tabel 2: ", or "" when there is no number."""
    label = table_label(node) if isinstance(node, Table) else _other_label(node)
    return f"{label}: " if label else ""


def heading_lead(heading: Heading) -> str:
    """Return what stands before a heading's text: "2.1 ", or "" when it is not numbered."""
    return f"{heading.number} " if heading.number else ""


def _other_label(node: Chart | Picture | Annex) -> str:
    return annex_label(node) if isinstance(node, Annex) else figure_label(node)
