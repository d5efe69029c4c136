"""Text of marked content in a PDF, by page and MCID, through the fonts' ToUnicode maps.

Enough of PDF for what WeasyPrint writes: composite fonts with two-byte codes, text shown by Tj and TJ, ActualText in its stead.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import pikepdf

_SECTION = re.compile(r"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_HEX = re.compile(r"<([0-9a-fA-F\s]*)>")


def marked_texts(page: pikepdf.Page) -> dict[int, str]:
    """Return the text of each MCID of a page: what is shown there, or the text given in its stead."""
    found: dict[int, list[str]] = defaultdict(list)
    for identifier, text in _shown(page.obj.Contents, page.obj.Resources):
        found[identifier].append(text)
    return {identifier: "".join(texts) for identifier, texts in found.items()}


def _shown(content: pikepdf.Object, resources: pikepdf.Object) -> Iterator[tuple[int, str]]:
    """Yield MCID and text of each string shown inside marked content."""
    fonts = {name: _font(font) for name, font in resources.get("/Font", {}).items()}
    font, open_content = "", [_Mark(None, None)]
    for operands, operator in pikepdf.parse_content_stream(content):
        mark = open_content[-1]
        match str(operator):
            case "BDC":
                open_content.append(_mark(operands[1], mark))
                if open_content[-1].identifier is not None:
                    yield open_content[-1].identifier, open_content[-1].instead or ""
            case "BMC":
                open_content.append(mark)
            case "EMC":
                open_content.pop()
            case "Tf":
                font = str(operands[0])
            case "Tj" | "TJ" if mark.identifier is not None and mark.instead is None:
                yield mark.identifier, "".join(fonts[font](bytes(each)) for each in _strings(operands[0]))


class _Mark(NamedTuple):
    """What the content at a place is marked with: its MCID, and the text to be read instead of the one shown."""

    identifier: int | None
    instead: str | None


def _mark(properties: pikepdf.Object, outer: _Mark) -> _Mark:
    if not isinstance(properties, pikepdf.Dictionary):
        return outer
    identifier = int(properties.MCID) if "/MCID" in properties else outer.identifier
    return _Mark(identifier, str(properties.ActualText) if "/ActualText" in properties else outer.instead)


def _strings(operand: pikepdf.Object) -> list[pikepdf.String]:
    if isinstance(operand, pikepdf.Array):
        return [each for each in operand if isinstance(each, pikepdf.String)]
    return [operand]


def _font(font: pikepdf.Object):
    assert font.Encoding == "/Identity-H", f"this reader knows two-byte codes only, not {font.Encoding}"
    codes = _unicode_map(bytes(font.ToUnicode.read_bytes()).decode("latin-1"))

    def decode(data: bytes) -> str:
        return "".join(codes[int.from_bytes(data[n : n + 2])] for n in range(0, len(data), 2))

    return decode


def _unicode_map(cmap: str) -> dict[int, str]:
    """Return the characters of each code of a ToUnicode map."""
    codes: dict[int, str] = {}
    for kind, section in _SECTION.findall(cmap):
        values = [bytes.fromhex("".join(each.split())) for each in _HEX.findall(section)]
        if kind == "bfchar":
            pairs = zip(values[::2], values[1::2], strict=True)
            codes |= {int.from_bytes(code): text.decode("utf-16-be") for code, text in pairs}
        else:
            assert "[" not in section, "ranges with lists of texts are not read"
            for low, high, text in zip(values[::3], values[1::3], values[2::3], strict=True):
                first, start = text.decode("utf-16-be"), int.from_bytes(low)
                codes |= {code: _after(first, code - start) for code in range(start, int.from_bytes(high) + 1)}
    return codes


def _after(text: str, n: int) -> str:
    return text[:-1] + chr(ord(text[-1]) + n)
