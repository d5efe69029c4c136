"""Reads an outline from a rendered web page: from its `main`, the footnotes from the list at the end."""

from collections.abc import Iterator

from lxml import etree, html

from tests.documents.readback import CellOutline, ItemOutline, Outline, TableOutline, normal

Element = html.HtmlElement
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = {*_HEADINGS, "p", "li", "td", "th", "caption", "figcaption", "dt", "dd", "div", "section"}


def read_html(page: str) -> Outline:
    main = html.document_fromstring(page).xpath("//main")[0]
    notes = [note for section in main.xpath(".//section[@role='doc-endnotes']") for note in section.xpath("./ol/li")]
    for section in main.xpath(".//section[@role='doc-endnotes']"):
        section.getparent().remove(section)
    return Outline(
        headings=tuple((_HEADINGS[each.tag], _text(each)) for each in main.iter(*_HEADINGS)),
        tables=tuple(_table(each) for each in main.iter("table")),
        items=tuple(_items(main)),
        links=tuple(link for part in (main, *notes) for link in _links(part)),
        alternatives=tuple(normal(each.get("alt") or each.get("aria-label")) for each in main.iter("img", "svg")),
        footnotes=tuple(_text(each) for each in notes),
        facts=tuple((_text(dt), _text(dt.getnext())) for dt in main.iter("dt")),
        text=_text(main, without={"dl"}),
    )


def _text(element: Element, without: frozenset[str] | set[str] = frozenset()) -> str:
    return normal("".join(_pieces(element, without)))


def _pieces(element: Element, without: frozenset[str] | set[str]) -> Iterator[str]:
    """Yield the text an element shows; drawings have an alternative instead, and links back from notes are left out."""
    yield element.text or ""
    for child in element:
        is_block = child.tag in _BLOCKS
        yield " " if is_block else ""
        if child.get("role") == "doc-noteref":
            yield f"[{child.text}]"
        elif (
            not isinstance(child, etree._Comment)
            and child.tag not in {"svg", *without}
            and child.get("role") != "doc-backlink"
        ):
            yield from _pieces(child, without)
        yield " " if is_block else ""
        yield child.tail or ""


def _table(table: Element) -> TableOutline:
    rows = tuple(tuple(CellOutline(_text(cell), cell.tag == "th") for cell in row) for row in table.iter("tr"))
    caption = table.find("caption")  # the table behind a picture has none: its figure is called by a caption
    return TableOutline("" if caption is None else _text(caption), rows)


def _items(main: Element) -> Iterator[ItemOutline]:
    for item in main.iter("li"):
        items = item.getparent()
        depth = len(list(item.iterancestors("ul", "ol")))
        number = [each for each in items if each.tag == "li"].index(item) + 1
        yield ItemOutline(depth, "•" if items.tag == "ul" else f"{number}.", _item_text(item))


def _item_text(item: Element) -> str:
    return normal(" ".join(_text(child) for child in item if child.tag == "p"))


def _links(part: Element) -> Iterator[tuple[str, str]]:
    for link in part.iter("a"):
        if link.get("role") not in {
            "doc-noteref",
            "doc-backlink",
        }:  # a mark is no link in Word, where it is the note's own
            yield link.get("href"), _text(link)
