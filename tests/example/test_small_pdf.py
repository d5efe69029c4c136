from __future__ import annotations

import io

import pikepdf

from example.small_pdf import page_of


def test_one_page_that_a_real_reader_opens() -> None:
    with pikepdf.open(io.BytesIO(page_of(["Kontrakt (æøå)", "Leverandør"]))) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert len(pdf.pages) == 1
        content = pdf.pages[0].Contents.read_bytes().decode("cp1252")
    assert "(Kontrakt \\(æøå\\)) Tj T* (Leverandør) Tj" in content
