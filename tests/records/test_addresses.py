from __future__ import annotations

import pytest

from records.addresses import danish_slug


@pytest.mark.parametrize(
    ("text", "slug"),
    [("Løn på vej", "loen-paa-vej"), ("ÆØÅ A/S", "aeoeaa-as"), ("– ", ""), ("Omkørslen, 2024", "omkoerslen-2024")],
)
def test_danish_letters_are_written_as_danes_write_them(text: str, slug: str) -> None:
    assert danish_slug(text) == slug
