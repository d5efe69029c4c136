from pathlib import Path

import pytest
from PIL import ImageFont

import documents
from documents.lettering import fitted, width, wrapped

FONTS = Path(documents.__file__).parent / "assets" / "fonts"
TEXTS = (
    "Aktivitetsparate kontanthjælpsmodtagere",
    "Fjordens Beskæftigelse og Kompetenceudvikling A/S",
    "Ædelsten, Østkyst & Ålborg: 1.286 (4,8 %) – 2024 …",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ",
    "abcdefghijklmnopqrstuvwxyzæøåéü",
    "0123456789 .,:;!?()/%+-–",
)


@pytest.mark.parametrize("weight", ["Regular", "SemiBold"])
@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_never_wider_than_said_and_little_narrower(text, weight):
    font = ImageFont.truetype(FONTS / f"IBMPlexSans-{weight}.otf", 100, layout_engine=ImageFont.Layout.BASIC)
    real = font.getlength(text)
    assert real <= width(text, 100) <= real * 1.12


def test_no_single_sign_is_wider_than_said():
    for weight in ("Regular", "SemiBold"):
        font = ImageFont.truetype(FONTS / f"IBMPlexSans-{weight}.otf", 1000, layout_engine=ImageFont.Layout.BASIC)
        signs = "".join(map(chr, range(33, 127))) + "æøåÆØÅéüö§–…“”’²³"
        assert [sign for sign in signs if font.getlength(sign) > width(sign, 1000) + 0.5] == []


def test_a_long_text_is_cut_to_its_room():
    assert fitted("Alfa", 100, 10) == "Alfa"
    cut = fitted("Fjordens Beskæftigelse", 60, 10)
    assert cut.endswith("…")
    assert width(cut, 10) <= 60


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("Borgere i ressourceforløb", 130, ("Borgere i", "ressourceforløb")),
        ("Ledighedsydelsesmodtagere", 110, ("Ledigheds-", "ydelsesmodtag…")),
        ("Sygemeldte", 200, ("Sygemeldte",)),
        ("", 50, ("",)),
    ],
)
def test_words_are_wrapped_and_long_compounds_parted(text, room, lines):
    assert wrapped(text, room, 13) == lines


def test_no_line_is_wider_than_its_room():
    for text in TEXTS:
        for room in (40, 90, 150):
            assert all(width(line, 13) <= room for line in wrapped(text, room, 13, most=3))
