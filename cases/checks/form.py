"""Whether the paper has what its committee's template and the decision behind it ask for, and hangs together."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from cases.assembly.paper import Paper, Part
from cases.checks.findings import Finding
from cases.enums import Severity
from cases.models import CommitteeCase
from cases.validators import looks_like_edoc_case, looks_like_f2_case, looks_like_f2_document
from documents import formats
from documents import tree as t
from documents.numbering import walk

Anchored = t.Table | t.Chart | t.Picture | t.Annex


def check_form(paper: Paper, case: CommitteeCase, today: dt.date) -> Iterator[Finding]:
    """Yield findings about sections, points, references, names, dates and case numbers."""
    yield from _incomplete_blocks(paper)
    yield from _missing_sections(paper, case, today)
    yield from _unanswered_points(paper, case)
    yield from _references(paper)
    yield from _names(paper)
    yield from _section_names(paper)
    yield from _dates(paper, case)
    yield from _numbers(case)
    yield from _annex_numbers(paper, case)


def _incomplete_blocks(paper: Paper) -> Iterator[Finding]:
    headings = {block_id: part.heading for part in paper.parts for block_id, _nodes in part.blocks}
    headings |= {part.block_id: part.heading for part in paper.parts}
    for block_id, what in paper.incomplete:
        message = _("Something is not filled in, and is left out of the paper: %(fields)s.") % {"fields": what}
        yield Finding("incomplete-block", Severity.BLOCKS, message, headings.get(block_id, ""), block_id)


def _missing_sections(paper: Paper, case: CommitteeCase, today: dt.date) -> Iterator[Finding]:
    filled = {part.section_key for part in paper.parts if len(part.nodes) > 1}
    for section in case.template.sections.all():
        is_due = not section.is_after_meeting or _is_after_meeting(case, today)
        if section.is_required and is_due and section.key not in filled:
            message = _("The section “%(heading)s” is missing or empty. Add it, or make it voluntary in the template.")
            yield Finding("missing-section", Severity.BLOCKS, message % {"heading": section.heading})


def _is_after_meeting(case: CommitteeCase, today: dt.date) -> bool:
    return case.meeting is not None and case.meeting.held_on < today


def _unanswered_points(paper: Paper, case: CommitteeCase) -> Iterator[Finding]:
    if case.requested_by is None:
        return
    answered = {point.pk for part in paper.parts for point in part.answers}
    for point in case.requested_by.points.all():
        if point.pk not in answered:
            message = _(
                "Point %(number)s of the decision (“%(text)s”) is not answered. Say in a section that it answers it."
            )
            values = {"number": point.number, "text": point.text}
            yield Finding("unanswered-point", Severity.BLOCKS, message % values)


def _references(paper: Paper) -> Iterator[Finding]:
    anchors = {node.anchor for node in _anchored(paper)}
    headings = [node for node in walk(paper.document) if isinstance(node, t.Heading) and node.anchor]
    places = anchors | {heading.anchor for heading in headings}
    anchors |= {heading.anchor for heading in headings if heading.is_numbered}
    for part, block_id, node in _nodes(paper):
        if isinstance(node, t.Reference) and node.target not in anchors:
            message = _("The text refers to “%(target)s”, but nothing in the paper has that name.")
            yield _at(part, block_id, "unknown-reference", Severity.BLOCKS, message % {"target": node.target})
        if isinstance(node, t.Link) and node.href.startswith("#") and node.href[1:] not in places:
            message = _("The link to “%(target)s” leads to nothing in the paper.") % {"target": node.href}
            yield _at(part, block_id, "unknown-reference", Severity.BLOCKS, message)


def _names(paper: Paper) -> Iterator[Finding]:
    counted = Counter(node.anchor for node in _anchored(paper))
    for part, block_id, node in _nodes(paper):
        if isinstance(node, Anchored) and counted[node.anchor] > 1:
            message = _("Two tables, figures or annexes have the name “%(name)s”. Give one of them another.")
            yield _at(part, block_id, "duplicate-name", Severity.BLOCKS, message % {"name": node.anchor})


def _section_names(paper: Paper) -> Iterator[Finding]:
    """Sections are known by their keys, so that they can be referred to; a second of that name could be meant as well."""
    counted = {node.anchor for node in _anchored(paper)}
    sections = Counter(part.section_key for part in paper.parts if part.section_key)
    for part in paper.parts:
        if sections[part.section_key] > 1 or (part.section_key in counted and not _is_annex(part)):
            message = _(
                "The name of the section “%(heading)s” is used twice. Have one such section, and no table named so."
            )
            yield _at(part, part.block_id, "duplicate-name", Severity.BLOCKS, message % {"heading": part.heading})


def _dates(paper: Paper, case: CommitteeCase) -> Iterator[Finding]:
    if paper.data_as_of and case.dated_on < paper.data_as_of:
        message = _(
            "The paper is dated %(dated)s, before its data were drawn on %(data)s. Correct the date of the paper."
        )
        values = {"dated": formats.day(case.dated_on), "data": formats.day(paper.data_as_of)}
        yield Finding("dated-before-data", Severity.BLOCKS, message % values)


def _numbers(case: CommitteeCase) -> Iterator[Finding]:
    checked = (
        (case.f2_case_number, looks_like_f2_case, _("F2 case number"), "2023 - 7083"),
        (case.f2_document_number, looks_like_f2_document, _("F2 document number"), "3415905"),
        (case.edoc_case_number, looks_like_edoc_case, _("eDoc case number"), "2023-0158729"),
    )
    for number, looks_right, name, example in checked:
        if number and not looks_right(number):
            message = _("The %(name)s “%(number)s” does not look like one (for example %(example)s). Is it right?")
            values = {"name": name, "number": number, "example": example}
            yield Finding("case-number", Severity.WARNS, message % values)


def _annex_numbers(paper: Paper, case: CommitteeCase) -> Iterator[Finding]:
    own = sum(isinstance(node, t.Annex) for node in paper.document.children)
    taken = [each.annex_number for each in case.annexes.all()] if case.pk else []
    for number in taken:
        if number is not None and number <= own:
            message = _("Two annexes have the number %(number)s: one in the paper itself and one of its own.")
            yield Finding("duplicate-number", Severity.BLOCKS, message % {"number": number})


def plain_text(nodes: tuple[t.Inline, ...]) -> str:
    """Return inline nodes as text without formatting."""
    return "".join(_inline_text(node) for node in nodes)


def _inline_text(node: t.Inline) -> str:
    if isinstance(node, t.Text | t.Value | t.Reference):
        return node.text
    return "" if isinstance(node, t.Footnote) else plain_text(node.children)


def _anchored(paper: Paper) -> Iterator[Anchored]:
    for node in paper.document.children:
        yield from (each for each in walk(node) if isinstance(each, Anchored))


def _is_annex(part: Part) -> bool:
    return any(isinstance(node, t.Annex) for node in part.nodes)


def _nodes(paper: Paper) -> Iterator[tuple[Part, str, object]]:
    for part in paper.parts:
        for block_id, nodes in part.blocks:
            for node in nodes:
                yield from ((part, block_id, each) for each in walk(node))


def _at(part: Part, block_id: str, code: str, severity: Severity, message: str) -> Finding:
    return Finding(code, severity, message, part.heading, block_id)
