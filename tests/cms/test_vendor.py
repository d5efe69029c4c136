"""The copy of the design system: whole, small, licensed and the version that package.json names."""

import json
import re
from pathlib import Path

from cms.vendor import ROOT, TARGET

CSS = TARGET / "css" / "dkfds.min.css"


def test_every_file_that_the_styles_name_is_there():
    named = re.findall(r"url\(([^)]+)\)", CSS.read_text(encoding="utf-8"))
    missing = [name for name in named if not name.startswith("data:") and not (CSS.parent / name).resolve().is_file()]
    assert len(named) > 100
    assert missing == []


def test_nothing_leads_to_another_host_or_to_a_map_that_is_not_there():
    texts = [CSS.read_text(encoding="utf-8"), (TARGET / "js" / "dkfds.min.js").read_text(encoding="utf-8")]
    assert [
        found for text in texts for found in re.findall(r"(?:url\(|@import |fetch\(|src=)['\"]?(?:https?:)?//\S+", text)
    ] == []
    assert [text for text in texts if "sourceMappingURL" in text] == []


def test_copy_is_the_version_that_is_asked_for_with_its_licences():
    asked = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]["dkfds"]
    assert (TARGET / "VERSION").read_text(encoding="utf-8").startswith(f"dkfds {asked} ")
    for name in ("LICENSE.md", "LICENSE-OFL.txt", "LICENSE-Apache-2.0.txt"):
        assert (TARGET / name).stat().st_size > 1000


def test_copy_is_small():
    assert sum(path.stat().st_size for path in TARGET.rglob("*") if path.is_file()) < 1_000_000


def test_lock_file_names_no_registry():
    assert "resolved" not in (ROOT / "package-lock.json").read_text(encoding="utf-8")


def test_templates_name_only_icons_that_exist():
    sprite = (TARGET / "img" / "all-svg-icons.svg").read_text(encoding="utf-8")
    templates = [*(ROOT / "cms").rglob("*.html"), *(ROOT / "accounts").rglob("*.html")]
    used = {name for path in templates for name in _icons(path)}
    assert len(used) > 5
    assert [name for name in used if f'id="{name}"' not in sprite] == []


def _icons(path: Path) -> list[str]:
    return re.findall(r'{% icon "([\w-]+)"', path.read_text(encoding="utf-8"))
