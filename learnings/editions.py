"""An edition of a report for the public: what it holds, and the paper and the rows that are made of it. No database.

An edition is plain data, stored as JSON, in which a withheld passage is `None` and not its words:

    {"round", "year", "supplier", "cvr", "handed_in_on",
     "sections": [{"title", "answers": [{"key", "question", "state", "grounds", "pieces": [text or None]}]}]}

Page, PDF, search and open data are made of it alone. Its words are data of documents, so Danish.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from documents.formats import day
from documents.tree import Block, Document, Emphasis, Fact, Heading, Inline, Note, Paragraph, Text
from learnings.publication import PublicPiece

Content = dict[str, Any]
AnswerContent = dict[str, Any]

MARK = "[udeladt]"  # the one mark for everything that is kept out, whatever it is and however long; read aloud as it stands
ANSWERED, PARTLY, WITHHELD, NOT_RELEVANT = "besvaret", "delvist udeladt", "udeladt", "ikke relevant"
SECRET, PERSONAL = "forretningshemmelighed", "personoplysninger"
LEAD = "Leverandørens egen indberetning, som kommunen har godkendt og offentliggjort. Bilag offentliggøres ikke."
MARK_TITLE = "Når noget er udeladt"
MARK_NOTE = (
    f"{MARK} står, hvor ord er udeladt, fordi de er en forretningshemmelighed eller oplysninger om personer. "
    "Mærket er det samme, uanset hvad der er udeladt, og hvor meget."
)
COLUMNS = (
    "år",
    "runde",
    "leverandør",
    "cvr",
    "afsnit",
    "nøgle",
    "spørgsmål",
    "tilstand",
    "grund",
    "svar",
    "offentliggjort",
    "adresse",
)


def answer_content(
    *, key: str, question: str, pieces: Sequence[PublicPiece], grounds: Iterable[str], is_relevant: bool
) -> AnswerContent:
    """Return an answer as an edition holds it; the words of withheld pieces end here."""
    shown = [None if piece.is_withheld else piece.text for piece in pieces]
    if not any(text and text.strip() for text in shown):
        shown = [None]
    return {
        "key": key,
        "question": question,
        "state": _state(shown, is_relevant=is_relevant),
        "grounds": sorted(set(grounds)) if None in shown else [],
        "pieces": shown,
    }


def _state(shown: Sequence[str | None], *, is_relevant: bool) -> str:
    if shown == [None]:
        return WITHHELD
    if not is_relevant:
        return NOT_RELEVANT
    return PARTLY if None in shown else ANSWERED


def digest_of(content: Content) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def answers_in(content: Content) -> Iterator[tuple[str, AnswerContent]]:
    """Yield each answer with the title of its section."""
    for section in content["sections"]:
        for answer in section["answers"]:
            yield section["title"], answer


def said(answer: AnswerContent) -> str:
    """Return what the public reads of an answer, the mark where something is kept out."""
    return "".join(MARK if piece is None else piece for piece in answer["pieces"])


def searchable_text(content: Content) -> str:
    """Return every public word of an edition, as a search index wants it."""
    words = [content["supplier"], content["round"]]
    for _section, answer in answers_in(content):
        words += [answer["question"], *(piece for piece in answer["pieces"] if piece is not None)]
    return " ".join(" ".join(words).split())


def ground_text(answer: AnswerContent) -> str:
    """Return on what kind of ground something is kept out; nothing when all is there."""
    return " og ".join(answer["grounds"])


def remark(answer: AnswerContent) -> str:
    """Return what stands at an answer of which something is kept out, or that is none; else nothing."""
    if answer["state"] == WITHHELD:
        return f"Svaret er udeladt. Grund: {ground_text(answer)}."
    about = "Spørgsmålet er ikke relevant for leverandøren. " if answer["state"] == NOT_RELEVANT else ""
    left_out = f"Dele af svaret er udeladt. Grund: {ground_text(answer)}." if answer["grounds"] else ""
    return (about + left_out).strip()


# --- the paper


def document_of(content: Content, *, published_on: dt.date, author: str = "") -> Document:
    """Return the edition as a document, to be numbered and rendered like every other."""
    title = f"{content['supplier']}: {content['round']}"
    return Document(
        title=title,
        short_title=title,
        author=author or content["supplier"],
        subject=f"Indberetning fra {content['supplier']} til {content['round']}",
        dated_on=published_on,
        lead=(Text(LEAD),),
        facts=(
            Fact("Leverandør", content["supplier"]),
            Fact("CVR-nummer", content["cvr"]),
            Fact("Indsendt", day(dt.date.fromisoformat(content["handed_in_on"]))),
            Fact("Offentliggjort", day(published_on)),
        ),
        children=tuple(_blocks(content)),
    )


def _blocks(content: Content) -> Iterator[Block]:
    if any(None in answer["pieces"] for _section, answer in answers_in(content)):
        yield Note(MARK_TITLE, (Paragraph((Text(MARK_NOTE),)),))
    for section in content["sections"]:
        yield Heading(2, (Text(section["title"]),))
        for answer in section["answers"]:
            yield Heading(3, (Text(" ".join(answer["question"].split())),))
            yield from _answer(answer)


def _answer(answer: AnswerContent) -> Iterator[Block]:
    if text := remark(answer):
        yield Paragraph((Emphasis((Text(text),)),))
    if answer["state"] == WITHHELD:
        return
    for paragraph in paragraphs(answer):
        inline: tuple[Inline, ...] = tuple(Text(MARK if part is None else part) for part in paragraph)
        yield Paragraph(inline)


def paragraphs(answer: AnswerContent) -> list[list[str | None]]:
    """Return the answer's paragraphs as pieces, None where something is kept out; empty lines are left out."""
    rows: list[list[str | None]] = [[]]
    for piece in answer["pieces"]:
        first, *others = [None] if piece is None else piece.split("\n")
        rows[-1].append(first)
        rows += [[line] for line in others]
    return [row for row in rows if any(part is None or part.strip() for part in row)]


# --- open data


def rows_of(content: Content, facts: Mapping[str, str]) -> Iterator[list[str]]:
    """Yield the lines of an edition under `COLUMNS`; `facts` has its day and address."""
    for section, answer in answers_in(content):
        yield [
            str(content["year"]),
            content["round"],
            content["supplier"],
            content["cvr"],
            section,
            answer["key"],
            answer["question"],
            answer["state"],
            ground_text(answer),
            said(answer) if answer["state"] != WITHHELD else "",
            facts["offentliggjort"],
            facts["adresse"],
        ]


def data_of(content: Content, facts: Mapping[str, str]) -> dict[str, Any]:
    """Return an edition as open data; `facts` has its day and address."""
    return {
        "leverandør": content["supplier"],
        "cvr": content["cvr"],
        "indsendt": content["handed_in_on"],
        **facts,
        "svar": [
            {
                "afsnit": section,
                "nøgle": answer["key"],
                "spørgsmål": answer["question"],
                "tilstand": answer["state"],
                "grunde": answer["grounds"],
                "svar": said(answer) if answer["state"] != WITHHELD else None,
            }
            for section, answer in answers_in(content)
        ],
    }
