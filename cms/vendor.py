"""Copy what the site uses of Det Fælles Designsystem from node_modules to `cms/static/dkfds`.

For whoever refreshes the copy: `npm ci && python3 -m cms.vendor`. Needs the standard library only.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "node_modules" / "dkfds"
TARGET = Path(__file__).resolve().parent / "static" / "dkfds"

# The faces in use, and the subsets that Danish and its mathematical signs need. A browser fetches only those it meets.
FACES = {
    "Regular": (400, "normal"),
    "Italic": (400, "italic"),
    "Medium": (500, "normal"),
    "SemiBold": (600, "normal"),
    "Bold": (700, "normal"),
}
SUBSETS = {
    "Latin1": "U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+02C6,U+02DA,U+02DC,U+2013-2014,U+2018-201A,U+201C-201E,"
    "U+2020-2022,U+2026,U+2030,U+2039-203A,U+2044,U+20AC,U+2122,U+2212",
    "Pi": "U+2032-2033,U+2070,U+2074-2079,U+2080-2089,U+2113,U+2116,U+2126,U+2153-215E,U+2190-2199,U+2202,U+2206,"
    "U+220F,U+2211,U+2215,U+221A,U+221E,U+222B,U+2248,U+2260,U+2264-2265,U+25CA,U+2713",
}


def main() -> None:
    """Write the copy anew; licences written by hand (`LICENSE-Apache-2.0.txt`) stay."""
    version = json.loads((SOURCE / "package.json").read_text(encoding="utf-8"))["version"]
    for folder in ("css", "js", "img", "fonts"):
        shutil.rmtree(TARGET / folder, ignore_errors=True)
    css = _with_own_faces((SOURCE / "dist/css/dkfds.min.css").read_text(encoding="utf-8"))
    _write("css/dkfds.min.css", css)
    _write("js/dkfds.min.js", _without_source_map((SOURCE / "dist/js/dkfds.min.js").read_text(encoding="utf-8")))
    for path in {"img/all-svg-icons.svg", *re.findall(r"url\(\.\./(img/[^)]+)\)", css)}:
        _copy(f"dist/{path}", path)
    for path in re.findall(r"url\(\.\./(fonts/[^)]+)\)", css):
        _copy(f"dist/fonts/IBMPlexSans/split/woff2/{Path(path).name}", path)
    _copy("LICENSE.md", "LICENSE.md")
    _copy("dist/fonts/IBMPlexSans/split/woff2/license.txt", "LICENSE-OFL.txt")
    _write("VERSION", f"dkfds {version} (npm). Refresh: npm ci && python3 -m cms.vendor\n")


def _with_own_faces(css: str) -> str:
    """Name our font files alone: static files with a manifest refuse a reference to a file that is not there."""
    faces = (_face(name, subset) for name in FACES for subset in SUBSETS)
    return "".join(faces) + _without_source_map(re.sub(r"@font-face\{[^}]*\}", "", css))


def _face(name: str, subset: str) -> str:
    weight, style = FACES[name]
    return (
        f"@font-face{{font-display:swap;font-family:IBM Plex Sans;font-style:{style};font-weight:{weight};"
        f"src:url(../fonts/IBMPlexSans-{name}-{subset}.woff2) format('woff2');unicode-range:{SUBSETS[subset]}}}"
    )


def _without_source_map(text: str) -> str:
    return re.sub(r"\n?/[/*]# sourceMappingURL=[^\n]*", "", text)


def _copy(source: str, target: str) -> None:
    path = TARGET / target
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(SOURCE / source, path)


def _write(target: str, text: str) -> None:
    path = TARGET / target
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
