"""Inputs of pictures: any that the types allow, with hidden, missing, small and equal figures and awkward names."""

from __future__ import annotations

from hypothesis import strategies as st

from results.pictures import (
    About,
    Amount,
    Break,
    CaseMix,
    Forest,
    ForestRow,
    Funnel,
    FunnelPoint,
    Mix,
    Outside,
    OutsideSeries,
    OverTime,
    Reference,
    Series,
    TimePoint,
)

ABOUT = About("figur", "I job to måneder efter", "Borgere i ressourceforløb", "2024", source="DREAM (1. marts 2025)")
names = st.one_of(
    st.sampled_from(
        [
            "Broen til Arbejde",
            "Incento Job ApS",
            "Fjordens Beskæftigelse og Kompetenceudvikling A/S",
            "Ådal",
            "Østkyst Mentor",
            "<b>&\"'",
            "",
        ]
    ),
    st.text(max_size=60),
)
hidden = st.sampled_from([False, False, False, True])
shares = st.floats(0, 1, allow_nan=False)


@st.composite
def counts(draw, most=3000):
    """A base and its outcomes, each perhaps hidden or unknown."""
    base = draw(st.integers(0, most))
    outcomes = draw(st.integers(0, base))
    known = draw(st.sampled_from([True, True, True, True, False]))
    is_hidden = draw(hidden)
    return (
        Amount(base if known else None, is_hidden and draw(st.booleans())),
        Amount(outcomes if known else None, is_hidden),
    )


@st.composite
def references(draw):
    if draw(st.booleans()):
        return Reference("Fast mål", target=draw(shares))
    base, outcomes = draw(counts(20000))
    return Reference("Alle leverandører", base, outcomes)


@st.composite
def funnels(draw):
    points = draw(
        st.lists(
            st.builds(lambda name, pair, own: FunnelPoint(name, *pair, own), names, counts(), st.booleans()),
            max_size=14,
        )
    )
    outside = draw(st.none() | st.builds(Outside, st.just("jobindsats, hele landet"), shares))
    return Funnel(ABOUT, tuple(points), draw(st.none() | references()), outside)


@st.composite
def forest_rows(draw):
    base, observed = draw(counts())
    low = draw(st.none() | st.floats(0, 30))
    high = None if low is None else low + draw(st.floats(0, 30))
    expected = draw(st.none() | st.floats(0, 3000))
    group = draw(st.sampled_from(["", "Ressourceforløb", "Ledighedsydelse"]))
    return ForestRow(draw(names), observed, Amount(expected, draw(hidden)), base, low, high, group, draw(st.booleans()))


forests = st.builds(
    Forest, st.just(ABOUT), st.lists(forest_rows(), max_size=12).map(tuple), st.sampled_from(["name", "size"])
)


@st.composite
def case_mixes(draw):
    groups = tuple(draw(st.lists(names, max_size=9)))
    mixes = []
    for name in draw(st.lists(names, max_size=7)):
        parts = [draw(st.integers(0, 500)) for _ in groups]
        cells = tuple(Amount(each, draw(hidden)) for each in parts)
        mixes.append(Mix(name, cells, Amount(sum(parts), draw(hidden)), draw(st.booleans())))
    return CaseMix(ABOUT, groups, tuple(mixes), draw(st.sampled_from(["name", "size"])))


@st.composite
def series(draw, periods):
    chosen = draw(st.lists(st.sampled_from(periods), unique=True)) if periods else []
    points = [
        TimePoint(period, *draw(counts(300)), draw(st.sampled_from(["1", "1", "1", "2"])))
        for period in sorted(chosen, key=periods.index)
    ]
    return Series(draw(names), tuple(points), draw(st.booleans()))


@st.composite
def over_times(draw):
    count = draw(st.integers(0, 24))
    periods = tuple(f"{2020 + index // 4}, {index % 4 + 1}. kvt." for index in range(count))
    held = draw(st.lists(series(periods), max_size=4))
    breaks = (
        draw(st.lists(st.builds(Break, st.sampled_from(periods), st.just("ny kontanthjælp")), max_size=2))
        if periods
        else []
    )
    outside = None
    if draw(st.booleans()):
        outside = OutsideSeries("jobindsats", tuple((period, draw(st.none() | shares)) for period in periods))
    return OverTime(ABOUT, periods, tuple(held), tuple(breaks), outside, draw(st.sampled_from(["p", "run"])))
