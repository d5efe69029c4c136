"""What no standard's machine rules see: tags that are legal and yet mislead whoever listens to the document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from django.utils.translation import gettext as _

_HEADINGS = {f"H{level}" for level in range(1, 7)}
_WITH_TEXT = _HEADINGS | {"Link", "Caption", "Note", "Lbl"}
_TABLE_PARTS = {"THead", "TBody", "TFoot"}


@dataclass(frozen=True, slots=True)
class Fault:
    """A misleading tag: a short name of the rule, and a sentence for the person who wrote the document."""

    rule: str
    message: str


@dataclass(eq=False, slots=True)
class Tag:
    """A structure element read from a file. `pages` are those of its own content, in order."""

    name: str
    kids: list[Tag] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    has_scope: bool = False
    has_alternative: bool = False
    identifier: str = ""

    def walk(self) -> Iterator[Tag]:
        """Yield this element and all below it, in the order of reading."""
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def has_content(self) -> bool:
        return any(each.pages for each in self.walk())


def faults_of(pdf: pikepdf.Pdf) -> list[Fault]:
    """Return what is misleading in the tags of a file; a file without tags has one fault."""
    faults = list(_catalog_faults(pdf))
    if "/StructTreeRoot" not in pdf.Root:
        return [*faults, Fault("no-tags", _("The file has no tags."))]
    root = read_tags(pdf)
    faults += _order_faults(root)
    for tag in root.walk():
        faults += _element_faults(tag)
    return faults


def read_tags(pdf: pikepdf.Pdf) -> Tag:
    """Return the structure tree of a file."""
    pages = {each.obj.objgen: number for number, each in enumerate(pdf.pages, start=1)}
    return _read(pdf.Root.StructTreeRoot, pages, "StructTreeRoot")


def _read(element: pikepdf.Object, pages: dict[tuple[int, int], int], name: str) -> Tag:
    page = pages.get(element.Pg.objgen, 0) if "/Pg" in element else 0
    attributes = element.get("/A")
    tag = Tag(
        name,
        has_scope=attributes is not None and "/Scope" in attributes,
        has_alternative=bool(str(element.get("/Alt", ""))),
        identifier=str(element.get("/ID", "")),
    )
    for kid in _kids(element):
        if not isinstance(kid, pikepdf.Dictionary):
            tag.pages.append(page)
        elif "/S" in kid:
            tag.kids.append(_read(kid, pages, str(kid.S)[1:]))
        elif kid.get("/Type") == "/MCR":
            tag.pages.append(pages.get(kid.Pg.objgen, 0) if "/Pg" in kid else page)
    return tag


def _kids(element: pikepdf.Object) -> list[Any]:
    kids: Any = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array | list) else [kids]


# --- rules


def _catalog_faults(pdf: pikepdf.Pdf) -> Iterator[Fault]:
    if not str(pdf.Root.get("/Lang", "")):
        yield Fault("no-language", _("The file does not say what language it is written in."))
    if not str(pdf.docinfo.get("/Title", "")).strip():
        yield Fault("no-title", _("The file has no title."))


def _order_faults(root: Tag) -> Iterator[Fault]:
    """Yield a fault for each place where the order of reading goes back to an earlier page; notes stand where their marks are."""
    last = 0
    for page in _pages_in_order(root):
        if page < last:
            yield Fault(
                "order",
                _("The order of reading goes from page %(last)d back to page %(page)d.") % {"last": last, "page": page},
            )
        last = page


def _pages_in_order(tag: Tag) -> Iterator[int]:
    # The content of an element that is split over pages is read to its end before its kids are, so only whole elements compare.
    yield from tag.pages[:1]
    for kid in tag.kids:
        if kid.name != "Note":
            yield from _pages_in_order(kid)


def _element_faults(tag: Tag) -> Iterator[Fault]:
    if tag.name in _WITH_TEXT and not tag.has_content():
        yield Fault("empty", _("A tag of the kind %(tag)s has no text.") % {"tag": tag.name})
    if tag.name == "Figure" and not tag.has_alternative:
        yield Fault("no-alternative", _("A picture has no alternative text."))
    if tag.name == "Note" and not tag.identifier:
        yield Fault("note-identifier", _("A footnote has no identifier."))
    if tag.name == "Table":
        yield from _table_faults(tag)
    yield from _list_faults(tag)
    yield from _neighbour_faults(tag)


def _table_faults(table: Tag) -> Iterator[Fault]:
    rows = [row for part in table.kids if part.name in _TABLE_PARTS for row in part.kids]
    heads = [cell for row in rows for cell in row.kids if cell.name == "TH"]
    if len({len(row.kids) for row in rows}) > 1:
        yield Fault("uneven-table", _("A table has rows with different numbers of cells."))
    if not heads:
        yield Fault("no-header-cells", _("A table has no header cells."))
    if not all(cell.has_scope for cell in heads):
        yield Fault("no-scope", _("A header cell does not say whether it heads a row or a column."))
    if [part.name for part in table.kids].count("THead") > 1:
        yield Fault("repeated-head", _("A table has more than one head, so that it is read again on each page."))


def _list_faults(tag: Tag) -> Iterator[Fault]:
    if tag.name == "L" and any(kid.name != "LI" for kid in tag.kids):
        yield Fault("list", _("A list holds something that is not one of its items."))
    if tag.name == "LI" and [kid.name for kid in tag.kids] != ["Lbl", "LBody"]:
        yield Fault("list-item", _("An item of a list is not made of a mark and a text."))


def _neighbour_faults(tag: Tag) -> Iterator[Fault]:
    """Yield a fault for each table without a caption right after another: a table that was split where a page ended."""
    for before, after in zip(tag.kids, tag.kids[1:], strict=False):
        is_pair = before.name == after.name == "Table"
        if is_pair and not any(kid.name == "Caption" for kid in after.kids):
            yield Fault("split-table", _("A table is split in two where a page ends."))
