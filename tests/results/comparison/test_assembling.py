import pytest

from results.comparison.assembling import Yardstick, assemble, outermost, previous_yardstick, spread, sum_of
from results.comparison.enums import ReasonKind, Reference, Size, Verdict
from results.statistics import overdispersion
from tests.results.comparison.rows import GROUPS, figure, supplier, table

OTHERS = Yardstick(Reference.OTHERS)
FOUR = {
    "Havgård": {"sygemeldte": (40, 100), "ressourceforloeb": (5, 50)},
    "Birkemose": {"sygemeldte": (30, 100), "ressourceforloeb": (6, 60)},
    "Åmose": {"sygemeldte": (28, 90)},
    "Nordstrand": {"ressourceforloeb": (4, 40)},
}


def compared(counts, yardstick=OTHERS, **options):
    lines, groups = assemble(table(counts), yardstick, composites={}, **options)
    return {line.label: line for line in lines}, {group.label: group for group in groups}


def kinds(line):
    return [reason.kind for reason in line.reasons]


def test_lines_stand_by_name_never_by_result():
    lines, _groups = assemble(table(FOUR), OTHERS, composites={})
    assert [line.label for line in lines] == ["Birkemose", "Havgård", "Nordstrand", "Åmose"]


def test_each_group_is_held_against_the_others_in_that_group():
    lines, groups = compared(FOUR)
    resource, sick = lines["Havgård"].groups
    assert (resource.label, sick.label) == ("Ressourceforloeb", "Sygemeldte")
    assert sick.judged.expected == pytest.approx(100 * 58 / 190)
    assert resource.judged.expected == pytest.approx(50 * 10 / 100)
    overall = lines["Havgård"].judged
    assert (overall.base, overall.outcomes, overall.observed) == (150, 45, 45)
    assert overall.expected == pytest.approx(100 * 58 / 190 + 5)
    assert (groups["Sygemeldte"].base, groups["Sygemeldte"].outcomes, groups["Sygemeldte"].suppliers) == (290, 98, 3)
    assert groups["Sygemeldte"].reference == 98 / 290


def test_case_mix_alone_is_no_deviation():
    """The heavier group has a fifth of the lighter one's share; a supplier with more of it is not below the others."""
    counts = {
        "Tung": {"sygemeldte": (20, 40), "ressourceforloeb": (20, 200)},
        "Let": {"sygemeldte": (100, 200), "ressourceforloeb": (4, 40)},
    }
    lines, _groups = compared(counts)
    assert lines["Tung"].judged.share < 0.5 * lines["Let"].judged.share
    assert [line.judged.verdict for line in lines.values()] == [Verdict.NO_DIFFERENCE] * 2
    assert lines["Tung"].judged.ratio == pytest.approx(1.0)


def test_shares_are_sums_over_sums_never_means_of_shares():
    lines, groups = compared(
        {"A": {"sygemeldte": (1, 10), "ressourceforloeb": (80, 100)}, "B": {"sygemeldte": (5, 90)}}
    )
    assert lines["A"].judged.share == 81 / 110
    assert groups["Sygemeldte"].reference == 6 / 100


def test_opposite_effects_hide_the_overall_ratio_and_say_so():
    counts = {
        "A": {"sygemeldte": (80, 100), "ressourceforloeb": (5, 100)},
        "B": {"sygemeldte": (40, 100), "ressourceforloeb": (40, 100)},
        "C": {"sygemeldte": (40, 100), "ressourceforloeb": (40, 100)},
    }
    lines, _groups = compared(counts)
    overall = lines["A"].judged
    assert (overall.ratio, overall.expected, overall.p, overall.verdict) == (None, None, None, Verdict.NOT_COMPARABLE)
    assert (overall.base, overall.outcomes, overall.share) == (200, 85, 85 / 200)
    assert kinds(lines["A"]) == [ReasonKind.OPPOSITE]
    assert "Sygemeldte" in lines["A"].reasons[0].text
    assert "Ressourceforloeb" in lines["A"].reasons[0].text
    assert {line.judged.is_above for line in lines["A"].groups} == {True, False}


@pytest.mark.parametrize(
    ("x", "n", "kind", "size"),
    [
        (1, 3, ReasonKind.TOO_FEW, Size.FEW),
        (3, 8, ReasonKind.TOO_FEW, Size.COUNTS_ONLY),
        (5, 20, ReasonKind.SMALL_GROUP, Size.SMALL),
    ],
)
def test_small_groups_are_named(x, n, kind, size):
    lines, _groups = compared({"A": {"sygemeldte": (x, n)}, "B": {"sygemeldte": (30, 100)}})
    (group,) = lines["A"].groups
    assert (kinds(group), group.judged.size) == ([kind], size)
    assert (group.judged.verdict is Verdict.NOT_COMPARABLE) == (n < 10)


def test_a_supplier_alone_in_a_group_is_not_compared_there():
    lines, _groups = compared({"A": {"sygemeldte": (30, 100)}, "B": {"ressourceforloeb": (3, 30)}})
    assert kinds(lines["A"]) == [ReasonKind.NO_REFERENCE]
    assert lines["A"].judged.verdict is Verdict.NOT_COMPARABLE
    assert lines["A"].judged.share == 0.3


def test_a_group_where_nobody_has_the_outcome_tells_nothing():
    lines, groups = compared({"A": {"sygemeldte": (0, 100)}, "B": {"sygemeldte": (0, 50)}})
    assert kinds(lines["A"]) == [ReasonKind.ALL_ALIKE]
    assert (groups["Sygemeldte"].reference, groups["Sygemeldte"].overdispersion) == (0.0, None)


