"""What no other test of the portal would miss: icons that the design system does not have."""

from __future__ import annotations

import re

from tests.source import ROOT

SPRITE = ROOT / "cms" / "static" / "dkfds" / "img" / "all-svg-icons.svg"


def test_every_icon_of_the_portal_exists():
    known = set(re.findall(r'id="([\w-]+)"', SPRITE.read_text(encoding="utf-8")))
    templates = (ROOT / "portal" / "templates").rglob("*.html")
    used = {name for path in templates for name in re.findall(r'{% icon "([\w-]+)"', path.read_text(encoding="utf-8"))}
    assert len(used) > 5
    assert used <= known
