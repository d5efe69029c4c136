"""The mix of benefit groups: shares of what may be seen, and no way to the group that may not."""

import pytest

from documents.drawings import Box
from documents.enums import Audience
from documents.formats import HIDDEN
from results.pictures import About, Amount, CaseMix, Mix, case_mix_figure, shown
from tests.results.pictures import reading

ABOUT = About("figur", "Ydelsesgrupper", period="2024")
GROUPS = ("Sygemeldte", "Ressourceforløb", "Ledighedsydelse")


def mix(name, *counts, hidden=(), **more):
    return Mix(
        name, tuple(Amount(each, index in hidden) for index, each in enumerate(counts)), Amount(sum(counts)), **more
    )


def bars(*mixes, groups=GROUPS):
    return [
        each for each in case_mix_figure(CaseMix(ABOUT, groups, mixes)).chart.drawing.shapes if isinstance(each, Box)
    ]


def test_bars_are_as_long_as_the_shares_in_the_table():
    held = mix("Alfa", 50, 30, 20), mix("Beta", 10, 0, 90)
    figure = case_mix_figure(CaseMix(ABOUT, GROUPS, held))
    assert [[cell.text for cell in row] for row in shown(figure).rows] == [
        ["Alfa", "50 (50\N{NO-BREAK SPACE}%)", "30 (30\N{NO-BREAK SPACE}%)", "20 (20\N{NO-BREAK SPACE}%)", "100"],
        ["Beta", "10 (10\N{NO-BREAK SPACE}%)", "0 (0\N{NO-BREAK SPACE}%)", "90 (90\N{NO-BREAK SPACE}%)", "100"],
    ]
    lengths = [each.width for each in bars(*held)]
    assert [round(each / lengths[0] * 50) for each in lengths] == [50, 30, 20, 10, 90]


def test_one_hidden_group_takes_the_total_and_the_bars_with_it():
    figure = case_mix_figure(CaseMix(ABOUT, GROUPS, (mix("Alfa", 50, 30, 4, hidden=(2,)),)))
    assert [cell.text for cell in shown(figure).rows[0]] == ["Alfa", "50", "30", HIDDEN, HIDDEN]
    assert [cell.text for cell in shown(figure, Audience.INTERNAL).rows[0]][3:] == [
        "4\N{NO-BREAK SPACE}†",
        "84\N{NO-BREAK SPACE}†",
    ]
    assert bars(mix("Alfa", 50, 30, 4, hidden=(2,))) == []
    assert "har ingen søjler" in shown(figure).description


def test_two_hidden_groups_leave_the_others_their_bars():
    assert len(bars(mix("Alfa", 50, 30, 4, hidden=(1, 2)))) == 1


def test_a_hidden_figure_has_the_mark_and_none_at_all_has_zero():
    figure = case_mix_figure(CaseMix(ABOUT, GROUPS, (mix("Alfa", 50, 4, 3, hidden=(1, 2)), mix("Beta", 9, 0, 9))))
    texts = [words.text for words in reading.words_of(figure.chart.drawing)]
    assert texts.count(HIDDEN) == 2
    assert texts.count("0\N{NO-BREAK SPACE}%") == 1


def test_the_finding_is_the_group_that_differs_most():
    told = shown(case_mix_figure(CaseMix(ABOUT, GROUPS, (mix("Alfa", 50, 30, 20), mix("Beta", 40, 5, 55))))).headline
    assert told == (
        "Sammensætningen er forskellig: ledighedsydelse udgør fra 20\N{NO-BREAK SPACE}% (Alfa) til 55\N{NO-BREAK SPACE}% (Beta)"
    )
    alike = shown(case_mix_figure(CaseMix(ABOUT, GROUPS, (mix("Alfa", 50, 30, 20), mix("Beta", 51, 30, 19))))).headline
    assert alike == "Leverandørerne har næsten den samme sammensætning af ydelsesgrupper"


def test_a_supplier_needs_a_count_for_each_group():
    with pytest.raises(ValueError, match="'Alfa' has 2 counts for 3 groups"):
        case_mix_figure(CaseMix(ABOUT, GROUPS, (mix("Alfa", 1, 2),)))


def test_many_groups_stand_in_bands_below_each_other():
    groups = tuple(f"Ydelsesgruppe {index}" for index in range(12))
    figure = case_mix_figure(CaseMix(ABOUT, groups, (mix("Alfa", *range(10, 22)),)))
    assert [words.text for words in reading.words_of(figure.chart.drawing)].count("Alfa") == 3
    assert [words.text for words in reading.words_of(figure.narrow)].count("Alfa") == 4
