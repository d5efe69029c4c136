"""Means of answers: shown with what is known of them, never pooled, never judged, never silently nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from results.comparison import ReasonKind, Verdict, compare, comparison_for_supplier, printed
from results.comparison.means import mean_of
from results.disclosure import PUBLIC
from tests.factories import MeasureFactory, MeasureVersionFactory
from tests.results.comparison.rows import figure, supplier

URL = "/admin/resultater/sammenligning/"


@pytest.fixture
def answers(market):
    """A market whose measure is a mean: with spread, without it, without the number of answers, and of few."""
    market.measure = MeasureFactory(code="tilfredshed", name="Tilfredshed", kind="mean")
    market.version = MeasureVersionFactory(measure=market.measure, code="1", valid_to=None)
    for name, n, mean, spread in (
        ("Birkemose", 25, "3.88", "1.0923979738782625"),
        ("Havgård", 1200, "4.1", None),
        ("Omkørslen", 3, "1.5", "0.5"),
        ("Åmose", None, "4.5", None),
    ):
        deviation = spread and round(Decimal(spread), 4)
        more = {"mean": mean, "standard_deviation": deviation, "unit": "responses"}
        market.figure(name, None, None, n, **more)
    return market


def texts(found):
    heads = [head.key for head in printed.headings(found)]
    return {
        row.supplier: dict(zip(heads, [cell.text for cell in row.cells], strict=True)) for row in printed.rows(found)
    }


def test_the_worked_mean_has_its_interval():
    """n = 25, mean 3.88: 3.43 to 4.33."""
    found = mean_of(
        figure(supplier("A", 1), None, None, 25, mean=Decimal("3.88"), standard_deviation=Decimal("1.0924"))
    )
    assert (round(found.interval.lower, 2), round(found.interval.upper, 2)) == (3.43, 4.33)


def test_each_says_what_is_known_of_it(answers):
    found = texts(compare(answers.question()))
    keys = ("base", "mean", "deviation", "interval")
    assert {name: tuple(row[key] for key in keys) for name, row in found.items()} == {
        "Birkemose": ("25", "3,9", "1,1", "3,4–4,3"),
        "Havgård": ("1.200", "4,1", "–", "–"),
        "Omkørslen": ("3", "–", "–", "–"),
        "Åmose": ("–", "4,5", "–", "–"),
    }
    assert found["Omkørslen"]["notes"] == "Færre end 5 besvarelser: gennemsnittet vises ikke."
    assert found["Birkemose"]["notes"] == "Få besvarelser: gennemsnittet er meget usikkert."


def test_nobody_is_judged_and_the_reasons_are_said(answers):
    found = compare(answers.question())
    assert {line.judged.verdict for line in found.lines} == {Verdict.NOT_COMPARABLE}
    assert [reason.kind for reason in found.reasons] == [ReasonKind.NOT_A_SHARE] * 3
    assert "vises og vurderes ikke" in printed.finding(found)


def test_a_mean_is_not_made_of_those_of_the_groups(answers):
    for group, mean in ((answers.sick, "4.0"), (answers.resource, "2.0")):
        answers.figure("Lyng", group, None, 20, mean=mean, unit="responses")
    (line,) = [line for line in compare(answers.question()).lines if line.label == "Lyng"]
    assert (line.mean, line.judged.base) == (None, 40)
    assert [group.mean.value for group in line.groups] == [Decimal("2.0"), Decimal("4.0")]


def test_the_public_sees_no_mean_of_few(answers):
    row = texts(compare(answers.question(audience=PUBLIC)))["Omkørslen"]
    assert {row["base"], row["mean"], row["deviation"], row["interval"]} == {"•"}


def test_the_page_and_the_file_show_them(officer_client, answers):
    asked = {"maal": "tilfredshed", "omraade": f"delaftale-{answers.lot.pk}", "periode": "2023"}
    page = officer_client.get(URL, asked)
    assert page.status_code == 200
    text = page.content.decode()
    assert "3,4–4,3" in text
    assert "siger intet om dem, der ikke svarede" in text
    assert "Sammenlignet med</dt>" not in text
    file = b"".join(officer_client.get(URL, {**asked, "export": "csv"}).streaming_content).decode("utf-8-sig")
    assert "Birkemose;Alle borgere;25;3,9;1,1;3,4–4,3" in file.replace("Alle grupper", "Alle borgere")


@pytest.mark.parametrize(("level", "seen"), [("named", 4), ("pooled", 1)])
def test_a_supplier_sees_means_of_others_but_no_pool_of_them(answers, level, seen):
    for name in answers.suppliers:
        answers.contract(name, sharing=level)
    view = comparison_for_supplier(answers.suppliers["Birkemose"], answers.question())
    assert len(view.comparison.lines) == seen
    assert printed.finding_of(view.comparison) == (
        "Birkemose: gennemsnit 3,9 af 25 besvarelser. Det vises og vurderes ikke."
    )
    if level == "pooled":
        assert [reason.kind for reason in view.comparison.reasons if reason.kind == ReasonKind.SHARING]
