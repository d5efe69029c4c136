import datetime as dt

import pytest

from documents import tree as t
from results.comparison import compare
from results.comparison.illustrated import pictures_of, series_picture
from results.comparison.series import time_line
from results.disclosure import PUBLIC
from results.periods import quarter, year
from results.pictures import shown
from tests.factories import BenefitGroupFactory, MeasureVersionFactory, SeriesBreakFactory


@pytest.fixture
def three(market):
    for name, sick, resource in (("Birkemose", 30, 10), ("Havgård", 60, 12), ("Åmose", 31, 9)):
        market.figure(name, market.sick, sick, 120)
        market.figure(name, market.resource, resource, 60)
    return market


def texts(node):
    return [["".join(part.text for part in cell.children) for cell in row.cells] for row in node.rows]


def test_pictures_are_of_the_numbers_that_the_table_prints(three):
    found = compare(three.question())
    pictures = pictures_of(found, anchor="x")
    assert len(pictures.funnels) == 2
    assert len(pictures.all) == 4
    (funnel,) = [each for each in pictures.funnels if "Sygemeldte" in shown(each).description]
    rows = {row[0]: row[1:3] for row in texts(funnel.chart.table)}
    assert rows["Havgård"] == ["120", "60"]
    assert "Havgård" in shown(funnel).headline
    forest = {tuple(row[:2]): row for row in texts(pictures.forests[0].chart.table)}
    assert any("Havgård" in key for key in forest)


def test_every_picture_has_words_and_a_table(three):
    for figure in pictures_of(compare(three.question()), anchor="x").all:
        made = shown(figure)
        assert made.alt
        assert made.headline
        assert made.rows
        assert isinstance(figure.chart, t.Chart)


def test_what_the_public_may_not_see_is_in_no_picture(three):
    three.figure("Omkørslen", three.sick, 2, 40)
    found = compare(three.question(audience=PUBLIC))
    for figure in pictures_of(found, anchor="x").all:
        made = shown(figure)
        omk = [row for row in made.rows if "Omkørslen" in row[0].text]
        assert all(cell.text not in {"2", "5,0", "5,0 %"} for row in omk for cell in row)


def test_one_supplier_and_counts_have_no_pictures(market):
    market.figure("A", market.sick, 30, 100)
    pictures = pictures_of(compare(market.question()), anchor="x")
    assert (pictures.all, len(pictures.notes)) == ((), 1)


def test_a_funnel_without_limits_is_left_out_with_a_sentence(officer_client, three):
    alone, alike = BenefitGroupFactory(name="Ledige, over 60"), BenefitGroupFactory(name="Unge")
    three.figure("Havgård", alone, 20, 80)
    for name in ("Havgård", "Åmose"):
        three.figure(name, alike, 0, 50)
    pictures = pictures_of(compare(three.question()), anchor="x")
    assert len(pictures.funnels) == 2
    assert pictures.notes == (
        "Der er ingen tragt for Ledige, over 60: kun én leverandør har tal der.",
        "Der er ingen tragt for Unge: alle eller ingen har resultatet, så der er ingen grænser at tegne.",
    )
    page = officer_client.get("/admin/resultater/sammenligning/").content.decode()
    assert all(note in page for note in pictures.notes)


def test_many_rows_are_a_forest_for_each_group(market):
    for place in range(14):
        for group in (market.sick, market.resource):
            market.figure(f"L{place:02}", group, 20 + place, 100)
    forests = pictures_of(compare(market.question()), anchor="x").forests
    assert [len(forest.chart.table.rows) for forest in forests] == [14, 14, 14]
    assert len({forest.chart.anchor for forest in forests}) == 3
    assert "Sygemeldte" in forests[2].chart.alt.replace("sygemeldte", "Sygemeldte")


def test_rows_stand_by_name_or_by_size(three):
    three.figure("Lille", three.sick, 10, 40)
    three.figure("Stor", three.sick, 70, 300)
    names = {
        by_size: [
            row[0]
            for row in texts(pictures_of(compare(three.question(by_size=by_size)), anchor="x").forests[0].chart.table)
        ]
        for by_size in (False, True)
    }
    assert names[False][:5] == ["Birkemose", "Havgård", "Lille", "Stor", "Åmose"]
    assert names[True][:5] == ["Stor", "Birkemose", "Havgård", "Åmose", "Lille"]


def test_a_time_line_sums_the_groups_and_names_breaks_and_definitions(market):
    old = MeasureVersionFactory(measure=market.measure, code="0")
    for number in range(1, 5):
        version = {"measure_version": old} if number == 1 else {}
        for group, x in ((market.sick, 10), (market.resource, 5)):
            market.figure("A", group, x + number, 50, period=quarter(2023, number), **version)
    market.figure("A", market.sick, 99, 400, period=year(2023))
    SeriesBreakFactory(takes_effect_on=dt.date(2023, 7, 1), name="Nyt system")
    found = compare(market.question(period=quarter(2023, 4)))
    line = time_line(found)
    assert [period.code for period in line.periods] == ["2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"]
    (series,) = line.series
    assert [(point.base, point.outcomes, point.definition) for point in series.points] == [
        (100, 17, "0"),
        (100, 19, "1"),
        (100, 21, "1"),
        (100, 23, "1"),
    ]
    assert [(period.code, name) for period, name in line.breaks] == [("2023-Q3", "Nyt system")]
    assert shown(series_picture(found, line, anchor="x")).rows


def test_too_few_periods_are_no_line(three):
    found = compare(three.question())
    assert series_picture(found, time_line(found), anchor="x") is None


@pytest.mark.parametrize("number", [1, 3])
def test_a_time_line_asks_as_often_however_many_rows(market, number, django_assert_num_queries):
    for place in range(number):
        for each in range(1, 5):
            market.figure(f"L{place}", market.sick, 20, 100, period=quarter(2023, each))
    found = compare(market.question(period=quarter(2023, 4)))
    with django_assert_num_queries(8):
        time_line(found)
