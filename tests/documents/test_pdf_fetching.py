"""Nothing but the project's own fonts and the pictures of the document can get into a PDF."""

import base64
import http.server
import threading
import zlib

import pytest

from documents.pdf import RenderingError, pdf_of_html
from documents.pdf_fetching import ForbiddenAddressError, ProjectFetcher

SECRET = "KODEORD-4711"
PAGE = '<html lang="da"><head><title>T</title>{head}</head><body><p>Tekst</p>{body}</body></html>'


def style(css):
    return PAGE.format(head=f"<style>{css}</style>", body="")


def body(html):
    return PAGE.format(head="", body=html)


def head(html):
    return PAGE.format(head=html, body="")


def as_data(media_type, content):
    return f"data:{media_type};base64,{base64.b64encode(content.encode()).decode()}"


def svg(inner):
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'<svg {names} width="9" height="9" aria-label="a">{inner}</svg>'


# {url} is an address of a server that counts, {file} the address of a file with a secret, {path} its path
VECTORS = {
    "image": body('<img alt="a" src="{url}">'),
    "image from a file": body('<img alt="a" src="{file}">'),
    "image from a file in capitals": body('<img alt="a" src="FILE://{path}">'),
    "image by a bare path": body('<img alt="a" src="{path}">'),
    "image without a protocol": body('<img alt="a" src="//127.0.0.1/{path}">'),
    "image after a base": head('<base href="{url}"><link rel="stylesheet" href="a.css">'),
    "picture source": body('<picture><source srcset="{url}"><img alt="a" src="{url}"></picture>'),
    "object": body('<object data="{file}" type="image/svg+xml">a</object>'),
    "embed": body('<embed src="{file}" type="image/svg+xml">'),
    "frame": body('<iframe src="{file}"></iframe>'),
    "poster": body('<video poster="{url}"></video>'),
    "style sheet": head('<link rel="stylesheet" href="{url}">'),
    "style sheet from a file": head('<link rel="stylesheet" href="{file}">'),
    "style sheet as data": head(f'<link rel="stylesheet" href="{as_data("text/css", "p{}")}">'),
    "import": style('@import "{url}";'),
    "import of a file": style("@import url({file});"),
    "font": style('@font-face{{font-family:X;src:url("{url}")}} p{{font-family:X}}'),
    "font from a file": style('@font-face{{font-family:X;src:url("{file}")}} p{{font-family:X}}'),
    "font outside the folder": style('@font-face{{font-family:X;src:url("font:../../manage.py")}} p{{font-family:X}}'),
    "local font file": style('@font-face{{font-family:X;src:local("{path}"),url("{url}")}} p{{font-family:X}}'),
    "background": style("p{{background-image:url({url})}}"),
    "list mark": PAGE.format(head="<style>li{{list-style-image:url({url})}}</style>", body="<ul><li>a</li></ul>"),
    "content": style('p::before{{content:url("{url}")}}'),
    "border image": style('p{{border:9px solid;border-image:url("{url}") 3}}'),
    "page background": style("@page{{background:url({file})}}"),
    "attachment": head('<link rel="attachment" href="{file}">'),
    "attachment of a link": body('<a rel="attachment" href="{file}">hent</a>'),
    "drawing with an image": body(svg('<image href="{url}" width="9" height="9"/>')),
    "drawing with an old image": body(svg('<image xlink:href="{file}" width="9" height="9"/>')),
    "drawing with a use": body(svg('<use href="{url}#a"/>')),
    "drawing with a style sheet": body(svg("<style>@import url({url});</style>")),
    "drawing as data": body(f'<img alt="a" src="{as_data("image/svg+xml", svg("<path/>"))}">'),
    "drawing as plain data": body('<img alt="a" src="data:image/svg+xml,<svg/>">'),
    "colour profile": style('@color-profile device-cmyk{{src:url("{file}")}}'),
    "jar": body('<img alt="a" src="jar:{file}!/a">'),
    "ftp": body('<img alt="a" src="ftp://127.0.0.1/a.png">'),
}


@pytest.fixture(scope="module")
def counting_server():
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(SECRET.encode())

        def log_message(self, *args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/a.png", asked
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("html", VECTORS.values(), ids=VECTORS.keys())
def test_nothing_from_outside_gets_in(html, counting_server, tmp_path):
    url, asked = counting_server
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    try:
        data = pdf_of_html(html.format(url=url, file=secret.as_uri(), path=secret))
    except RenderingError:
        data = b""
    assert asked == []
    assert SECRET.encode() not in data + inflated(data)


@pytest.mark.parametrize("name", ["image", "style sheet", "import of a file", "attachment", "drawing with an image"])
def test_asking_for_something_outside_stops_the_rendering(name, tmp_path):
    addresses = {"url": "http://127.0.0.1:9/a.png", "file": (tmp_path / "a").as_uri(), "path": str(tmp_path / "a")}
    with pytest.raises(RenderingError, match="may not fetch|Failed to render SVG"):
        pdf_of_html(VECTORS[name].format(**addresses))


def inflated(data):
    parts = data.split(b"stream\n")
    return b"".join(zlib.decompressobj().decompress(part) for part in parts if part.startswith(b"x"))


def test_fonts_and_pictures_of_the_document_are_served():
    fetcher = ProjectFetcher()
    assert fetcher.fetch("font:IBMPlexSans-Regular.otf").read(4) == b"OTTO"
    assert fetcher.fetch(as_data("image/png", "bytes")).read() == b"bytes"


@pytest.mark.parametrize(
    "url",
    [
        "font:",
        "font:LICENSE.txt",
        "font:/etc/hostname",
        "data:image/png;base64,%%%",
        "data:text/html;base64,PHA+",
        "data:image/gif;base64,R0lG",
        "about:blank",
        "",
    ],
)
def test_the_fetcher_refuses_what_it_does_not_know(url):
    with pytest.raises(ForbiddenAddressError):
        ProjectFetcher().fetch(url)
