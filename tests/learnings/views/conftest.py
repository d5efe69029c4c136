"""One round with two suppliers' answers, coded, with a main point and a recommendation."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from learnings.models import Excerpt, MainPoint, Question, Recommendation, ReportVersion, Round, TenderInput, Theme
from tests.factories import (
    MainPointFactory,
    QuestionFactory,
    RecommendationFactory,
    RoundFactory,
    TenderInputFactory,
    ThemeFactory,
)
from tests.learnings.world import FIXED, code, hand_in, supplier_on

ROOT = "/admin/erfaringsopsamling"


@dataclass(frozen=True)
class World:
    round: Round
    question: Question
    theme: Theme
    version: ReportVersion
    other_version: ReportVersion
    excerpt: Excerpt
    point: MainPoint
    recommendation: Recommendation
    tender_input: TenderInput

    @property
    def answer(self) -> object:
        return self.version.answers.get()


def build(*, suppliers: int = 2) -> World:
    this_round = RoundFactory()
    question = QuestionFactory(round=this_round, key="kontakt", wording="Hvad gør en forskel?")
    theme = ThemeFactory(code_book=this_round.code_book, name="Kontakt")
    versions = [hand_in(this_round, supplier_on(), kontakt=FIXED) for _number in range(suppliers)]
    excerpts = [code(version, question, "fast kontaktperson", theme=theme) for version in versions]
    point = MainPointFactory(round=this_round, question=question, heading="Den samme hele vejen")
    recommendation = RecommendationFactory(round=this_round, heading="Hold fast i kontakten")
    for row in (point, recommendation):
        row.excerpts.set(excerpts)
    handed_on = TenderInputFactory(recommendation=recommendation)
    return World(this_round, question, theme, versions[0], versions[-1], excerpts[0], point, recommendation, handed_on)


@pytest.fixture
def world(db: None) -> World:
    return build()