def test_the_source_s_total_is_shown_where_it_is_given():
    counts = {
        "A": {"sygemeldte": (10, 50), "ressourceforloeb": (5, 50), None: (14, 97)},
        "B": {"sygemeldte": (30, 100)},
    }
    lines, groups = compared(counts)
    assert (lines["A"].judged.base, lines["A"].judged.outcomes, lines["A"].is_sum_of_groups) == (97, 14, False)
    assert lines["A"].total.denominator == 97
    assert set(groups) == {"Sygemeldte", "Ressourceforloeb"}


def test_without_groups_all_citizens_are_one_group_and_that_is_said():
    lines, groups = compared({"A": {None: (10, 50)}, "B": {None: (30, 100)}})
    assert kinds(lines["A"]) == [ReasonKind.NOT_DIVIDED]
    assert lines["A"].judged.expected == 15.0
    assert [group.group for group in groups.values()] == [None]


def test_one_group_may_be_asked_for():
    lines, groups = compared(FOUR, only_group=GROUPS["sygemeldte"])
    assert set(lines) == {"Havgård", "Birkemose", "Åmose"}
    assert set(groups) == {"Sygemeldte"}
    assert lines["Havgård"].judged.base == 100


def test_a_composite_group_stands_for_its_parts():
    sick = table({"A": {"sygemeldte": (10, 50), "ressourceforloeb": (4, 20), "ledighedsydelse": (6, 30)}})
    composites = {GROUPS["sygemeldte"].pk: frozenset({GROUPS["ressourceforloeb"].pk, GROUPS["ledighedsydelse"].pk})}
    assert [each.benefit_group.code for each in outermost(sick, composites)] == ["sygemeldte"]


def test_counts_are_shown_and_never_judged():
    rows = [figure(supplier("A", 1), "sygemeldte", None, 120), figure(supplier("B", 2), "sygemeldte", None, 80)]
    lines, groups = assemble(rows, OTHERS, composites={})
    assert [(line.judged.base, line.judged.share, line.judged.verdict) for line in lines] == [
        (120, None, Verdict.NOT_COMPARABLE),
        (80, None, Verdict.NOT_COMPARABLE),
    ]
    assert (groups[0].base, groups[0].reference) == (200, None)


def test_no_figures_give_no_lines():
    assert assemble([], OTHERS, composites={}) == ((), ())


def test_a_missing_base_is_missing_never_nought():
    rows = [figure(supplier("A", 1), "sygemeldte", None, None), *table({"B": {"sygemeldte": (3, 30)}})]
    lines, _groups = assemble(rows, OTHERS, composites={})
    assert [line.label for line in lines] == ["B"]


def test_much_pending_is_said_and_little_is_not():
    rows = [
        figure(supplier("A", 1), "sygemeldte", 10, 45, pending=5),
        figure(supplier("B", 2), "sygemeldte", 10, 46, pending=5),
        figure(supplier("C", 3), "sygemeldte", 10, 46, pending=None),
    ]
    lines, _groups = assemble(rows, OTHERS, composites={})
    assert [kinds(line) for line in lines] == [[ReasonKind.PENDING], [], []]
    assert [line.pending for line in lines] == [5, 5, None]
    assert "10,0" in lines[0].reasons[0].text


def test_places_come_only_on_request_and_as_intervals():
    counts = dict(
        zip(
            "ABCDE",
            [{"sygemeldte": pair} for pair in ((60, 200), (150, 400), (40, 180), (220, 500), (30, 60))],
            strict=True,
        )
    )
    assert all(line.place is None for line in compared(counts)[0].values())
    places = [line.place for line in compared(counts, with_places=True)[0].values()]
    assert [(place.lower, place.upper) for place in places] == [(2, 5), (1, 4), (4, 5), (1, 3), (1, 4)]


def test_each_is_held_against_its_own_previous_period():
    now = table({"A": {"sygemeldte": (30, 60)}, "B": {"sygemeldte": (10, 60)}})
    before = table({"A": {"sygemeldte": (10, 60)}})
    lines, _groups = assemble(now, previous_yardstick(before), composites={})
    assert [line.judged.expected for line in lines] == [10.0, None]
    assert kinds(lines[1]) == [ReasonKind.NO_REFERENCE]
    assert lines[0].rests_on == (now[0], before[0])


def test_a_target_is_the_line_of_the_funnel():
    _lines, groups = compared(FOUR, Yardstick(Reference.TARGET, 0.35))
    assert {group.reference for group in groups.values()} == {0.35}


def test_spread_is_the_worked_overdispersion():
    x, n = (12, 30, 26, 50, 42, 71, 4, 29, 48, 36), (82, 98, 100, 125, 162, 151, 12, 100, 82, 99)
    rows = table({f"L{place}": {"sygemeldte": pair} for place, pair in enumerate(zip(x, n, strict=True))})
    assert spread(rows) == overdispersion(x, n)
    assert spread(rows).phi == pytest.approx(4.009053, abs=5e-7)
    assert spread(rows[:1]) is None


def test_a_judgement_rests_on_everybody_in_the_group():
    lines, _groups = compared(FOUR)
    names = {each.supplier.name for each in lines["Åmose"].rests_on}
    assert names == {"Havgård", "Birkemose", "Åmose"}
    assert sum_of(lines["Åmose"].rests_on) == (98, 290)


def test_a_supplier_on_two_lots_has_one_line():
    """Figures of the framework are one a supplier; the line never counts a lot's figure once more."""
    lines, _groups = compared(
        {"A": {"sygemeldte": (10, 50), "ressourceforloeb": (2, 20)}, "B": {"sygemeldte": (9, 50)}}
    )
    assert list(lines) == ["A", "B"]
    assert lines["A"].judged.base == 70
