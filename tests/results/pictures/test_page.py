"""A picture on a page: its words, its table, nothing inline, and what a browser and a screen reader make of it."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.template import Context, Template
from playwright.sync_api import Page

from documents.formats import HIDDEN
from results.pictures import (
    About,
    Amount,
    CaseMix,
    Forest,
    ForestRow,
    Funnel,
    FunnelPoint,
    Mix,
    OverTime,
    Reference,
    Series,
    TimePoint,
    case_mix_figure,
    forest_figure,
    funnel_figure,
    over_time_figure,
)

ABOUT = About("figur", "I job to måneder efter", "Borgere i ressourceforløb", "2024", source="DREAM (1. marts 2025)")
POINTS = (
    FunnelPoint("Alfa", Amount(100), Amount(40)),
    FunnelPoint("<script>Beta", Amount(60), Amount(15)),
    FunnelPoint("Gamma", Amount(50), Amount(4, is_hidden=True)),
)
FUNNEL = funnel_figure(Funnel(ABOUT, POINTS, Reference("Alle", Amount(210), Amount(59))))
FOREST = forest_figure(Forest(ABOUT, (ForestRow("Alfa", Amount(40), Amount(28.1), Amount(100), 1.02, 1.9),)))
MIX = case_mix_figure(
    CaseMix(ABOUT, ("Sygemeldte", "Ressourceforløb"), (Mix("Alfa", (Amount(9), Amount(8)), Amount(17)),))
)
PERIODS = ("2022", "2023", "2024")
TIME = over_time_figure(
    OverTime(ABOUT, PERIODS, (Series("Alfa", tuple(TimePoint(year, Amount(50), Amount(9)) for year in PERIODS)),))
)


def printed(*figures, audience=""):
    tag = '{% picture figure audience="internal" %}' if audience else "{% picture figure %}"
    template = Template("{% load pictures %}{% for figure in figures %}" + tag + "{% endfor %}")
    return template.render(Context({"figures": figures}))


def test_the_finding_the_words_the_picture_and_its_table_are_printed():
    html = printed(FUNNEL)
    assert "Klar afvigelse: Alfa (over)" in html or "Bemærk: Alfa (over)" in html
    assert html.count('role="img" aria-label="Tragtdiagram for') == 2
    assert '<th scope="row">Alfa</th>' in html
    assert "Kilde: DREAM (1. marts 2025)" in html
    assert "Tallene bag billedet" in html


def test_names_are_escaped_in_table_and_picture():
    html = printed(FUNNEL)
    assert "<script>" not in html
    assert html.count("&lt;script&gt;Beta") == 3  # the table and both drawings


def test_nothing_is_inline():
    html = printed(FUNNEL, FOREST, MIX, TIME)
    assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=", html)


def test_hidden_figures_are_covered_unless_asked_for_inside():
    public, internal = printed(FUNNEL), printed(FUNNEL, audience="internal")
    assert f">{HIDDEN}</td>" in public
    assert "†" not in public
    assert "4\N{NO-BREAK SPACE}†" in internal


@pytest.mark.browser
@pytest.mark.parametrize("wide", [390, 320, 1280])
def test_a_browser_shows_one_drawing_that_fits_and_finds_nothing_wrong(page: Page, wide: int) -> None:
    style = finders.find("results/pictures.css")
    page.set_viewport_size({"width": wide, "height": 900})
    page.set_content(
        f"<!DOCTYPE html><html lang='da'><head><title>Resultater</title></head><body><main><h1>Resultater</h1><h2>2024</h2>"
        f"{printed(FUNNEL, FOREST, MIX, TIME)}</main></body></html>"
    )
    page.add_style_tag(path=style)
    for summary in page.locator("summary").all():
        summary.click()
    seen = [each for each in page.locator("[role=img]").all() if each.is_visible()]
    assert len(seen) == 4
    assert page.evaluate("document.documentElement.scrollWidth") <= wide
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]})
    assert found.violations_count == 0, found.generate_report()
