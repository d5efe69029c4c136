"""What WeasyPrint leaves undone in the file itself: both standards in the metadata, streams that every validator reads."""

from __future__ import annotations

import re
import zlib
from typing import Any

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
        if isinstance(each, pydyf.Stream) and each.compress:
            _settle(each)


def _settle(stream: pydyf.Stream) -> None:
    content = b"\n".join(_bytes(item) for item in stream.stream)
    compressed = zlib.compress(content, 9)
    stream.compress = False
    if compressed.endswith(b"\r"):  # the last byte of a checksum of the content: compressing otherwise changes nothing
        stream.stream = [compressed.hex().encode() + b">"]
        stream.extra["Filter"] = pydyf.Array(["/ASCIIHexDecode", "/FlateDecode"])
    else:
        stream.stream = [compressed]
        stream.extra["Filter"] = "/FlateDecode"


def _bytes(item: Any) -> bytes:
    return pydyf._to_bytes(item)


def has_misread_stream(data: bytes) -> bool:
    """Tell whether a stream of the file ends in a carriage return, which only the file's own index streams still can."""
    return b"\r\nendstream" in data
