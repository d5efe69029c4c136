"""From a round of experience reports to a case about it."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cases.enums import RoundPart
from cases.models import CommitteeCase
from cases.round_text import RoundText
from cases.services import create_case
from learnings.enums import RoundState
from learnings.models import EvaluationRelease, Recommendation, Round
from records.addresses import danish_slug

LONGEST_BASE = 45  # of an address, which has 50 characters; a number may follow
LONGEST_SHORT_TITLE = 80


def why_not(round: Round) -> str:
    """Return in a sentence what keeps a case from being written from the round, "" when nothing does; at most one query."""
    if round.state != RoundState.CLOSED:
        return _(
            "A case can be written when the round is closed: until then reports may still come in and change the counts."
        )
    published_at = set(round.main_points.values_list("published_at", flat=True))
    if not published_at:
        return _(
            "A case can be written when the round has a main point. Write one under “Main points”, and publish it."
        )
    if published_at == {None}:
        return _("A case can be written when a main point is published. Publish at least one under “Main points”.")
    return ""


def parts_with_content(round: Round) -> list[RoundPart]:
    """Return the parts that the round has anything for; 2 queries."""
    empty = set()
    if not Recommendation.objects.filter(round=round).exists():
        empty.add(RoundPart.RECOMMENDATIONS)
    if not EvaluationRelease.objects.filter(round=round).exists():
        empty.add(RoundPart.EVALUATION)
    return [part for part in RoundPart if part not in empty]


@transaction.atomic
def write_case(
    case: CommitteeCase, *, round: Round, parts: Collection[RoundPart], is_named: bool = False, by: User
) -> CommitteeCase:
    """Save a new case as a draft whose sections hold what is chosen of the round, as live blocks.

    Title, template, committee and date are the caller's; short title and address follow from the title when they are not given.
    Raises ValidationError when no case can be written from the round yet.
    """
    if reason := why_not(round):
        raise ValidationError(reason)
    case.from_round = round
    case.short_title = case.short_title or _shortened(case.title)
    case.slug = case.slug or _free_slug(case.title)
    keys = list(case.template.sections.filter(is_after_meeting=False).values_list("key", flat=True))
    text = RoundText(round.pk, parts, is_named=is_named, is_requested=case.requested_by_id is not None)
    answers = {text.answering(keys): _answered(case, round)}
    return create_case(case, content=text.sections(keys), annexes=text.annexes(), answers=answers, by=by)


def _answered(case: CommitteeCase, round: Round) -> list[int]:
    """Return the points of the decision that asked for the case, when it asked for the round, too."""
    if case.requested_by is None or not round.wishes.filter(decision=case.requested_by).exists():
        return []
    return list(case.requested_by.points.values_list("pk", flat=True))


def _shortened(title: str) -> str:
    if len(title) <= LONGEST_SHORT_TITLE:
        return title
    return f"{title[: LONGEST_SHORT_TITLE - 1].rsplit(' ', 1)[0]}…"


def _free_slug(title: str) -> str:
    """Return an address of whole words that no case has."""
    words = danish_slug(title) or "sag"
    base = words if len(words) <= LONGEST_BASE else words[: LONGEST_BASE + 1].rsplit("-", 1)[0][:LONGEST_BASE]
    taken = set(CommitteeCase.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(slug for slug in numbered if slug not in taken)
