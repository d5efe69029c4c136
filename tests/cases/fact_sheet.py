"""The figures of a real fact sheet of 2023, with the faults that it was printed with."""

from __future__ import annotations

from cases.sheets import Sheet

HEADINGS = ("Ydelsesgruppe", "I forløb 2022", "I job", "I uddannelse")
ROWS = (
    ("Aktivitetsparate", "1.286", "62 (4,8 %)", "5 (0,3%)"),
    ("Ressourceforløb", "1.236", "8 (0,6 %)", "1 (0,08 %)"),
    ("Sygemeldte", "3.393", "206 (6,1 %)", "9 (0,3 %)"),
    ("Ledighedsydelse", "175", "24 (13,7 %)", "0 (0 %)"),
    ("Total", "6.065", "300 (4,9%)", "15 (0,2 %)"),
)
FACT_SHEET = Sheet(HEADINGS, ROWS)
