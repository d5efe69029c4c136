from __future__ import annotations

import pytest

from learnings.queries import said_and_done
from learnings.services import save_recommendation
from tests.factories import QuestionFactory, RecommendationFactory, RoundFactory
from tests.learnings.world import FIXED, code, hand_in, supplier_on

pytestmark = pytest.mark.django_db


def test_a_supplier_sees_what_came_of_its_own_words_and_of_no_others() -> None:
    last_year = RoundFactory()
    question = QuestionFactory(round=last_year, key="q1")
    this_year = RoundFactory(year=last_year.year + 1)
    mine, theirs = supplier_on(), supplier_on()
    excerpts = [code(hand_in(last_year, each, q1=FIXED), question, "fast") for each in (mine, theirs)]
    row = RecommendationFactory(round=last_year)
    save_recommendation(row, excerpts=excerpts, by=None)
    save_recommendation(RecommendationFactory(round=last_year), excerpts=excerpts[1:], by=None)

    (found,) = said_and_done(mine, before=this_year)

    assert (found.recommendation, len(found.passages), found.reply, found.initiatives) == (row, 1, None, ())
    assert said_and_done(mine, before=last_year) == ()
    assert said_and_done(supplier_on(), before=this_year) == ()
