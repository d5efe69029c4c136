"""A round that suppliers have answered, with all that a case can tell of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from contracts.models import TargetGroup
from learnings.enums import RoundState
from learnings.models import Excerpt, MainPoint, Question, Recommendation, ReportVersion, Round
from learnings.services import move_round, publish_main_point, save_main_point
from tests.factories import (
    DiscussionFactory,
    InitiativeFactory,
    MainPointFactory,
    QuestionFactory,
    RecommendationFactory,
    ReplyFactory,
    RoundFactory,
    TargetGroupFactory,
    ThemeFactory,
)
from tests.learnings import world

SAID = "En fast kontaktperson gør en forskel."


@dataclass
class Told:
    """`versions` are the accepted reports by the suppliers' names."""

    round: Round
    contact: Question
    young: Question
    group: TargetGroup
    versions: dict[str, ReportVersion] = field(default_factory=dict)
    excerpts: list[Excerpt] = field(default_factory=list)

    @property
    def point(self) -> MainPoint:
        return MainPoint.objects.get(round=self.round)

    @property
    def recommendation(self) -> Recommendation:
        return Recommendation.objects.get(round=self.round)


def told_round(*names: str, is_closed: bool = True) -> Told:
    """Return a closed round that the suppliers of these names answered alike; every report is accepted and coded.

    The first serves the young, too, and has talked its report over; one published main point and one recommendation rest on all.
    """
    this_round, group = RoundFactory(year=2024), TargetGroupFactory(name="Udsatte unge")
    contact = QuestionFactory(round=this_round, key="kontakt", wording="Hvad gør en forskel?")
    young = QuestionFactory(round=this_round, key="unge", wording="Hvad virker for de unge?", target_group=group)
    told = Told(this_round, contact, young, group)
    theme = ThemeFactory(code_book=this_round.code_book, name="Fast kontakt")
    for place, name in enumerate(names):
        supplier = world.supplier_on(*([group] if not place else []), name=name)
        answers = {"kontakt": SAID} | ({"unge": "Ring til dem."} if not place else {})
        version = told.versions[name] = world.accepted(this_round, supplier, **answers)
        told.excerpts.append(world.code(version, contact, SAID, theme=theme))
    Excerpt.objects.filter(pk=told.excerpts[0].pk).update(is_strong=True)
    point = MainPointFactory.build(round=this_round, question=contact, heading="Fast kontakt")
    publish_main_point(save_main_point(point, excerpts=told.excerpts, themes=[theme], by=None), by=None)
    recommendation = RecommendationFactory(round=this_round, heading="Flere møder", text="Vi vil gerne mødes.")
    recommendation.excerpts.set(told.excerpts)
    ReplyFactory(recommendation=recommendation)
    InitiativeFactory(recommendation=recommendation)
    DiscussionFactory(
        report=told.versions[names[0]].report,
        held_on=dt.date(2024, 5, 14),
        focus_points="Tempo",
        adjustments="Svar inden to dage.",
    )
    if is_closed:
        move_round(this_round, to=RoundState.CLOSED, by=None)
    return told
