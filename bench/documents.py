"""What our documents cost beside WeasyPrint alone, and how much memory they take: `python -m bench.documents`.

Each size runs in a process of its own. Ours is everything that publishing does: charts, HTML, PDF with its own tags, validation
and Word. WeasyPrint's is the same page written as the same PDF variant, with the charts already drawn. Processor time, the lesser
of three runs by turns, so that what else the machine does counts little.
"""

from __future__ import annotations

import datetime as dt
import gc
import io
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable

import pikepdf
import weasyprint

from documents import charts
from documents.html import render_html, render_print
from documents.numbering import numbered
from documents.pdf import VARIANT, render_pdf
from documents.pdf_fetching import ProjectFetcher
from documents.tree import (
    Block,
    Cell,
    Chart,
    ChartRow,
    Column,
    Document,
    Footnote,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Reference,
    Row,
    Table,
    Text,
)
from documents.validation import validate_pdf
from documents.word import render_word

RUNS = 3
# chapters: (most times WeasyPrint's, seconds on top, what it is called)
SIZES = {4: (1.5, 1.0, "5 pages"), 53: (1.4, 0.0, "60 pages")}
MOST_MEMORY_MIB = 600
SENTENCE = (
    "Leverandørerne fremhæver, at et tæt samarbejde mellem jobcenter og konsulent gør forløbene bedre for borgerne. "
)
COLUMNS = (
    Column(()),
    *(Column((Text(label),), unit="antal", is_numeric=True) for label in ("Forløb", "I job", "Plan")),
)


def words(text: str) -> tuple[Text, ...]:
    return (Text(text),)


def chapter(number: int) -> list[Block]:
    """Return about a page: text with a note and a reference, a list, a table, and a chart in every sixth chapter."""
    note = Footnote(words("Opgørelsen omfatter alle forløb i perioden."))
    text = (Text(SENTENCE * 4), note, Text(" "), Reference(f"table-{number}"), Text(" viser tallene. " + SENTENCE * 2))
    points = tuple(ListItem((Paragraph(words(SENTENCE)),)) for _ in range(3))
    blocks = [
        Heading(2, words(f"Kapitel om emne {number}"), is_numbered=True),
        Paragraph(text),
        ListBlock("bullet", points),
    ]
    return [*blocks, table(number), Paragraph(words(SENTENCE * 5)), *([chart(number)] if number % 6 == 1 else [])]


def table(number: int) -> Table:
    rows = tuple(Row((Cell(words(f"Målgruppe {n}")), *(Cell(words("1.286")) for _ in range(3)))) for n in range(9))
    return Table(f"table-{number}", words("Borgere i forløb"), COLUMNS, rows, words("DREAM, 7. august 2023"))


def chart(number: int) -> Chart:
    rows = tuple(ChartRow(f"Målgruppe {n}", number % 50 + n, number % 50, number % 50 + 9, str(n)) for n in range(6))
    data = tuple(Row((Cell(words(row.label)), Cell(words(row.text)))) for row in rows)
    shown = Table("", words("Andel i job"), (Column(()), Column(words("Andel"), "pct.", is_numeric=True)), data)
    return Chart(f"chart-{number}", words("Flere i job"), words("Andel"), "Prikdiagram", "share", "pct.", rows, shown)


def case(chapters: int) -> Document:
    blocks = tuple(block for number in range(1, chapters + 1) for block in chapter(number))
    held = {"title": "Erfaringer fra indsatserne", "short_title": "Erfaringer", "author": "Center", "subject": "Sag"}
    return numbered(Document(**held, dated_on=dt.date(2024, 6, 3), children=blocks, case_numbers="F2 2024-1"))


def no_pictures(sha256: str) -> bytes:
    raise KeyError(sha256)


def publish(document: Document) -> bytes:
    """Do all that publishing does, as for a case never seen before."""
    charts._drawn.cache_clear()
    pdf = render_pdf(document, assets=no_pictures)
    if problems := validate_pdf(pdf):
        raise SystemExit(f"the PDF has problems: {problems}")
    render_html(document, assets=no_pictures)
    render_word(document, assets=no_pictures)
    return pdf


def weasyprint_alone(page: str) -> bytes:
    return weasyprint.HTML(string=page, url_fetcher=ProjectFetcher()).write_pdf(pdf_variant=VARIANT)


def seconds(run: Callable[[], object]) -> float:
    gc.collect()  # what an earlier run left behind is not this one's
    begun = time.process_time()
    run()
    return time.process_time() - begun


def measure(chapters: int) -> bool:
    """Print one size's figures, and tell whether they are met."""
    most, on_top, name = SIZES[chapters]
    document = case(chapters)
    page = render_print(document, assets=no_pictures)
    pages = len(pikepdf.open(io.BytesIO(publish(document))).pages)
    runs = [(seconds(lambda: weasyprint_alone(page)), seconds(lambda: publish(document))) for _ in range(RUNS)]
    theirs, ours = (min(times) for times in zip(*runs, strict=True))
    memory_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    allowed = most * theirs + on_top
    print(f"{name} ({pages}): WeasyPrint {theirs:.2f} s, all three documents {ours:.2f} s: {ours / theirs:.2f} times")
    print(
        f"  allowed {most} times and {on_top:.0f} s: {ours / allowed:.0%} of it; memory {memory_mib:.0f} of {MOST_MEMORY_MIB} MiB"
    )
    return ours <= allowed and memory_mib <= MOST_MEMORY_MIB


def main() -> int:
    if len(sys.argv) > 1:
        return 0 if measure(int(sys.argv[1])) else 1
    runs = [
        subprocess.run([sys.executable, "-m", "bench.documents", str(size)], check=False, env=os.environ)
        for size in SIZES
    ]
    return max(run.returncode for run in runs)


if __name__ == "__main__":
    raise SystemExit(main())
