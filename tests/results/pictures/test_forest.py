"""The forest: its order, its axis, and that it never tells more than the table prints."""

from documents.drawings import Stroke
from results.pictures import About, Amount, Forest, ForestRow, forest_figure, shown
from tests.results.pictures import reading

ABOUT = About("figur", "I job to måneder efter", period="2024")


def row(name, observed, expected, base, bounds=(None, None), **more):
    return ForestRow(name, Amount(observed), Amount(expected), Amount(base), *bounds, **more)


ROWS = (
    row("Ådal", 30, 20.0, 100, (1.02, 2.1)),
    row("Broen", 10, 20.0, 300, (0.24, 0.92)),
    row("Østkyst", 20, 20.0, 200, (0.61, 1.54)),
)


def names(forest):
    return [each[0].text for each in shown(forest_figure(forest)).rows]


def test_rows_stand_by_name_as_in_danish_or_by_size_and_never_by_result():
    assert names(Forest(ABOUT, ROWS)) == ["Broen", "Østkyst", "Ådal"]
    assert names(Forest(ABOUT, ROWS, "size")) == ["Broen", "Østkyst", "Ådal"]
    assert names(Forest(ABOUT, (*ROWS, row("Alfa", 9, 3.0, 150)), "size")) == ["Broen", "Østkyst", "Alfa", "Ådal"]


def test_a_hidden_size_stands_last():
    hidden = ForestRow("Alfa", Amount(5, True), Amount(4.0, True), Amount(250, is_hidden=True))
    assert names(Forest(ABOUT, (hidden, *ROWS), "size")) == ["Broen", "Østkyst", "Ådal", "Alfa"]


def test_half_and_double_lie_equally_far_from_one():
    drawing = forest_figure(
        Forest(ABOUT, (row("Alfa", 10, 20.0, 9), row("Beta", 20, 20.0, 9), row("Gamma", 40, 20.0, 9)))
    ).chart.drawing
    half, one, double = sorted(each.x for each in reading.symbols_of(drawing))
    assert abs((one - half) - (double - one)) < 0.01


def test_the_finding_names_those_whose_interval_keeps_off_one():
    view = shown(forest_figure(Forest(ABOUT, ROWS)))
    assert view.headline == "Flere end forventet: Ådal. Færre end forventet: Broen"
    assert view.headline in view.alt
    assert shown(forest_figure(Forest(ABOUT, ROWS[2:]))).headline == "Resultatet kan ikke skelnes fra det forventede"


def test_the_picture_has_the_figures_of_the_table_beside_the_marks():
    figure = forest_figure(Forest(ABOUT, ROWS))
    texts = [words.text for words in reading.words_of(figure.chart.drawing)]
    for cells in shown(figure).rows:
        name, base, observed, expected, _, _ = (cell.text for cell in cells)
        assert {name, base, observed, expected} <= set(texts)


def test_the_mark_is_no_finer_than_the_table():
    """The expected number rests on the others' figures, and its decimals would give them away."""
    coarse, fine = (Forest(ABOUT, (row("Alfa", 10, expected, 99),)) for expected in (12.3, 12.3456789))
    assert forest_figure(coarse).chart.drawing == forest_figure(fine).chart.drawing


def test_none_observed_and_far_away_are_arrows_at_the_ends():
    drawing = forest_figure(Forest(ABOUT, (row("Alfa", 0, 20.0, 90), row("Beta", 90, 2.0, 90)))).chart.drawing
    assert [each.kind for each in reading.symbols_of(drawing)] == ["left", "right"]


def test_none_expected_has_no_mark_and_no_ratio():
    view = shown(forest_figure(Forest(ABOUT, (row("Alfa", 3, 0.0, 90),))))
    assert [cell.text for cell in view.rows[0]][4:] == ["–", "–"]
    assert view.headline == "Der er ingen tal, der kan tegnes"


def test_groups_are_sections_in_the_order_given():
    rows = (row("Alfa", 9, 9.0, 50, group="Sygemeldte"), row("Alfa", 9, 9.0, 50, group="Ledighedsydelse"))
    figure = forest_figure(Forest(ABOUT, rows))
    assert [(cells[0].text, cells[1].text) for cells in shown(figure).rows] == [
        ("Alfa", "Sygemeldte"),
        ("Alfa", "Ledighedsydelse"),
    ]
    headings = [words.text for words in reading.words_of(figure.narrow) if words.is_strong]
    assert headings.index("Sygemeldte") < headings.index("Ledighedsydelse")


def test_an_interval_is_a_line_in_grey_under_a_mark():
    lines = [
        each
        for each in forest_figure(Forest(ABOUT, ROWS)).chart.drawing.shapes
        if isinstance(each, Stroke) and each.width == 2.5
    ]
    assert len(lines) == 3
