"""What the renderings of a numbered tree should say. Written anew from the tree, not with the renderers' code."""

from collections.abc import Iterable, Iterator

from documents import tree as t
from documents import words
from documents.links import is_allowed
from documents.numbering import footnotes, walk
from tests.documents.readback import CellOutline, ItemOutline, Outline, TableOutline, normal


def read_tree(document: t.Document) -> Outline:
    return Outline(
        headings=((1, normal(document.title)), *(_heading(node) for node in _nodes(document, t.Heading | t.Annex))),
        tables=tuple(_table(node) for node in _nodes(document, t.Table)),
        items=tuple(_items(document.children, depth=1)),
        links=(*_body_links(document), *(link for note in footnotes(document) for link in _links(note.children))),
        alternatives=tuple(normal(node.alt) for node in _nodes(document, t.Chart | t.Picture)),
        footnotes=tuple(normal(_inline(note.children)) for note in footnotes(document)),
        facts=tuple((normal(fact.label), normal(fact.value)) for fact in document.facts),
        text=normal(" ".join([document.title, _inline(document.lead), *_blocks(document.children)])),
    )


def _nodes(document: t.Document, kinds: type) -> Iterator:
    return (node for node in walk(document) if isinstance(node, kinds))


def _heading(node: t.Heading | t.Annex) -> tuple[int, str]:
    if isinstance(node, t.Annex):
        return 2, normal(f"Bilag {node.number}: {_inline(node.title)}")
    return node.level, normal(f"{node.number} {_inline(node.children)}")


def _caption(node: t.Table | t.Chart | t.Picture) -> str:
    is_table = isinstance(node, t.Table)
    lead = f"{'Tabel' if is_table else 'Figur'} {node.number}: " if node.number else ""
    return lead + _inline(node.headline if isinstance(node, t.Chart) else node.caption)


def _table(node: t.Table) -> TableOutline:
    head = tuple(CellOutline(normal(_head(column)), is_header=bool(_head(column).strip())) for column in node.columns)
    return TableOutline(normal(_caption(node)), (head, *(_row(row) for row in node.rows)))


def _head(column: t.Column) -> str:
    return f"{_inline(column.label)} {column.unit}"


def _row(row: t.Row) -> tuple[CellOutline, ...]:
    return tuple(CellOutline(normal(_inline(cell.children)), is_header=not n) for n, cell in enumerate(row.cells))


def _items(blocks: Iterable[t.Block], *, depth: int) -> Iterator[ItemOutline]:
    for block in blocks:
        if isinstance(block, t.ListBlock):
            for n, item in enumerate(block.items, 1):
                own = " ".join(_inline(child.children) for child in item.children if isinstance(child, t.Paragraph))
                yield ItemOutline(depth, "•" if block.kind == "bullet" else f"{n}.", normal(own))
                yield from _items(item.children, depth=depth + 1)
        elif isinstance(block, t.Note | t.Annex):
            yield from _items(block.children, depth=depth)


def _body_links(document: t.Document) -> Iterator[tuple[str, str]]:
    yield from _links(document.lead)
    for node in document.children:
        yield from _links_below(node)


def _links_below(node: object) -> Iterator[tuple[str, str]]:
    """Yield the links of any node's fields in their order, footnotes aside."""
    if isinstance(node, tuple):
        for each in node:
            yield from _links_below(each)
    elif isinstance(node, t.Link | t.Reference):
        yield from _links((node,))
    elif hasattr(node, "__dataclass_fields__") and not isinstance(node, t.Footnote):
        for name in node.__dataclass_fields__:
            yield from _links_below(getattr(node, name))


def _links(nodes: Iterable[t.Inline]) -> Iterator[tuple[str, str]]:
    for node in nodes:
        if isinstance(node, t.Reference):
            yield f"#{node.target}", normal(node.text)
        elif isinstance(node, t.Link) and is_allowed(node.href):
            yield node.href, normal(_inline(node.children))
        elif isinstance(node, t.Strong | t.Emphasis | t.Link):
            yield from _links(node.children)


def _inline(nodes: Iterable[t.Inline]) -> str:
    return "".join(_plain(node) for node in nodes)


def _plain(node: t.Inline) -> str:
    if isinstance(node, t.Footnote):
        return f"[{node.number}]"
    return node.text if isinstance(node, t.Text | t.Value | t.Reference) else _inline(node.children)


def _blocks(blocks: Iterable[t.Block]) -> Iterator[str]:
    for block in blocks:
        yield from _block(block)


def _block(node: t.Block) -> Iterator[str]:
    match node:
        case t.Heading() | t.Annex():
            yield _heading(node)[1]
        case t.Paragraph():
            yield _inline(node.children)
        case t.Note():
            yield node.title
        case t.Table():
            yield from _table_text(node)
        case t.Chart():
            yield from (_caption(node), _inline(node.description), *_table_text(node.table), *_source(node))
        case t.Picture():
            yield _caption(node)
    yield from _inside(node)


def _inside(node: t.Block) -> Iterator[str]:
    if isinstance(node, t.ListBlock):
        yield from (text for item in node.items for text in _blocks(item.children))
    elif isinstance(node, t.Annex | t.Note | t.Quote):
        yield from _blocks(node.children)
        yield _inline(node.attribution) if isinstance(node, t.Quote) else ""


def _table_text(node: t.Table) -> Iterator[str]:
    yield _caption(node)
    yield from (_head(column) for column in node.columns)
    yield from (_inline(cell.children) for row in node.rows for cell in row.cells)
    yield from _source(node)
    yield from (_inline(note) for note in node.notes)


def _source(node: t.Table | t.Chart) -> list[str]:
    return [words.SOURCE + _inline(node.source)] if node.source else []
