"""The columns of the coding as a table, out and in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from records.sheets.layouts import Layout

BETWEEN = " > "  # between a theme and the one above it
YES = "ja"

# Data of files, so Danish: the same heads are read again.
HEADINGS = (
    "Uddrag",
    "Leverandør",
    "Nøgle",
    "Tema",
    "Spørgsmål",
    "Version",
    "Start",
    "Slut",
    "Stærkt citat",
    "Forslag",
    "Kodet af",
    "Kodet",
)
IGNORED = ("question", "version", "suggested", "coded_by", "coded_at")
CODING = Layout(
    required=("passage", "supplier", "key", "theme"),
    optional=("start", "end", "strong", *IGNORED),
    aliases={
        "uddrag": "passage",
        "leverandør": "supplier",
        "nøgle": "key",
        "tema": "theme",
        "spørgsmål": "question",
        "start": "start",
        "slut": "end",
        "stærkt citat": "strong",
        "forslag": "suggested",
        "kodet af": "coded_by",
        "kodet": "coded_at",
    },
    words=frozenset({"passage"}),
    advice=_("Check that it is the coding of one round."),
)
