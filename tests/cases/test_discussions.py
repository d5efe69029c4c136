from __future__ import annotations

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from cases.assembly.paper import assemble
from documents import tree as t
from documents.numbering import walk
from learnings.queries import discussions
from tests.cases.papers import case_with
from tests.factories import DiscussionFactory, ExperienceReportFactory, RoundFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("is_named", "who"), [(True, "Broen"), (False, "En leverandør")])
def test_what_was_talked_over_stands_in_the_case(is_named: bool, who: str) -> None:
    report = ExperienceReportFactory(supplier__name="Broen")
    points = {"focus_points": "Fast kontaktperson\n\nTempo", "adjustments": "Svar inden to dage."}
    DiscussionFactory(report=report, held_on=dt.date(2024, 5, 14), **points)
    DiscussionFactory()  # of another round
    value = {"round": report.round.pk, "has_suppliers": is_named}

    paper = assemble(case_with({"type": "discussions", "value": value}).newest_text())

    texts = [node.text for node in walk(paper.document) if isinstance(node, t.Text)]
    said = [f"{who}, 14. maj 2024:", " Fast kontaktperson. Tempo.", "Aftalt:", " Svar inden to dage."]
    assert [text for text in texts if text in said] == said
    assert is_named or not any("Broen" in text for text in texts)


@pytest.mark.parametrize("reports", [1, 3])
def test_the_talks_are_one_query(reports: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    this_round = RoundFactory()
    for _number in range(reports):
        DiscussionFactory(report=ExperienceReportFactory(round=this_round))

    with django_assert_num_queries(1):
        assert len(discussions(this_round)) == reports
