"""What WeasyPrint leaves undone in the file itself: both standards in the metadata, streams that every validator reads."""

from __future__ import annotations

import base64
import re
import zlib

import pydyf

_RDF_END = re.compile(rb"</(\w+:)?RDF>")

# PDF/A allows a schema of its own in the metadata only when its properties are described there.
_PDF_UA = b"""
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
    xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
      <pdfaProperty:name>part</pdfaProperty:name>
      <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
      <pdfaProperty:category>internal</pdfaProperty:category>
      <pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


def name_both_standards(pdf: pydyf.PDF) -> None:
    """Add PDF/UA-1 to the metadata of a PDF/A file, and keep them uncompressed so that any program can search them."""
    stream = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    (xml,) = stream.stream
    end = list(_RDF_END.finditer(xml))[-1].start()
    stream.stream = [xml[:end] + _PDF_UA + xml[end:]]
    stream.compress = False


def settle_streams(pdf: pydyf.PDF) -> None:
    """Compress every stream once and for all, none ending in a carriage return.

    Some validators take a carriage return before `endstream` for a part of the line end, and find the length wrong. WeasyPrint
    would compress twice: once for the file's identifier and once for the file.
    """
    for each in pdf.objects:
        if isinstance(each, pydyf.Stream):
            _settle(each)


def _settle(stream: pydyf.Stream) -> None:
    content = b"\n".join(pydyf._to_bytes(item) for item in stream.stream)
    filters = stream.extra.get("Filter")
    if stream.compress:
        content, filters = zlib.compress(content, 9), "/FlateDecode"
    if content.endswith(b"\r"):
        content, filters = _armoured(stream, content, filters)
    stream.stream, stream.compress = [content], False
    if filters:
        stream.extra["Filter"] = filters


def _armoured(stream: pydyf.Stream, content: bytes, filters: str | None) -> tuple[bytes, pydyf.Array]:
    """Return the content as text: its last byte is a checksum's, which no other compression would change."""
    if parameters := stream.extra.get("DecodeParms"):
        stream.extra["DecodeParms"] = pydyf.Array(["null", parameters])
    return base64.a85encode(content) + b"~>", pydyf.Array(["/ASCII85Decode", *([filters] if filters else [])])


def has_misread_stream(data: bytes) -> bool:
    """Tell whether a stream of the file ends in a carriage return, which only the file's own index streams still can."""
    return b"\r\nendstream" in data
