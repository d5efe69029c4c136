"""A report as a Word paper to be filled in: an answer place for each question, its tag the question's stable key."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from documents.form_parts import Choice, Field, Locked, Part
from documents.tree import Block, Document, Emphasis, Fact, Heading, Note, Paragraph, Text
from learnings.offline.plans import SCALE, mark_of, rating_mark_of
from learnings.offline.sheets import RATING, rule_of
from learnings.queries import AnsweredSection, Asked, RatingRow, Writing

# Tags and bookmarks are the file's format.
ANSWER, REASON, SCORE, COMMENT = "svar:", "grund:", "enig:", "kommentar:"
REPORT_MARK, QUESTION_MARK, STATEMENT_MARK = "rapport_", "spg_", "uds_"
ANSWER_LABEL, REASON_LABEL = "Jeres svar", "Eller: ikke relevant for os, fordi"
SCORE_LABEL, COMMENT_LABEL = "Hvor enige er I?", "Jeres kommentar (frivillig)"
PROMPT, CHOICE_PROMPT = "Skriv her.", "Vælg her."
LEAD = (
    "Skriv i felterne med ramme, gem filen, og bring den tilbage på siden, hvor du hentede den. "
    "Dér ser du, hvad filen ændrer, før noget bliver gemt."
)
RATING_LEAD = (
    "Det er frivilligt at vurdere kommunen. Svarene vises samlet, når runden er lukket, og kun hvor mindst fem leverandører har "
    "svaret. Kommentarer vises blandt de andres uden jeres navn: Skriv ikke, hvem I er, og intet om enkelte borgere."
)


def paper_of(writing: Writing) -> bytes:
    """Return the report as DOCX: what stands there now in places to write in, what is asked and last year's answers locked."""
    from documents.word_forms import render_form  # slow to load: only who asks for the paper waits for it

    return render_form(_head(writing), list(_parts(writing)), bookmark=f"{REPORT_MARK}{writing.report.pk}")


def titles_of(writing: Writing) -> list[str]:
    """Return what stands above the questions of a section."""
    return [*(section.title for section in writing.sections), RATING, RATING_LEAD]


def short(key: str) -> str:
    """Return a key as it fits into a bookmark, which holds forty letters, digits and underscores."""
    return hashlib.sha256(key.encode()).hexdigest()[:12]


def _head(writing: Writing) -> Document:
    report = writing.report
    return Document(
        title=report.round.title,
        short_title=report.round.title,
        author=report.supplier.name,
        subject=f"Til udfyldning af {report.supplier.name}",
        dated_on=report.round.opens_on,
        lead=(Text(LEAD),),
        facts=(
            Fact("Leverandør", report.supplier.name),
            Fact("CVR-nummer", report.supplier.cvr),
            Fact("Spørgsmål", str(len(writing.rows))),
        ),
        children=(),
    )


def _parts(writing: Writing) -> Iterator[Part]:
    if introduction := writing.report.round.introduction:
        yield Locked("", _paragraphs(introduction))
    for section in writing.sections:
        yield from _section(section, writing)
    if writing.ratings.rows:
        yield Locked("", (Heading(2, (Text(RATING),)), Paragraph((Text(RATING_LEAD),))))
    for row in writing.ratings.rows:
        yield from _statement(row)


def _section(section: AnsweredSection, writing: Writing) -> Iterator[Part]:
    yield Locked("", (Heading(2, (Text(section.title),)),))
    for row in section.rows:
        yield from _question(row, writing)


def _question(row: Asked, writing: Writing) -> Iterator[Part]:
    question = row.question
    yield Locked(f"{QUESTION_MARK}{short(question.key)}_{mark_of(row)}", tuple(_asked(row, writing)))
    yield Field(f"{ANSWER}{question.key}", f"Svar: {question.wording}", ANSWER_LABEL, row.text, PROMPT)
    if question.may_not_apply:
        title = f"Ikke relevant: {question.wording}"
        yield Field(f"{REASON}{question.key}", title, REASON_LABEL, row.reason, PROMPT)


def _asked(row: Asked, writing: Writing) -> Iterator[Block]:
    """Yield what is asked, and what helps to answer it."""
    yield Heading(3, (Text(row.question.wording),))
    if row.question.help_text:
        yield from _paragraphs(row.question.help_text)
    yield Paragraph((Emphasis((Text(f"{rule_of(row)}."),)),))
    if row.comment:
        yield Note("Kommunens kommentar", _paragraphs(row.comment))
    if row.before:
        yield Note(f"Jeres svar i {writing.year_before}", _paragraphs(row.before.said))


def _statement(row: RatingRow) -> Iterator[Part]:
    statement = row.statement
    mark = f"{STATEMENT_MARK}{short(statement.key)}_{rating_mark_of(row)}"
    chosen = next((name for step, name in SCALE.items() if step.value == row.score), "")
    yield Locked(mark, (Heading(3, (Text(statement.wording),)),))
    yield Choice(
        f"{SCORE}{statement.key}",
        f"Vurdering: {statement.wording}",
        SCORE_LABEL,
        tuple(SCALE.values()),
        chosen,
        CHOICE_PROMPT,
    )
    title = f"Kommentar: {statement.wording}"
    yield Field(f"{COMMENT}{statement.key}", title, COMMENT_LABEL, row.comment, PROMPT)


def _paragraphs(text: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph((Text(line),)) for line in text.split("\n") if line.strip())
