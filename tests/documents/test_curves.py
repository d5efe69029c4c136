import datetime as dt
import re

from documents.charts import curve_svg
from documents.curves import Curve, CurveLimit, CurvePoint

DAYS = [dt.date(2026, 1, 31), dt.date(2026, 2, 28), dt.date(2026, 3, 31), dt.date(2026, 4, 30)]
OBSERVED = tuple(CurvePoint(day, value) for day, value in zip(DAYS[:3], (0.0, 1.5, 3.0), strict=True))
EXPECTED = (CurvePoint(DAYS[2], 3.0, 3.0, 3.0), CurvePoint(DAYS[3], 4.5, 4.0, 5.0))
LIMITS = (CurveLimit(4.0, "Loft: 4,0 mio. kr.", is_main=True), CurveLimit(2.8, "70 %: start nyt udbud"))
CURVE = Curve("mio. kr.", OBSERVED, EXPECTED, LIMITS)


def texts(svg):
    return [" ".join(re.sub(r"<[^>]+>", " ", each).split()) for each in re.findall(r"<text.*?</text>", svg)]


def test_limits_have_their_names_and_the_axis_danish_months():
    said = texts(curve_svg(CURVE))
    assert "Loft: 4,0 mio. kr." in said
    assert "70 %: start nyt udbud" in said
    assert "mio. kr." in said
    assert "mar 2026" in said or "apr 2026" in said


def test_what_is_expected_is_dashed_and_its_interval_a_band():
    with_forecast, without = curve_svg(CURVE), curve_svg(Curve("mio. kr.", OBSERVED, limits=LIMITS))
    assert 'stroke-dasharray="7,5"' in with_forecast
    assert '<path aria-hidden="true" d="M' in with_forecast or "#d9d9d9" in with_forecast
    assert 'stroke-dasharray="7,5"' not in without
    assert "NaN" not in with_forecast + without


def test_it_holds_no_english_words_no_style_and_no_identifiers():
    svg = curve_svg(CURVE)
    assert "aria-label" not in svg
    assert not re.search(r"\b(style|id|href|onclick)=", svg)
    assert "<script" not in svg


def test_the_same_curve_gives_the_same_picture_and_a_narrow_one_is_narrower():
    width = {svg: float(re.search(r'viewBox="0 0 ([\d.]+)', svg)[1]) for svg in (curve_svg(CURVE), curve_svg(CURVE))}
    (wide,) = width.values()
    assert float(re.search(r'viewBox="0 0 ([\d.]+)', curve_svg(CURVE, is_narrow=True))[1]) < wide * 0.7


def test_names_are_escaped():
    assert "<script>" not in curve_svg(Curve("kr.", OBSERVED, limits=(CurveLimit(1.0, "<script>alert(1)</script>"),)))


def test_one_point_and_nothing_at_all_are_drawn():
    for points in ((OBSERVED[0],), ()):
        assert curve_svg(Curve("kr.", points)).startswith("<svg")
