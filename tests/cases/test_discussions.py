from __future__ import annotations

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from cases.assembly.paper import assemble
from documents import tree as t
from documents.numbering import walk
from learnings.models import ExperienceReport, Round
from learnings.queries import discussions
from tests.cases.papers import case_with
from tests.factories import DiscussionFactory, ExperienceReportFactory, QuestionFactory, RoundFactory
from tests.learnings import world

pytestmark = pytest.mark.django_db


def accepted_report(name: str, this_round: Round | None = None) -> ExperienceReport:
    this_round = this_round or RoundFactory()
    QuestionFactory(round=this_round, key=f"kontakt-{name[-1]}", is_required=False)
    return world.accepted(this_round, world.supplier_on(name=name), **{f"kontakt-{name[-1]}": "Ja."}).report


@pytest.mark.parametrize(("is_named", "who"), [(True, "Broen"), (False, "En leverandør")])
def test_what_was_talked_over_stands_in_the_case(is_named: bool, who: str) -> None:
    report = accepted_report("Broen")
    points = {"focus_points": "Fast kontaktperson\n\nTempo", "adjustments": "Svar inden to dage."}
    DiscussionFactory(report=report, held_on=dt.date(2024, 5, 14), **points)
    DiscussionFactory()  # of another round
    DiscussionFactory(report=ExperienceReportFactory(round=report.round), focus_points="Ikke godkendt")
    value = {"round": report.round.pk, "has_suppliers": is_named}

    paper = assemble(case_with({"type": "discussions", "value": value}).newest_text())

    texts = [node.text for node in walk(paper.document) if isinstance(node, t.Text | t.Value)]
    said = [f"{who}, 14. maj 2024:", "Fast kontaktperson. Tempo.", "Aftalt:", "Svar inden to dage."]
    assert [text for text in texts if text in said] == said
    assert is_named or not any("Broen" in text for text in texts)
    assert not any("Ikke godkendt" in text for text in texts)


@pytest.mark.parametrize("reports", [1, 3])
def test_the_talks_are_one_query(reports: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    this_round = RoundFactory()
    for number in range(reports):
        DiscussionFactory(report=accepted_report(f"Leverandør {number}", this_round))

    with django_assert_num_queries(1):
        assert len(discussions(this_round)) == reports
