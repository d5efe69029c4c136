"""A report as a workbook. A row is known by its question's stable key, a statement's by its key behind a prefix."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.files import File
from django.utils.translation import gettext as _

from learnings.offline.plans import SCALE, Entry, Kind, mark_of, other_report, rating_mark_of
from learnings.queries import Asked, RatingRow, Writing
from records.export import workbook_bytes
from records.sheets.decoding import decode
from records.sheets.layouts import Layout
from records.sheets.reading import read_source
from records.sheets.rows import RowReader, read_rows

KEY, SECTION, QUESTION, RULE, BEFORE, ANSWER, REASON, COMMENT, CHECK = (
    "nøgle",
    "afsnit",
    "spørgsmål",
    "krav",
    "svar sidste år",
    "svar",
    "ikke relevant, fordi",
    "kommentar",
    "kontrol",
)
COLUMNS = (KEY, SECTION, QUESTION, RULE, BEFORE, ANSWER, REASON, COMMENT, CHECK)
WIDTHS = (16, 22, 46, 22, 46, 80, 40, 40, 14)
LAYOUT = Layout(
    required=(KEY, ANSWER),
    optional=(SECTION, QUESTION, RULE, BEFORE, REASON, COMMENT, CHECK),
    words=frozenset(COLUMNS),
)
STATEMENT = "vurdering:"
RATING = "Jeres vurdering af kommunen"
LONGEST_CELL = 32_767  # characters; more a spreadsheet program does not take


def workbook_of(writing: Writing) -> bytes:
    """Return the report as XLSX with a row for each question and statement: what stands there now, and last year's answer."""
    rows = [_cells(writing, section.title, row) for section in writing.sections for row in section.rows]
    rows += [_rating_cells(writing, row) for row in writing.ratings.rows]
    return workbook_bytes("Erfaringer", [name.capitalize() for name in COLUMNS], rows, widths=WIDTHS)


def sheet_entries(file: File, writing: Writing) -> Iterator[Entry]:
    """Yield what each row says; raises ImportRefusedError when the file is no sheet, or another report's."""
    readers = list(read_rows(decode(read_source(file), LAYOUT), LAYOUT))
    reports = {report for report, _base in map(_checked, readers) if report}
    if reports and str(writing.report.pk) not in reports:
        raise other_report()
    for reader in readers:
        yield _entry(reader, writing)


def rule_of(row: Asked) -> str:
    """Return what is demanded of an answer."""
    limit = row.question.word_limit
    parts = ["Skal besvares" if row.question.is_required else "Valgfrit", f"højst {limit} ord" if limit else ""]
    return ", ".join(part for part in parts if part)


def _entry(reader: RowReader, writing: Writing) -> Entry:
    key = reader.text(KEY)
    kind = Kind.STATEMENT if key.startswith(STATEMENT) else Kind.QUESTION
    report, base = _checked(reader)
    return Entry(
        kind=kind,
        key=key.removeprefix(STATEMENT),
        text=reader.text(ANSWER),
        other=reader.text(REASON if kind is Kind.QUESTION else COMMENT),
        where=_("Row %(number)s") % {"number": reader.number},
        base=base,
        problem=_problem(reader, kind, report, writing),
    )


def _problem(reader: RowReader, kind: Kind, report: str, writing: Writing) -> str:
    """Return what is wrong with a row by itself."""
    if reader.errors:
        return " ".join(f"{error.problem} {error.remedy}" for error in reader.errors)
    if report and report != str(writing.report.pk):
        return str(other_report().errors[0].problem)
    if kind is Kind.QUESTION and reader.text(COMMENT):
        return _("Only the rating of the municipality takes a comment. Move it to the answer: %(comment)s") % {
            "comment": reader.text(COMMENT)
        }
    if kind is Kind.STATEMENT and reader.text(REASON):
        return _("A statement takes no reason. Move it to the comment: %(reason)s") % {"reason": reader.text(REASON)}
    return ""


def _checked(reader: RowReader) -> tuple[str, str]:
    """Return the report that the row was saved from, and the mark of what stood there; nothing when somebody removed it."""
    report, divider, base = reader.text(CHECK).partition(":")
    return (report, base) if divider and report.isdecimal() else ("", "")


def _cells(writing: Writing, section: str, row: Asked) -> tuple[str, ...]:
    before = row.before.said if row.before else ""
    check = f"{writing.report.pk}:{mark_of(row)}"
    question = row.question
    cells = (question.key, section, question.wording, rule_of(row), before, row.text, row.reason, "", check)
    return tuple(cell[:LONGEST_CELL] for cell in cells)


def _rating_cells(writing: Writing, row: RatingRow) -> tuple[str, ...]:
    scale = "Frivilligt. Skriv i Svar: " + " / ".join(SCALE.values())
    answer = next((name for step, name in SCALE.items() if step.value == row.score), "")
    check = f"{writing.report.pk}:{rating_mark_of(row)}"
    return (f"{STATEMENT}{row.statement.key}", RATING, row.statement.wording, scale, "", answer, "", row.comment, check)
