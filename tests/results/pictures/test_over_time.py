"""Series over time: gaps, breaks, run rules, limits and what stands outside the comparison."""

import pytest

from documents.drawings import Stroke
from results.pictures import (
    UNKNOWN,
    About,
    Amount,
    Break,
    OutsideSeries,
    OverTime,
    Series,
    TimePoint,
    over_time_figure,
    shown,
)
from tests.results.pictures import reading

ABOUT = About("figur", "I job to måneder efter")
PERIODS = tuple(f"{2021 + index // 4}, {index % 4 + 1}. kvt." for index in range(16))


def series(outcomes, *, base=100, definitions=None, name="Alfa"):
    points = [
        TimePoint(period, Amount(base), UNKNOWN if each is None else Amount(each), definition)
        for period, each, definition in zip(PERIODS, outcomes, definitions or ["1"] * len(PERIODS), strict=False)
    ]
    return Series(name, tuple(points))


def over_time(*held, kind="run", **more):
    return OverTime(ABOUT, PERIODS, held, kind=kind, **more)


def drawing(*held, **more):
    return over_time_figure(over_time(*held, **more)).chart.drawing


def lines(shapes, **wanted):
    """Return the lines of data (2 wide), or those that are as wanted."""
    wanted = wanted or {"width": 2}
    return [
        each
        for each in shapes
        if isinstance(each, Stroke) and all(getattr(each, key) == value for key, value in wanted.items())
    ]


STEADY = [20, 24, 18, 25, 19, 26, 17, 23, 21, 27, 16, 24, 18, 25, 20, 26]
STEPPED = [10, 11, 12, 11, 10, 12, 11, 10, 30, 31, 32, 31, 30, 32, 31, 30]


def test_no_line_crosses_a_gap():
    gapped = [*STEADY[:6], None, *STEADY[7:]]
    assert [len(each.places) for each in lines(drawing(series(gapped)).shapes)] == [6, 9]


def test_a_hidden_and_a_small_period_are_gaps_too():
    points = list(series(STEADY).points)
    points[4] = TimePoint(PERIODS[4], Amount(100), Amount(3, is_hidden=True), "1")
    points[9] = TimePoint(PERIODS[9], Amount(4), Amount(2), "1")
    assert [len(each.places) for each in lines(drawing(Series("Alfa", tuple(points))).shapes)] == [4, 4, 6]


def test_a_new_definition_and_a_law_break_the_line_and_begin_anew():
    held = series(STEPPED, definitions=["1"] * 6 + ["2"] * 10)
    figure = over_time_figure(over_time(held, breaks=(Break(PERIODS[12], "ny kontanthjælp"),)))
    assert [len(each.places) for each in lines(figure.chart.drawing.shapes)] == [6, 6, 4]
    texts = [words.text for words in reading.words_of(figure.chart.drawing)]
    assert texts.count("brud") == 2
    assert f"Brud fra {PERIODS[6]}: ny definition (2)" in texts
    assert f"Brud fra {PERIODS[12]}: ny kontanthjælp" in texts
    assert "Alfa: brud fra 2022, 3. kvt., ny definition (2)." in shown(figure).notes


def test_under_ten_comparable_points_there_is_only_a_line():
    figure = over_time_figure(over_time(series(STEPPED[:9]), kind="p"))
    assert lines(figure.chart.drawing.shapes, dash="dotted") == []
    assert "Median" not in shown(figure).wide
    assert "Under 10 perioder: ingen regel" in shown(figure).wide
    assert shown(figure).headline == "For få perioder til at sige, om der er sket et skift"


def test_a_shift_is_found_by_the_run_rules_and_told():
    figure = over_time_figure(over_time(series(STEPPED), series(STEADY, name="Beta")))
    assert shown(figure).headline == "Skift hos Alfa"
    assert "Skift hos Alfa." in figure.chart.alt
    texts = [words.text for words in reading.words_of(figure.chart.drawing)]
    assert "Skift: 8 i træk på samme side (højst 7)" in texts
    assert "Intet skift" in texts


def test_a_break_where_the_step_is_leaves_nothing_to_find():
    view = shown(over_time_figure(over_time(series(STEPPED), breaks=(Break(PERIODS[8], "ny lov"),))))
    assert view.headline == "For få perioder til at sige, om der er sket et skift"


def test_a_p_chart_has_limits_for_each_period_and_squares_beyond_them():
    figure = over_time_figure(over_time(series([*STEADY[:15], 60]), kind="p"))
    squares = reading.symbols_of(figure.chart.drawing, "square")
    assert len(squares) == 2  # the period and the key
    assert shown(figure).rows[-1][-1].text == "uden for grænserne"
    assert shown(figure).headline == "Enkelte perioder uden for grænserne hos Alfa"


def test_the_line_from_outside_is_dashed_named_and_broken_by_gaps():
    outside = OutsideSeries(
        "jobindsats, hele landet", tuple((period, None if index == 5 else 0.2) for index, period in enumerate(PERIODS))
    )
    figure = over_time_figure(over_time(series(STEADY), outside=outside))
    context = [each for each in lines(figure.chart.drawing.shapes, dash="long") if len(each.places) > 2]
    assert [len(each.places) for each in context] == [5, 10]
    assert "Til sammenhæng, uden for sammenligningen: jobindsats, hele landet" in shown(figure).wide
    assert shown(figure).rows[-1][-1].text == "til sammenhæng"


def test_the_points_say_what_the_table_says():
    figure = over_time_figure(over_time(series(STEADY)))
    circles = reading.symbols_of(figure.chart.drawing, "circle")
    axis = {words.text: words.y - 4.5 for words in reading.words_of(figure.chart.drawing) if words.text.endswith("%")}
    zero, twenty = axis["0\N{NO-BREAK SPACE}%"], axis["20\N{NO-BREAK SPACE}%"]
    read = [round((each.y - zero) / (twenty - zero) * 20, 1) for each in circles]
    assert read == [float(row[4].text[:-2].replace(",", ".")) for row in shown(figure).rows] == STEADY


def test_a_period_that_is_strange_or_given_twice_is_refused():
    strange = Series("Alfa", (TimePoint("1999", Amount(9), Amount(1)),))
    with pytest.raises(ValueError, match="'Alfa' has periods that are unknown or given twice: 1999"):
        over_time_figure(over_time(strange))
    twice = Series("Alfa", (TimePoint(PERIODS[0], Amount(9), Amount(1)),) * 2)
    with pytest.raises(ValueError, match="given twice"):
        over_time_figure(over_time(twice))
