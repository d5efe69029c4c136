"""What the public may see of what a paper rests on."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases.assembly.paper import assemble
from cases.checks.evidence import check_evidence
from cases.checks.form import plain_text
from cases.models import CommitteeCase
from cases.services import make_documents
from documents import tree as t
from documents.enums import Audience
from documents.numbering import walk
from documents.redaction import redacted_evidence
from documents.services.snapshots import evidence_for
from learnings.models import Excerpt, MainPoint
from learnings.services import publish_main_point, take_back_review
from tests.cases.papers import YEAR, case_with, text_block
from tests.factories import (
    DeliveryFactory,
    FrameworkAgreementFactory,
    MainPointFactory,
    MeasureVersionFactory,
    ObservationFactory,
    QuestionFactory,
    RecommendationFactory,
    RoundFactory,
    WithholdingFactory,
)
from tests.learnings import world

pytestmark = pytest.mark.django_db

TODAY = dt.date(2024, 6, 1)

NAMES = ("Fuglsang Job", "Bækkens Kurser")


def learnings_case(*, is_named: bool, by: User | None = None, again: bool = False) -> CommitteeCase:
    """Return a case with a main point, a recommendation and a quote of the first of two suppliers."""
    asked = RoundFactory()
    question = QuestionFactory(round=asked, key="q1")
    first, _second = (
        world.accepted(asked, world.supplier_on(name=name), q1="Det gør en forskel at have tid.") for name in NAMES
    )
    excerpt = world.code(first, question, "en forskel")
    for factory in (MainPointFactory, RecommendationFactory):
        factory(round=asked).excerpts.add(excerpt)
    publish_main_point(MainPoint.objects.get(round=asked), by=None)
    blocks = [
        block
        for named in ([is_named, not is_named] if again else [is_named])
        for block in _blocks(asked, excerpt, named)
    ]
    return case_with(*blocks, by=by)


def _blocks(asked: Any, excerpt: Any, is_named: bool) -> list[dict[str, Any]]:
    points = {"round": asked.pk, "question": None, "has_suppliers": is_named}
    quotes = {"excerpts": [excerpt.pk], "is_named": is_named}
    return [
        {"type": "main_points", "value": points},
        {"type": "recommendations", "value": {"round": asked.pk, "has_replies": False}},
        {"type": "quotes", "value": quotes},
    ]


def public_text(case: CommitteeCase) -> str:
    snapshot, _job = make_documents(case, by=None)
    return json.dumps(evidence_for(snapshot, Audience.PUBLIC), ensure_ascii=False)


def test_suppliers_that_the_paper_does_not_name_are_named_nowhere_in_public() -> None:
    text = public_text(learnings_case(is_named=False))
    assert [name for name in NAMES if name in text] == []
    assert "En leverandør" in text


def test_the_named_are_named_in_public_but_not_everybody_who_was_asked() -> None:
    text = public_text(learnings_case(is_named=True))
    assert [name for name in NAMES if name in text] == [NAMES[0]]


@pytest.mark.parametrize("is_named", [True, False])
def test_who_is_named_once_is_named_whichever_block_comes_first(is_named: bool) -> None:
    evidence = redacted_evidence(assemble(learnings_case(is_named=is_named, again=True).newest_text()).evidence)
    (quote,) = (entry for entry in evidence.values() if entry["kind"] == "quote")
    assert quote["label"] == NAMES[0]
    assert [entry["suppliers"] for entry in evidence.values() if "suppliers" in entry] == [[NAMES[0]]]


def test_the_back_office_sees_every_name(officer_client: Client, officer: User) -> None:
    case = learnings_case(is_named=False, by=officer)
    snapshot, _job = make_documents(case, by=officer)
    text = officer_client.get(reverse("cases:evidence", args=[case.pk, snapshot.number])).text
    assert f"{NAMES[0]}, " in text  # the quote's supplier, with the day
    assert ", ".join(sorted(NAMES)) in text  # everybody who answered


def entry_of(**counts: int | None) -> dict[str, Any]:
    framework = FrameworkAgreementFactory()
    version = MeasureVersionFactory()
    figures = {"denominator": 500, "outcomes": 200, "framework": framework, "benefit_group": None, **YEAR, **counts}
    ObservationFactory(measure_version=version, delivery=DeliveryFactory(), supplier=None, **figures)
    mark = {"measure": version.measure_id, "period": "2022", "framework": framework.pk, "name": "tal"}
    paper = assemble(case_with(text_block("<p>{tal}</p>", {"type": "figure", "value": mark})).newest_text())
    (entry,) = redacted_evidence(paper.evidence).values()
    return entry["values"]


@pytest.mark.parametrize("name", ["pending", "censored", "not_found"])
@pytest.mark.parametrize(("count", "shown"), [(1, "•"), (4, "•"), (0, 0), (5, 5)])
def test_small_counts_of_those_without_an_outcome_stay_inside(name: str, count: int, shown: int | str) -> None:
    assert entry_of(**{name: count})[name] == shown


def test_counts_that_nobody_knows_are_not_told() -> None:
    assert set(entry_of(pending=None)) == {"denominator", "outcomes"}


def test_the_limit_is_that_of_the_policy(settings: Any) -> None:
    settings.DISCLOSURE_MIN_CELL = 10
    assert entry_of(pending=5)["pending"] == "•"


def test_recommendations_stand_as_a_table_with_what_came_of_them() -> None:
    asked = MainPoint.objects.get(pk=learnings_point()).round
    block = {"type": "recommendations", "value": {"round": asked.pk, "has_replies": True, "is_table": True}}
    paper = assemble(case_with(block).newest_text())
    (table,) = [node for node in walk(paper.document) if isinstance(node, t.Table)]
    assert len(table.columns) == 5
    assert plain_text(table.rows[0].cells[1].children) == "1 af 2"


def test_a_main_point_whose_evidence_has_changed_is_a_warning() -> None:
    point = MainPoint.objects.get(pk=learnings_point())
    value = {"round": point.round_id, "question": None, "has_suppliers": False}
    case = case_with({"type": "main_points", "value": value})
    assert list(check_evidence(assemble(case.newest_text()), case, TODAY)) == []
    world.accepted(point.round, world.supplier_on(name="Ny Leverandør"), q1="Vi er nye.")
    (finding,) = check_evidence(assemble(case.newest_text()), case, TODAY)
    assert "Ny Leverandør" in finding.message


def learnings_point() -> int:
    learnings_case(is_named=False)
    return MainPoint.objects.get().pk


def quotes_case(excerpt: Excerpt) -> CommitteeCase:
    return case_with({"type": "quotes", "value": {"excerpts": [excerpt.pk], "is_named": True}})


def quoted(case: CommitteeCase) -> list[str]:
    tree = assemble(case.newest_text()).document
    return [plain_text(node.attribution) for node in walk(tree) if isinstance(node, t.Quote)]


def test_a_chosen_quote_that_is_withheld_does_not_stand_there_and_a_check_says_so() -> None:
    excerpt = MainPoint.objects.get(pk=learnings_point()).excerpts.get()
    case = quotes_case(excerpt)
    assert quoted(case) == [NAMES[0]]
    WithholdingFactory(
        report=excerpt.answer.version.report, question=excerpt.answer.question, passage="forskel at have tid"
    )
    assert quoted(case) == []
    (finding,) = check_evidence(assemble(case.newest_text()), case, TODAY)
    assert finding.code == "withheld_quote"


def test_a_passage_beside_what_is_withheld_may_be_quoted() -> None:
    excerpt = MainPoint.objects.get(pk=learnings_point()).excerpts.get()
    WithholdingFactory(report=excerpt.answer.version.report, question=excerpt.answer.question, passage="at have tid")
    assert quoted(quotes_case(excerpt)) == [NAMES[0]]


def test_a_chosen_quote_of_a_report_that_is_no_longer_accepted_does_not_stand_there() -> None:
    excerpt = MainPoint.objects.get(pk=learnings_point()).excerpts.get()
    take_back_review(excerpt.answer.version.report, by=None)
    case = quotes_case(excerpt)
    assert quoted(case) == []
    (finding,) = check_evidence(assemble(case.newest_text()), case, TODAY)
    assert finding.code == "unaccepted_quote"
