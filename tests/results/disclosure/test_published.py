"""What was published before is known, and what is published now may not complete it."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from results.checks import check_nothing_hidden_can_be_computed
from results.disclosure import Part, PublishedFigure, attack, decide_for_observations, new_leaks, publications
from results.models import Observation
from results.queries import with_siblings
from results.services import withdraw_delivery
from tests.factories import DeliveryFactory, UserFactory

YEAR = {"period_start": dt.date(2022, 1, 1), "period_end": dt.date(2022, 12, 31)}
QUARTERS = [
    {"period_start": dt.date(2022, 1 + 3 * n, 1), "period_end": dt.date(2022, 3 + 3 * n, 31 if n in {0, 3} else 30)}
    for n in range(4)
]


def everything():
    return list(Observation.objects.with_names())


def hidden(decision, figures):
    return sorted(figure.outcomes for figure in figures if decision.hides_outcomes(figure))


@pytest.fixture
def public(monkeypatch):
    """A place where figures are published, as the website is: a list of papers by their evidence."""
    papers = []
    monkeypatch.setattr(publications, "_sources", {"test": publications.Source("test", lambda: papers)})
    return papers


def evidence_of(figures, decision):
    return {
        f"observation-{each.pk}": {"kind": "observation", "hidden_values": decision.hidden_names(each)}
        for each in figures
    }


def test_a_number_that_a_paper_showed_is_known(fact_sheet, public):
    figures = everything()
    public += [evidence_of(figures, decide_for_observations(figures))]
    found = {figure.observation.outcomes: figure.hidden for figure in publications.published_figures()}
    assert found[1] == found[5] == {"outcomes"}
    assert found[9] == set()


def test_what_any_paper_showed_is_shown(fact_sheet, public):
    (figure,) = [each for each in everything() if each.outcomes == 5]
    name = f"observation-{figure.pk}"
    for names in (["outcomes"], []):
        public += [{name: {"kind": "observation", "hidden_values": names}}]
    assert publications.published_figures() == [PublishedFigure(figure, frozenset())]


def test_a_withdrawn_delivery_stays_published(fact_sheet, public):
    figures = everything()
    public += [evidence_of(figures, decide_for_observations(figures))]
    withdraw_delivery(fact_sheet.delivery, reason="Forkert fil", by=UserFactory())
    assert len(publications.published_figures()) == len(figures)


def test_the_last_quarter_is_hidden_when_the_others_and_their_year_are_public(vocabulary, public):
    """The first three were published with their small one hidden; the year shown now would give it away."""
    vocabulary.delivery = DeliveryFactory()
    quarters = [
        vocabulary.observe("job_2m", unit="courses", denominator=60, outcomes=count, **period)
        for period, count in zip(QUARTERS[:3], (20, 3, 14), strict=True)
    ]
    first = decide_for_observations(quarters)
    assert hidden(first, quarters) == [3]
    public += [evidence_of(quarters, first)]
    last = vocabulary.observe("job_2m", unit="courses", denominator=60, outcomes=19, **QUARTERS[3])
    year = vocabulary.observe("job_2m", unit="courses", denominator=240, outcomes=56, **YEAR)
    now = decide_for_observations([last, year], published=publications.published_figures())
    assert hidden(now, [last, year]) == [19]
    shown = [PublishedFigure(last, frozenset({"outcomes"})), PublishedFigure(year)]
    assert new_leaks(shown, published=publications.published_figures()) == []
    open_year = [PublishedFigure(last), PublishedFigure(year)]
    (leak, *_rest) = new_leaks(open_year, published=publications.published_figures())
    assert (leak.figure, leak.is_exact) == (quarters[1], True)


def test_a_month_between_two_windows_is_small(vocabulary):
    """Nobody prints December: it is the year without January to November."""
    vocabulary.delivery = DeliveryFactory()
    year = vocabulary.observe("job_2m", unit="courses", denominator=240, outcomes=56, **YEAR)
    early = {"period_start": dt.date(2022, 1, 1), "period_end": dt.date(2022, 11, 30)}
    eleven = vocabulary.observe("job_2m", unit="courses", denominator=220, outcomes=54, **early)
    assert hidden(decide_for_observations([year, eleven]), [year, eleven]) == [54]
    assert attack([PublishedFigure(year), PublishedFigure(eleven)])[0].figure is None


def test_rolling_windows_are_shown_where_no_difference_is_small(vocabulary):
    vocabulary.delivery = DeliveryFactory()
    windows = [
        vocabulary.observe(
            "job_2m",
            unit="courses",
            period_start=dt.date(2022, month, 1),
            period_end=dt.date(2023, month, 1) - dt.timedelta(days=1),
            denominator=240,
            outcomes=count,
        )
        for month, count in ((1, 50), (4, 61), (7, 40))
    ]
    assert hidden(decide_for_observations(windows), windows) == []


def test_persons_and_courses_are_decided_together(vocabulary):
    """Everybody has one course: the hidden number of courses would stand among the persons."""
    vocabulary.delivery = DeliveryFactory()
    figures = [
        vocabulary.observe("job_2m", unit=unit, benefit_group=group, denominator=base, outcomes=count)
        for unit in ("persons", "courses")
        for group, base, count in zip((*vocabulary.groups[:3], None), (60, 70, 80, 210), (3, 18, 25, 46), strict=True)
    ]
    assert hidden(decide_for_observations(figures), figures) == [3, 3, 18, 18]


def test_what_is_not_yet_measurable_is_not_told_by_another_measure(vocabulary):
    """118 in all by education's numbers: with job's base and the rest shown, 3 of job are pending."""
    vocabulary.delivery = DeliveryFactory()
    job = vocabulary.observe(
        "job_2m", unit="courses", denominator=100, outcomes=40, pending=3, censored=10, not_found=5
    )
    education = vocabulary.observe(
        "education_2m", unit="courses", denominator=103, outcomes=20, pending=0, censored=10, not_found=5
    )
    decision = decide_for_observations([job, education])
    names = {name for figure in (job, education) for name in decision.hidden_names(figure)}
    assert decision.hidden_names(job)[:1] == ["pending"]
    assert len(decision.hidden_names(job)) + len(decision.hidden_names(education)) >= 2
    assert names <= {"pending", "not_found", "censored"}


def test_a_base_that_another_measure_has_too_is_not_public_for_that(vocabulary):
    """57 courses of a group are public as the base of job. As that of education they would tell the 3 of the other group."""
    vocabulary.delivery = DeliveryFactory()
    large, small = vocabulary.groups[:2]
    place = {"unit": "courses", "censored": 0, "not_found": 0}
    job = vocabulary.observe("job_2m", benefit_group=large, denominator=57, outcomes=30, pending=6, **place)
    few = vocabulary.observe("education_2m", benefit_group=small, denominator=3, outcomes=0, pending=4, **place)
    both = vocabulary.observe("education_2m", denominator=60, outcomes=20, pending=10, **place)
    before = [job, few, both]
    first = decide_for_observations(before)
    assert [first.hides_base(each) for each in before] == [False, True, False]
    published = [PublishedFigure(each, frozenset(first.hidden_names(each))) for each in before]
    later = vocabulary.observe("education_2m", benefit_group=large, denominator=57, outcomes=20, pending=6, **place)
    second = decide_for_observations([later], published=published)
    assert {"denominator", "pending"} <= set(second.hidden_names(later))
    paper = [PublishedFigure(later, frozenset(second.hidden_names(later)))]
    assert new_leaks(paper, published=published) == []


def test_a_base_that_is_everybody_is_so_for_every_measure(vocabulary):
    """Job says that nobody is left out of its base; plan says nothing, and has as many."""
    vocabulary.delivery = DeliveryFactory()
    job = vocabulary.observe("job_2m", denominator=40, outcomes=20, pending=0, censored=0, not_found=0)
    plan = vocabulary.observe("plan_6m", denominator=40, outcomes=20)
    hidden_base = PublishedFigure(job, frozenset({"denominator", "outcomes"}))
    (leak,) = [each for each in attack([hidden_base, PublishedFigure(plan)]) if each.part is Part.BASE]
    assert (leak.figure, leak.is_exact) == (job, True)


def test_two_papers_give_a_figure_the_same_mark(fact_sheet):
    education = [each for each in everything() if each.measure_version.measure.code == "education_2m"]
    small = next(each for each in education if each.outcomes == 1)
    nine = next(each for each in education if each.outcomes == 9)
    for paper in ([small, nine], education, [nine]):
        decision = decide_for_observations(with_siblings(paper))
        assert not decision.hides_outcomes(nine)


def test_the_command_finds_what_can_be_computed(fact_sheet, public, capsys):
    figures = everything()
    public += [evidence_of(figures, decide_for_observations(figures))]
    call_command("attack_published")
    assert "intet skjult kan regnes ud" in capsys.readouterr().out
    assert list(check_nothing_hidden_can_be_computed()) == []
    companion = next(each for each in figures if each.outcomes == 5)
    public += [{f"observation-{companion.pk}": {"kind": "observation", "hidden_values": []}}]
    with pytest.raises(CommandError, match="1 skjult tal"):
        call_command("attack_published")
    (problem,) = check_nothing_hidden_can_be_computed()
    assert problem.record.outcomes == 1
    assert "education_2m" in problem.message
