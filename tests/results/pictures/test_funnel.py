"""The funnel: what a reader reads off it, who is singled out and who is left out."""

import pytest

from documents.formats import HIDDEN
from results.pictures import UNKNOWN, About, Amount, Funnel, FunnelPoint, Outside, Reference, funnel_figure, shown
from results.statistics import funnel_limits
from tests.results.pictures import reading

ABOUT = About("figur", "I job to måneder efter", "Borgere i ressourceforløb", "2024")
ALL = Reference("Alle leverandører", Amount(1000), Amount(250))


def point(name, base, outcomes, *, is_own=False):
    return FunnelPoint(name, Amount(base), Amount(outcomes), is_own)


def funnel(*points, reference=ALL, outside=None):
    return Funnel(ABOUT, points, reference, outside)


def symbols(held, *kinds):
    """Return the marks of suppliers, without those of the key."""
    drawing = funnel_figure(held).chart.drawing
    bottom = max(words.y for words in reading.words_of(drawing) if words.text.startswith("Antal"))
    return [each for each in reading.symbols_of(drawing, *kinds) if each.y < bottom]


def reader_of(drawing, sign):
    """Return what turns a place into a figure by the axis whose labels end with a sign."""
    axis = [
        (float(words.text.removesuffix(sign).replace(".", "").replace(",", ".")), words.y - 4.5 if sign else words.x)
        for words in reading.words_of(drawing)
        if words.anchor == ("end" if sign else "middle") and words.text.endswith(sign) and not words.is_strong
        if words.x < 56 or not sign
    ]
    (low, start), (high, end) = axis[0], axis[-1]
    return lambda place: low + (place - start) / (end - start) * (high - low)


def test_the_points_say_what_the_table_says():
    held = funnel(point("Alfa", 80, 20), point("Beta", 200, 61), point("Gamma", 12, 4))
    figure = funnel_figure(held)
    drawing = figure.chart.drawing
    share, base = reader_of(drawing, "\N{NO-BREAK SPACE}%"), reader_of(drawing, "")
    read = {(round(base(each.x)), round(share(each.y), 1)) for each in symbols(held)}
    table = {(int(row[1].text), float(row[3].text[:-2].replace(",", "."))) for row in shown(figure).rows[:-1]}
    assert read == table == {(80, 25.0), (200, 30.5), (12, 33.3)}


def test_limits_are_the_exact_interpolated_ones():
    limits = funnel_limits(0.25, 50), funnel_limits(0.25, 50, confidence=0.998)
    row = shown(funnel_figure(funnel(point("Alfa", 50, 12)))).rows[0]
    assert [cell.text for cell in row[4:]] == [
        "12,4–36,5\N{NO-BREAK SPACE}%",
        "6,6–44,0\N{NO-BREAK SPACE}%",
        "inden for grænserne",
    ]
    assert (round(limits[0].lower, 3), round(limits[1].upper, 3)) == (0.124, 0.44)


@pytest.mark.parametrize(
    ("outcomes", "kind", "words", "finding"),
    [
        (
            25,
            "circle",
            "inden for grænserne",
            "Den ene leverandør afviger ikke mere, end tilfældig variation kan forklare",
        ),
        (34, "diamond", "bemærk, over", "Bemærk: Alfa (over)"),
        (14, "diamond", "bemærk, under", "Bemærk: Alfa (under)"),
        (40, "square", "klar afvigelse, over", "Klar afvigelse: Alfa (over)"),
        (11, "square", "klar afvigelse, under", "Klar afvigelse: Alfa (under)"),
    ],
)
def test_a_standing_is_told_by_shape_and_words(outcomes, kind, words, finding):
    held = funnel(point("Alfa", 100, outcomes))
    figure = funnel_figure(held)
    assert [each.kind for each in symbols(held)] == [kind]
    assert shown(figure).rows[0][-1].text == words
    assert shown(figure).headline == finding
    assert finding in figure.chart.alt


def test_nobody_with_fewer_than_five_is_drawn_but_all_stand_in_the_table():
    held = funnel(
        point("Alfa", 4, 2),
        point("Beta", 5, 2),
        FunnelPoint("Gamma", Amount(90), Amount(3, is_hidden=True)),
        FunnelPoint("Delta", UNKNOWN, UNKNOWN),
    )
    view = shown(funnel_figure(held))
    assert len(symbols(held)) == 1
    assert "1 leverandør er ikke tegnet, fordi der er under 5." in view.description
    assert "1 leverandør er ikke tegnet, fordi tallene handler om få personer." in view.description
    assert "1 leverandør er ikke tegnet, fordi tallet mangler." in view.description
    assert [row[0].text for row in view.rows] == ["Alfa", "Beta", "Delta", "Gamma", "Alle leverandører"]
    assert [cell.text for cell in view.rows[3]][1:4] == ["90", HIDDEN, HIDDEN]
    assert [cell.text for cell in view.rows[2]][1:4] == ["–", "–", "–"]
    assert any("få personer" in note for note in view.notes)


def test_the_scale_does_not_tell_of_a_hidden_supplier():
    alone = funnel(point("Alfa", 40, 10))
    beside = funnel(
        point("Alfa", 40, 10), FunnelPoint("Beta", Amount(4000, is_hidden=True), Amount(3999, is_hidden=True))
    )
    assert funnel_figure(beside).chart.drawing == funnel_figure(alone).chart.drawing


def test_a_hidden_reference_is_neither_drawn_nor_told():
    hidden = Reference("Alle leverandører", Amount(1000), Amount(3, is_hidden=True))
    view = shown(funnel_figure(funnel(point("Alfa", 100, 40), reference=hidden)))
    assert view.headline == "1 leverandør uden et grundlag at sammenligne med"
    assert "grænser" not in view.wide
    assert {cell.text for cell in view.rows[0][4:]} == {HIDDEN}


def test_an_outside_line_is_dashed_and_called_context():
    drawing = funnel_figure(
        funnel(point("Alfa", 100, 25), outside=Outside("jobindsats, hele landet", 0.21))
    ).chart.drawing
    view = shown(funnel_figure(funnel(point("Alfa", 100, 25), outside=Outside("jobindsats, hele landet", 0.21))))
    assert sum(getattr(shape, "dash", "") == "long" for shape in drawing.shapes) == 2
    assert "Til sammenhæng: jobindsats, hele landet" in view.wide
    assert "uden for sammenligningen" in view.notes[0]


def test_own_figures_have_a_ring_and_are_named_first():
    crowd = [point(f"Leverandør {index}", 100, 25) for index in range(30)]
    held = funnel(*crowd, point("Egen", 100, 25, is_own=True))
    names = [words.text for words in reading.words_of(funnel_figure(held).chart.drawing) if words.is_strong]
    assert len(symbols(held, "ring")) == 1
    assert "Egen" in names


def test_a_crowd_is_drawn_without_names_on_each_other():
    held = funnel(*(point(f"Leverandør nummer {index}", 100 + index % 3, 25 + index % 2) for index in range(60)))
    figure = funnel_figure(held)
    assert len(symbols(held)) == 60
    assert reading.overlaps(figure.chart.drawing) == reading.overlaps(figure.narrow) == []


def test_nothing_at_all_is_a_picture_too():
    view = shown(funnel_figure(funnel(reference=None)))
    assert view.headline == "Der er ingen tal, der kan tegnes"
    assert view.rows == ()
