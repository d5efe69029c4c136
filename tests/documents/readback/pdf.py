"""Reads an outline from the tags of a PDF, as assistive technology does: structure elements, and the text marked as theirs."""

import io
from collections.abc import Iterator

import pikepdf

from tests.documents.readback import CellOutline, ItemOutline, Outline, TableOutline, normal
from tests.documents.readback.pdf_text import marked_texts

Element = pikepdf.Dictionary
_HEADINGS = {f"/H{level}": level for level in range(1, 7)}
_BULLETS = {"•", "◦", "▪", "–"}
_INLINE = {"/Span", "/Link", "/Reference", "/Strong", "/Em"}


def read_pdf(data: bytes) -> Outline:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return _Reading(pdf).outline()


class _Reading:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.root = pdf.Root.StructTreeRoot.K[0]
        self.texts = {page.obj.objgen: marked_texts(page) for page in pdf.pages}
        self.notes = list(_below(self.root, {"/Note"}))

    def outline(self) -> Outline:
        notes = [next(_below(note, {"/P"})) for note in self.notes]
        return Outline(
            headings=tuple((_HEADINGS[str(each.S)], self.text(each)) for each in _below(self.root, set(_HEADINGS))),
            tables=tuple(self._table(each) for each in _below(self.root, {"/Table"})),
            items=tuple(self._items(self.root, depth=0)),
            links=tuple(
                self._link(link) for part in (self.root, *notes) for link in _below(part, {"/Link"}, outside={"/Note"})
            ),
            alternatives=tuple(normal(str(each.Alt)) for each in _below(self.root, {"/Figure"})),
            footnotes=tuple(self.text(note) for note in notes),
            facts=tuple(self._facts()),
            text=self.text(self.root),
        )

    def text(self, element: Element) -> str:
        return normal("".join(self._pieces(element, element)))

    def _pieces(self, element: Element, top: Element) -> Iterator[str]:
        """Yield the text below an element; footnotes, facts, labels and pictures are read by themselves."""
        for kid in _kids(element):
            if not _is_element(kid):
                yield self._content(kid, element)
            elif kid.S == "/Reference":
                yield f"[{normal(''.join(self._pieces(kid, top)))}]"
            elif kid.S not in {"/Note", "/Figure", "/Lbl"} and not _is_facts(kid):
                space = "" if kid.S in _INLINE else " "
                yield space + "".join(self._pieces(kid, top)) + space

    def _content(self, kid: pikepdf.Object, element: Element) -> str:
        if not isinstance(kid, pikepdf.Dictionary):
            return self.texts[element.Pg.objgen][int(kid)]
        return "" if kid.Type == "/OBJR" else self.texts[kid.Pg.objgen][int(kid.MCID)]

    def _table(self, table: Element) -> TableOutline:
        caption = [each for each in _elements(table) if each.S == "/Caption"]
        rows = [tuple(self._cell(cell) for cell in _elements(row)) for row in _below(table, {"/TR"})]
        return TableOutline(" ".join(self.text(each) for each in caption), tuple(rows))

    def _cell(self, cell: Element) -> CellOutline:
        assert cell.S in {"/TH", "/TD"}, f"{cell.S} stands in a row"
        if cell.S == "/TH":
            expected = "/Column" if cell.P.P.S == "/THead" else "/Row"
            assert cell.get("/A", {}).get("/Scope") == expected, (
                f"a header cell heads something else than its {expected}"
            )
        return CellOutline(self.text(cell), is_header=cell.S == "/TH")

    def _items(self, element: Element, *, depth: int) -> Iterator[ItemOutline]:
        for kid in _elements(element):
            if kid.S == "/LI" and not _is_facts(element):
                label, body = _elements(kid)
                assert (label.S, body.S) == ("/Lbl", "/LBody"), f"an item is made of {label.S} and {body.S}"
                own = " ".join(self.text(each) for each in _elements(body) if each.S == "/P")
                yield ItemOutline(depth, _marker(self.text(label)), normal(own))
            yield from self._items(kid, depth=depth + (kid.S == "/L"))

    def _facts(self) -> Iterator[tuple[str, str]]:
        for facts in filter(_is_facts, _below(self.root, {"/L"})):
            for item in _elements(facts):
                label, value = _elements(item)
                yield self.text(label), self.text(value)

    def _link(self, link: Element) -> tuple[str, str]:
        targets = {
            _target(kid.Obj) for kid in _kids(link) if isinstance(kid, pikepdf.Dictionary) and kid.Type == "/OBJR"
        }
        assert len(targets) == 1, f"a link leads to {targets}"
        return targets.pop(), self.text(link)


def _kids(element: Element) -> list[pikepdf.Object]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array | list) else [kids]


def _is_element(kid: pikepdf.Object) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


def _elements(element: Element) -> list[Element]:
    return [kid for kid in _kids(element) if _is_element(kid)]


def _below(element: Element, tags: set[str], *, outside: frozenset[str] | set[str] = frozenset()) -> Iterator[Element]:
    """Yield the elements with one of these tags, in the order of reading."""
    for kid in _elements(element):
        if str(kid.S) in tags:
            yield kid
        if str(kid.S) not in outside:
            yield from _below(kid, tags, outside=outside)


def _is_facts(element: Element) -> bool:
    """Tell whether a list is one of labels and values, which is not numbered or marked in any way."""
    return element.S == "/L" and element.A.ListNumbering == "/None"


def _marker(label: str) -> str:
    return "•" if label in _BULLETS else label


def _target(annotation: pikepdf.Dictionary) -> str:
    if "/A" in annotation and "/URI" in annotation.A:
        return str(annotation.A.URI)
    return f"#{annotation.Dest if '/Dest' in annotation else annotation.A.D}"
