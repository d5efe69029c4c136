"""What a PDF may be made of: pictures inside the page and the fonts of the project. Everything else is refused."""

from __future__ import annotations

import base64
import binascii
from pathlib import Path

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

FONTS = Path(__file__).parent / "assets" / "fonts"
FONT_SCHEME = "font:"
_MEDIA_TYPES = ("image/png", "image/jpeg")


class ForbiddenAddressError(FatalURLFetchingError):
    """A page asks for something that is not part of the project. Stops the rendering."""

    def __init__(self, url: str) -> None:
        super().__init__(f"a document may not fetch {url[:200]!r}")
        self.url = url


class ProjectFetcher(URLFetcher):
    """Serves `font:<file of documents/assets/fonts>` and pictures written as data URLs; refuses the rest by name.

    Never opens a connection, and no file but the fonts it knows: WeasyPrint's own fetcher reads files and follows redirects.
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._fonts = {font.name: font for font in FONTS.glob("*.otf")}

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return the font or picture at `url`. Raises ForbiddenAddressError."""
        if url.startswith(FONT_SCHEME) and url.removeprefix(FONT_SCHEME) in self._fonts:
            font = self._fonts[url.removeprefix(FONT_SCHEME)]
            return URLFetcherResponse(url, font.read_bytes(), {"Content-Type": "font/otf"})
        return _picture(url)


def _picture(url: str) -> URLFetcherResponse:
    for media_type in _MEDIA_TYPES:
        start = f"data:{media_type};base64,"
        if url.startswith(start):
            return URLFetcherResponse(url, _decoded(url, start), {"Content-Type": media_type})
    raise ForbiddenAddressError(url)


def _decoded(url: str, start: str) -> bytes:
    try:
        return base64.b64decode(url.removeprefix(start), validate=True)
    except binascii.Error as error:
        raise ForbiddenAddressError(url) from error
