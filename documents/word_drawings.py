"""Pictures set in the line, with the alternative text screen readers read."""

from __future__ import annotations

from documents.word_markup import EMU_PER_PIXEL, EMU_PER_TWIP, TEXT_WIDTH, Element, clean, el, qualified

_WIDEST = TEXT_WIDTH * EMU_PER_TWIP
_TALLEST = 11340 * EMU_PER_TWIP  # 20 cm: leaves room for the caption on the page
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


def fitted(width_px: int, height_px: int, *, is_full_width: bool = False) -> tuple[int, int]:
    """Return width and height in EMU: natural size (96 dpi) or the full text width, never more than the page allows."""
    width, height = width_px * EMU_PER_PIXEL, height_px * EMU_PER_PIXEL
    scale = min(_WIDEST / width, _TALLEST / height)
    scale = scale if is_full_width else min(1, scale)
    return round(width * scale), round(height * scale)


def drawing(relationship: str, size: tuple[int, int], *, alt: str, number: int) -> Element:
    """Return a run holding the picture; `number` is unique in the document."""
    inline = el(
        "wp:inline",
        el("wp:extent", cx=size[0], cy=size[1]),
        el("wp:docPr", id=number, name=f"Billede {number}", descr=clean(alt)),
        el("wp:cNvGraphicFramePr", el("a:graphicFrameLocks", noChangeAspect=1)),
        el("a:graphic", el("a:graphicData", _picture(relationship, size, alt=alt, number=number), uri=_PICTURE)),
        distT=0,
        distB=0,
        distL=0,
        distR=0,
    )
    return el("w:r", el("w:drawing", inline))


def _picture(relationship: str, size: tuple[int, int], *, alt: str, number: int) -> Element:
    blip = el("a:blip")
    blip.set(qualified("r:embed"), relationship)
    frame = el("a:xfrm", el("a:off", x=0, y=0), el("a:ext", cx=size[0], cy=size[1]))
    return el(
        "pic:pic",
        el("pic:nvPicPr", el("pic:cNvPr", id=number, name=f"Billede {number}", descr=clean(alt)), el("pic:cNvPicPr")),
        el("pic:blipFill", blip, el("a:stretch", el("a:fillRect"))),
        el("pic:spPr", frame, el("a:prstGeom", el("a:avLst"), prst="rect")),
    )
