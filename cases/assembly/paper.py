"""The whole paper: the case's facts around the parts of its body."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from cases.assembly import comparison, elaboration, figures, learnings, ratings, text, typed
from cases.assembly.evidence import Entry, Ledger
from cases.assembly.live import Block, Live, content_blocks, fetch, is_complete
from cases.models import CommitteeCase
from cases.sheets import Sheet, parse_pasted
from committees.models import DecisionPoint
from documents import formats
from documents import tree as t
from learnings.models import Round
from learnings.queries.words import thresholds_of
from learnings.rules import count_note
from results.disclosure import Decision, decide_for_observations, published_figures
from results.models import Delivery, MeasureVersion
from results.queries import ResultsTable, with_siblings

UNDER_CHAPTER = 3  # the level of a subheading; a section's heading and an annex's title are chapters


@dataclass(frozen=True)
class TypedTable:
    name: str
    block_id: str
    sheet: Sheet
    has_unique_persons: bool
    is_about_persons: bool = True


@dataclass(frozen=True)
class Part:
    """A section or annex with what was built from it. `block_id` is where it is edited."""

    block_id: str
    section_key: str
    heading: str
    nodes: tuple[t.Block, ...]
    blocks: tuple[tuple[str, tuple[t.Block, ...]], ...] = ()
    answers: tuple[DecisionPoint, ...] = ()


@dataclass(frozen=True)
class Paper:
    """An assembled case: the tree, the evidence behind it, and what checks need to know of its making.

    `incomplete` holds the id of each block of a draft that is not filled in, and what it lacks; nothing is built of it.
    """

    document: t.Document
    parts: tuple[Part, ...]
    evidence: dict[str, Entry]
    data_as_of: dt.date | None
    typed_tables: tuple[TypedTable, ...]
    results_tables: tuple[tuple[str, ResultsTable], ...] = field(default=())
    incomplete: tuple[tuple[str, str], ...] = field(default=())


def assemble(case: CommitteeCase) -> Paper:
    """Return the case as a paper, with data as they stand now. Reads only, save for the bytes of pictures.

    `case` is the text wanted, draft or approved: `case.newest_text()` for the newest. The tree is not numbered yet.
    """
    return _Assembler(case).paper()


class _Assembler:
    """One assembly. What a block becomes stands in `_builders`, by the block's name."""

    def __init__(self, case: CommitteeCase) -> None:
        self.case = case
        self.live: Live = fetch(case.body)
        self.ledger = Ledger(_decided(self.live), passages=self.live.passages())
        self.level = UNDER_CHAPTER  # of the headings that a block makes
        self.answered = _answered_points(case)
        self._builders: dict[str, Callable[[Block], Iterable[t.Block]]] = {
            "text": self._text,
            "subheading": self._subheading,
            "at_points": self._at_points,
            "note": lambda block: (t.Note(block.value["title"], text.blocks_of(block.value["text"], {})),),
            "typed_table": lambda block: (typed.typed_table_node(block.value, {}),),
            "picture": lambda block: (typed.picture_node(block.value),),
            "signatures": lambda block: (t.Paragraph((t.Text(" / ".join(block.value)),)),),
            "results_table": lambda block: (figures.results_node(block.value, self.live.of(block), self.ledger),),
            "satisfaction_table": lambda block: (
                figures.satisfaction_node(block.value, self.live.of(block), self.ledger),
            ),
            "chart": lambda block: (figures.chart_node(block.value, self.live.of(block), self.ledger),),
            "comparison": lambda block: comparison.comparison_nodes(block.value, self.live.of(block), self.ledger),
            "respondents": lambda block: elaboration.respondents_nodes(block.value, self.live.of(block), self.ledger),
            "main_points": lambda block: learnings.main_points_nodes(
                block.value, self.live.of(block), self.ledger, level=self.level
            ),
            "elaboration": lambda block: elaboration.elaboration_nodes(
                block.value, self.live.of(block), self.ledger, level=self.level
            ),
            "recommendations": lambda block: learnings.recommendations_nodes(
                block.value, self.live.of(block), self.ledger, anchor=f"recommendations-{self.live.key(block)}"
            ),
            "discussions": lambda block: learnings.discussions_nodes(block.value, self.live.of(block), self.ledger),
            "evaluation": lambda block: ratings.evaluation_nodes(
                self.live.of(block), self.ledger, anchor=f"evaluation-{self.live.key(block)}"
            ),
            "quotes": lambda block: learnings.quotes_nodes(block.value, self.live.of(block), self.ledger),
            "requested_points": self._requested_points,
            "annex_list": self._annex_list,
            "sources": self._sources,
        }

    def paper(self) -> Paper:
        parts = tuple(part for child in self.case.body if (part := self._part(child)))
        built = {key for part in parts for key, _nodes in part.blocks}
        return Paper(
            document=self._document(parts),
            parts=parts,
            evidence=self.ledger.entries,
            data_as_of=max((each.extracted_on for each in self._deliveries()), default=None),
            typed_tables=tuple(table for table in self._typed_tables() if table.block_id in built),
            results_tables=tuple((key, table) for key, table in self._results_tables() if key in built),
            incomplete=self.live.incomplete,
        )

    def _document(self, parts: tuple[Part, ...]) -> t.Document:
        case = self.case
        annex = f"Bilag {case.annex_number}: " if case.annex_number else ""
        return t.Document(
            title=f"{annex}{case.title}",
            short_title=case.short_title,
            author=case.committee.administration,
            subject=case.template.name,
            dated_on=case.dated_on,
            children=tuple(node for part in parts for node in part.nodes),
            lead=(t.Text(case.lead),) if case.lead else (),
            facts=tuple(facts_of(case)),
            case_numbers=case.numbers,
        )

    # --- parts

    def _part(self, child: Block) -> Part | None:
        self.level = UNDER_CHAPTER
        blocks = tuple((self.live.key(block), tuple(self._built(block))) for block in child.value["content"] or ())
        content = tuple(node for _block_id, nodes in blocks for node in nodes)
        if child.block_type == "annex":
            return self._annex(child, content, blocks) if is_complete(child) else None
        section = child.value["section"]
        if not content and (section is None or section.is_after_meeting):
            return None
        heading = _heading(child.value) or formats.MISSING
        key = section.key if section else ""
        top = t.Heading(2, (t.Text(heading),), anchor=key, is_numbered=self.case.template.has_numbered_chapters)
        answers = tuple(point for point in child.value["answers"] if point)
        return Part(self.live.key(child), key, heading, (top, *content), blocks, answers)

    def _built(self, block: Block) -> Iterable[t.Block]:
        return self._builders[block.block_type](block) if is_complete(block) else ()

    def _annex(self, child: Block, content: tuple[t.Block, ...], blocks: Any) -> Part:
        value = child.value
        node = t.Annex(value["name"], (t.Text(value["title"]),), content)
        return Part(self.live.key(child), value["name"], value["title"], (node,), blocks)

    # --- blocks

    def _subheading(self, block: Block) -> Iterable[t.Block]:
        """What follows it in the part stands under it."""
        self.level = UNDER_CHAPTER + 1
        return (t.Heading(UNDER_CHAPTER, (t.Text(block.value),)),)

    def _text(self, block: Block) -> Iterable[t.Block]:
        figures_found = self.live.of(block)
        marks = {mark.value["name"]: mark for mark in block.value["marks"] if mark.value["name"]}
        return text.blocks_of(
            block.value["text"], {name: self._mark(mark, figures_found) for name, mark in marks.items()}
        )

    def _mark(self, mark: Block, found: dict[str, Any]) -> text.Inlines:
        value = mark.value
        if not is_complete(mark):
            return figures.MISSING
        if mark.block_type == "figure":
            return figures.figure_value(value, found[value["name"]], self.ledger)
        if mark.block_type == "footnote":
            return (t.Footnote(text.inlines_of(value["text"], {})),)
        return (t.Reference(value["target"]),)

    def _at_points(self, block: Block) -> Iterator[t.Block]:
        yield text.paragraph(block.value["introduction"])
        yield t.ListBlock("at", tuple(t.ListItem((text.paragraph(point),)) for point in block.value["points"]))

    def _requested_points(self, block: Block) -> Iterator[t.Block]:
        if block.value["introduction"]:
            yield text.paragraph(block.value["introduction"])
        if self.case.requested_by:
            points = self.case.requested_by.points.all()
            yield t.ListBlock("decimal", tuple(t.ListItem((self._requested_point(point),)) for point in points))

    def _requested_point(self, point: DecisionPoint) -> t.Paragraph:
        if point.pk not in self.answered:
            return text.paragraph(f"{point.text}: endnu ikke besvaret.")
        section = self.answered[point.pk]
        if self.case.template.has_numbered_chapters:
            return t.Paragraph((t.Text(f"{point.text}: se "), t.Reference(section["section"].key), t.Text(".")))
        return text.paragraph(f"{point.text}: se ”{_heading(section)}”.")

    def _annex_list(self, block: Block) -> Iterator[t.Block]:
        if block.value["introduction"]:
            yield text.paragraph(block.value["introduction"])
        own = [
            _annex_mention(child.value)
            for child in self.case.body
            if child.block_type == "annex" and is_complete(child)
        ]
        others = [text.paragraph(f"Bilag {each.annex_number}: {each.title}") for each in _numbered_annexes(self.case)]
        if own or others:
            yield t.ListBlock("bullet", tuple(t.ListItem((mention,)) for mention in (*own, *others)))

    def _sources(self, block: Block) -> Iterator[t.Block]:
        """Build the note that collects sources and method of everything live in the paper."""
        lines = [*map(_source_line, self._deliveries()), *map(_method_line, self._versions())]
        lines += [count_note(thresholds_of(this_round)) for this_round in self._counted_rounds()]
        if lines:
            items = tuple(t.ListItem((text.paragraph(line),)) for line in dict.fromkeys(lines))
            yield t.Note(block.value["title"], (t.ListBlock("bullet", items),))

    # --- what was used

    def _deliveries(self) -> list[Delivery]:
        found = {each.delivery_id: each.delivery for each in self.live.observations()}
        return sorted(found.values(), key=lambda delivery: (delivery.extracted_on, delivery.pk))

    def _versions(self) -> list[MeasureVersion]:
        found = {each.measure_version_id: each.measure_version for each in self.live.observations()}
        return sorted(found.values(), key=lambda version: (version.measure.order, version.measure.name, version.code))

    def _counted_rounds(self) -> list[Round]:
        counted = {"main_points", "recommendations", "elaboration"}
        blocks = [
            block for block in content_blocks(self.case.body) if block.block_type in counted and is_complete(block)
        ]
        return list(dict.fromkeys(block.value["round"] for block in blocks))

    def _typed_tables(self) -> Iterator[TypedTable]:
        for block in content_blocks(self.case.body):
            if block.block_type == "typed_table" and is_complete(block):
                value = block.value
                sheet = parse_pasted(value["cells"])
                persons = value["is_unique_persons"], value["is_about_persons"]
                yield TypedTable(value["name"], self.live.key(block), sheet, *persons)

    def _results_tables(self) -> Iterator[tuple[str, ResultsTable]]:
        for block_id, data in self.live.data.items():
            if isinstance(data, ResultsTable):
                yield block_id, data


