"""When whom is reminded of a deadline: rules in, a rule and a day out."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from contracts.deadlines.deadline import Deadline
from contracts.deadlines.facts import AgreementFacts
from contracts.deadlines.kinds import DeadlineKind

PREFIX = "contracts.deadline:"


class Moment(models.TextChoices):
    """What days are counted from, and to which side."""

    BEFORE_DUE = "before_due", _("before the deadline")
    BEFORE_BEGIN = "before_begin", _("before work must begin")
    AFTER_DUE = "after_due", _("after the deadline, if it is not done")


class Whom(models.TextChoices):
    RESPONSIBLE = "responsible", _("Who is responsible")
    TEAM = "team", _("Everybody who works with the framework agreement")
    PROCUREMENT = "procurement", _("All procurement officers")
    PERSON = "person", _("A person")
    SUPPLIER = "supplier", _("The supplier's team, of its experience report")


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """A reminder rule: general when it names neither a contract nor a framework. One switched off reminds nobody."""

    pk: int
    kind: str
    days: int
    moment: str
    whom: str
    is_active: bool = True
    contract_id: int | None = None
    framework_id: int | None = None
    person_id: int | None = None

    @property
    def key(self) -> str:
        """Return what tells one reminder of a deadline from another; the same when a rule is deleted and made again."""
        return f"{self.moment}:{self.days}"

    def day_of(self, deadline: Deadline) -> dt.date:
        """Return the day from which the deadline is reminded of."""
        days = dt.timedelta(days=self.days)
        if self.moment == Moment.AFTER_DUE:
            return deadline.due_on + days
        return (deadline.begin_by if self.moment == Moment.BEFORE_BEGIN else deadline.due_on) - days


def cause_of(deadline: Deadline) -> str:
    """Return the beginning that the causes of all reminders of a deadline have; the rule's own key follows."""
    return f"{PREFIX}{deadline.cause}:"


def matter_of(cause: str) -> str:
    """Return the `cause_of` of the deadline that a reminder is of."""
    return f"{cause.rsplit(':', 2)[0]}:"


class RuleBook:
    """The rules by what they are for. A contract's own rules of a kind replace its framework's, those the general ones."""

    def __init__(self, rules: Iterable[RuleFacts]) -> None:
        self._rules: defaultdict[tuple[str, str, int | None], list[RuleFacts]] = defaultdict(list)
        for rule in rules:
            if rule.contract_id is not None:
                scope: tuple[str, int | None] = ("contract", rule.contract_id)
            elif rule.framework_id is not None:
                scope = ("framework", rule.framework_id)
            else:
                scope = ("general", None)
            self._rules[(rule.kind, *scope)].append(rule)

    def rules_for(self, agreement: AgreementFacts, kind: DeadlineKind) -> list[RuleFacts]:
        """Return the rules that count for a kind of deadline of an agreement, without those that are switched off."""
        scopes: list[tuple[str, int | None]] = [("framework", agreement.framework_id), ("general", None)]
        if agreement.is_contract:
            scopes.insert(0, ("contract", agreement.pk))
        for scope in scopes:
            if own := self._rules.get((kind.value, *scope)):
                return [rule for rule in own if rule.is_active]
        return []

    def reached(self, deadline: Deadline, *, today: dt.date) -> list[RuleFacts]:
        """Return the rules whose day has come, in the order of their days.

        A day on which the program was away still counts. The last rule that reminds a person takes the place of those
        before it.
        """
        days = {rule: rule.day_of(deadline) for rule in self.rules_for(deadline.agreement, deadline.kind)}
        return sorted((rule for rule in days if days[rule] <= today), key=lambda rule: (days[rule], rule.pk))


def recipients(
    deadline: Deadline,
    rule: RuleFacts,
    *,
    team: Mapping[int, frozenset[int]],
    officers: frozenset[int],
    active: frozenset[int],
) -> frozenset[int]:
    """Return whom a rule reminds, of those who still work here; the procurement officers when nobody else is left.

    Rules that remind suppliers' teams remind nobody here: the room of the experience reports asks for them.

    `team` holds by framework who is responsible for it and who works with it.
    """
    if rule.whom == Whom.SUPPLIER:
        return frozenset()
    owner = frozenset({deadline.owner_id} if deadline.owner_id else ())
    asked = {
        Whom.RESPONSIBLE: owner,
        Whom.TEAM: owner | team.get(deadline.agreement.framework_id, frozenset()),
        Whom.PROCUREMENT: officers,
        Whom.PERSON: frozenset({rule.person_id} if rule.person_id else ()),
    }[Whom(rule.whom)]
    return asked & active or officers
