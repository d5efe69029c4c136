"""Writes a logical structure into a PDF that WeasyPrint is about to finish."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pydyf

from documents.pdf_tags import Annotation, Content, Element, Structure

_TABLE, _LIST, _LAYOUT = "/Table", "/List", "/Layout"
_OWNERS = {"Scope": _TABLE, "ListNumbering": _LIST, "BBox": _LAYOUT}


def write_structure(pdf: pydyf.PDF, structure: Structure, streams: list[pydyf.Stream], *, spare_keys: int = 0) -> None:
    """Make `structure` the tags of `pdf`, whose pages are painted in `streams`.

    Content that is no part of the structure becomes an artifact. The catalog must already have a structure tree root. A file with
    another number of `spare_keys` (keys left unused in the parent tree) has other bytes and the same meaning.
    """
    _Writing(pdf, streams).write(structure, spare_keys)


class _Writing:
    def __init__(self, pdf: pydyf.PDF, streams: list[pydyf.Stream]) -> None:
        self._pdf = pdf
        self._pages = pdf.page_references
        self._streams = streams
        self._owners: list[dict[int, bytes]] = [{} for _ in self._pages]
        self._annotations: list[tuple[bytes, Any]] = []
        self._names: dict[str, bytes] = {}

    def write(self, structure: Structure, spare_keys: int) -> None:
        root = _resolved(self._pdf, self._pdf.catalog["StructTreeRoot"])
        document = self._element(structure.root, root.reference)
        root["K"] = pydyf.Array([document.reference])
        root["ParentTree"] = self._parents().reference
        root["ParentTreeNextKey"] = len(self._pages) + len(self._annotations) + spare_keys
        if self._names:
            root["IDTree"] = self._identifiers().reference
        for number, stream in enumerate(self._streams):
            _mark(stream, number, structure)

    def _element(self, element: Element, parent: bytes) -> pydyf.Dictionary:
        written = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{element.tag}", "P": parent})
        self._pdf.add_object(written)
        page = next((kid.page for kid in element.kids if not isinstance(kid, Element)), None)
        if page is not None:
            written["Pg"] = self._pages[page]
        written["K"] = pydyf.Array(self._kid(kid, written.reference, page) for kid in element.order())
        self._write_attributes(written, element.attributes)
        return written

    def _kid(self, kid: Element | Content | Annotation, parent: bytes, page: int | None) -> Any:
        if isinstance(kid, Element):
            return self._element(kid, parent).reference
        if isinstance(kid, Annotation):
            self._annotations.append((parent, kid.annotation))
            return pydyf.Dictionary({"Type": "/OBJR", "Obj": kid.annotation.reference, "Pg": self._pages[kid.page]})
        self._owners[kid.page][kid.mcid] = parent
        if kid.page == page:
            return kid.mcid
        return pydyf.Dictionary({"Type": "/MCR", "Pg": self._pages[kid.page], "MCID": kid.mcid})

    def _write_attributes(self, written: pydyf.Dictionary, attributes: dict[str, Any]) -> None:
        for name, value in attributes.items():
            if name in _OWNERS:
                content = pydyf.Array(value) if isinstance(value, tuple) else f"/{value}"
                written["A"] = pydyf.Dictionary({"O": _OWNERS[name], name: content})
            else:
                written[name] = pydyf.String(value)
        if "ID" in attributes:
            self._names[attributes["ID"]] = written.reference

    def _parents(self) -> pydyf.Dictionary:
        """Return the tree that leads from content and links back to their elements."""
        numbers = pydyf.Array()
        for page, owners in enumerate(self._owners):
            numbers += [page, pydyf.Array(owners.get(mcid, "null") for mcid in range(max(owners, default=-1) + 1))]
        for key, (owner, annotation) in enumerate(self._annotations, start=len(self._owners)):
            annotation["StructParent"] = key
            numbers += [key, owner]
        return self._added({"Nums": numbers})

    def _identifiers(self) -> pydyf.Dictionary:
        names = pydyf.Array()
        for name in sorted(self._names):
            names += [pydyf.String(name), self._names[name]]
        return self._added({"Names": names})

    def _added(self, values: dict[str, Any]) -> pydyf.Dictionary:
        added = pydyf.Dictionary(values)
        self._pdf.add_object(added)
        return added


def _mark(stream: pydyf.Stream, page: int, structure: Structure) -> None:
    """Turn content outside the structure into artifacts, and tell what hyphenated lines really say."""
    items = stream.stream
    for index in _marked(items):
        content = Content(page, items[index]["MCID"])
        if content in structure.artifacts:
            items[index - 1] = "/Artifact"
            items[index] = pydyf.Dictionary({"Type": "/Pagination"})
        elif content in structure.texts:
            items[index]["ActualText"] = pydyf.String(structure.texts[content])


def _marked(items: list[Any]) -> Iterable[int]:
    return [index for index, item in enumerate(items) if isinstance(item, dict) and "MCID" in item]


def _resolved(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