def _decided(live: Live) -> Decision:
    """Decide what may leave of the figures, beside all that hangs together with them and all that is public already."""
    shown = live.observations()
    return decide_for_observations(with_siblings(shown), published=published_figures() if shown else ())


def facts_of(case: CommitteeCase) -> Iterator[t.Fact]:
    """Yield the lines of the right column: date, numbers, case officer, centre and address; those that are known."""
    lines = (
        ("Dato", formats.day(case.dated_on)),
        ("Udvalg", case.committee.name),
        ("Møde", formats.day(case.meeting.held_on) if case.meeting else ""),
        ("Sagsnummer i F2", case.f2_case_number),
        ("Dokumentnummer i F2", case.f2_document_number),
        ("Sagsnummer i eDoc", case.edoc_case_number),
        ("Sagsbehandler", case.case_officer.get_full_name() if case.case_officer else ""),
        ("Center", case.centre),
        ("Adresse", ", ".join(line.strip() for line in case.address.splitlines() if line.strip())),
    )
    yield from (t.Fact(label, value) for label, value in lines if value)


def _answered_points(case: CommitteeCase) -> dict[int, Any]:
    """Return the section in which each point of the decision is answered, by the point's id."""
    sections = [child.value for child in case.body if child.block_type == "section" and child.value["section"]]
    return {point.pk: section for section in sections for point in section["answers"] if point}


def _heading(section: Any) -> str:
    own = section["section"].heading if section["section"] else ""
    return section["heading"] or own


def _numbered_annexes(case: CommitteeCase) -> Iterable[CommitteeCase]:
    return case.annexes.order_by("annex_number") if case.pk else ()


def _annex_mention(value: Any) -> t.Paragraph:
    return t.Paragraph((t.Reference(value["name"]), t.Text(f": {value['title']}")))


def _source_line(delivery: Delivery) -> str:
    status = "" if delivery.is_validated else " Ikke valideret."
    note = f" {delivery.note.rstrip('.')}." if delivery.note else ""
    return f"Kilde: {delivery.source}, trukket {formats.day(delivery.extracted_on)}.{note}{status}"


def _method_line(version: MeasureVersion) -> str:
    known = " ".join(f"{text.rstrip('.')}." for text in (version.counts, version.window, version.population) if text)
    note = f" {version.method_note}" if version.method_note else ""
    return f"{version.measure.name} (opgørelse {version.code}): {known}{note}"
