"""What holds of every picture, whatever is put in."""

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.charts import chart_png, chart_svg
from documents.enums import Audience
from documents.formats import HIDDEN
from documents.serialisation import from_data, to_data
from results.pictures import case_mix_figure, forest_figure, funnel_figure, over_time_figure, shown
from tests.results.pictures import reading
from tests.results.pictures.given import case_mixes, forests, funnels, over_times

PICTURES = {
    "funnel": (funnels(), funnel_figure),
    "forest": (forests, forest_figure),
    "case mix": (case_mixes(), case_mix_figure),
    "over time": (over_times(), over_time_figure),
}
each_picture = pytest.mark.parametrize(("inputs", "figure_of"), PICTURES.values(), ids=PICTURES)
patient = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def drawings(figure):
    return figure.chart.drawing, figure.narrow


@each_picture
@patient
@given(data=st.data())
def test_it_compiles_and_no_words_lie_on_each_other(inputs, figure_of, data):
    figure = figure_of(data.draw(inputs))
    for drawing in drawings(figure):
        reading.parsed(drawing)
        assert all(math.isfinite(each) for words in reading.words_of(drawing) for each in reading.rectangle(words))
        assert reading.overlaps(drawing) == []
        assert reading.outside(drawing) == []
    assert figure.chart.alt.endswith(".")
    assert figure.chart.headline[0].text


@each_picture
@patient
@given(data=st.data())
def test_what_is_hidden_leaves_no_trace(inputs, figure_of, data):
    """Not in a place, a scale, an order or a sentence, nor in the table of the public: other hidden figures, one picture."""
    held = data.draw(inputs)
    stripped = figure_of(reading.with_hidden(held, lambda _: None))
    changed = figure_of(reading.with_hidden(held, lambda value: value and int(value) // 3))
    assert drawings(changed) == drawings(stripped)
    assert shown(changed) == shown(stripped)


@each_picture
@patient
@given(data=st.data())
def test_the_table_has_a_mark_for_each_hidden_figure_and_tells_it_inside_only(inputs, figure_of, data):
    figure = figure_of(data.draw(inputs))
    public, internal = shown(figure), shown(figure, Audience.INTERNAL)
    assert (public.wide, public.narrow, public.alt, public.headline) == (
        internal.wide,
        internal.narrow,
        internal.alt,
        internal.headline,
    )
    for one, other in zip(public.rows, internal.rows, strict=True):
        for seen, known in zip(one, other, strict=True):
            assert seen == known or (seen.text == HIDDEN and known.text.endswith("†"))


@each_picture
@settings(patient, max_examples=8)
@given(data=st.data())
def test_it_is_frozen_whole_and_drawn_from_what_is_frozen(inputs, figure_of, data):
    chart = figure_of(data.draw(inputs)).chart
    thawed = from_data(to_data(chart))
    assert thawed == chart
    assert chart_svg(thawed) == chart_svg(chart)
    assert chart_png(thawed).startswith(b"\x89PNG")
