"""The one rule of counting: who says something, among whom, and who stands apart.

Counts are counts of suppliers, never of mentions: a supplier with three excerpts, or with contracts in two lots, is one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from learnings.enums import Counted, CountWord
from learnings.models import Answer, Excerpt, Question, Round
from learnings.queries.who import (
    EVERYBODY,
    RoundSummary,
    Scope,
    SupplierRef,
    lots_by_supplier,
    ref,
    round_summary,
    target_groups_by_supplier,
)
from learnings.queries.words import thresholds_of
from learnings.rules import USUAL, Thresholds, count_word


@dataclass(frozen=True)
class Support:
    """How many suppliers stand behind something: `suppliers` of those in `answered`.

    `answered`, `not_applicable`, `did_not_answer` and `not_accepted` together are everybody who was asked. `excerpt_ids` are
    those that count; `outdated_excerpt_ids` rest on a version that the supplier has since replaced by one that no longer says
    it, and `waiting_excerpt_ids` on a report that is not accepted.
    """

    suppliers: tuple[SupplierRef, ...]
    answered: tuple[SupplierRef, ...]
    not_applicable: tuple[SupplierRef, ...]
    did_not_answer: tuple[SupplierRef, ...]
    excerpt_ids: tuple[int, ...]
    outdated_excerpt_ids: tuple[int, ...]
    thresholds: Thresholds = USUAL
    not_accepted: tuple[SupplierRef, ...] = ()
    waiting_excerpt_ids: tuple[int, ...] = ()

    @property
    def n(self) -> int:
        return len(self.suppliers)

    @property
    def m(self) -> int:
        return len(self.answered)

    @property
    def word(self) -> CountWord:
        return count_word(self.n, self.m, thresholds=self.thresholds)

    @property
    def supplier_names(self) -> tuple[str, ...]:
        return tuple(supplier.name for supplier in self.suppliers)


@dataclass(frozen=True)
class AskedSuppliers:
    """Those who were asked a question, or owe a report, by what came of it."""

    answered: tuple[SupplierRef, ...]
    not_applicable: tuple[SupplierRef, ...]
    did_not_answer: tuple[SupplierRef, ...]
    not_accepted: tuple[SupplierRef, ...]

    @property
    def everybody(self) -> tuple[SupplierRef, ...]:
        return tuple(sorted({*self.answered, *self.not_applicable, *self.did_not_answer, *self.not_accepted}))


class Panel:
    """Everybody in a round and what they answered to each question; 6 queries, on first use."""

    def __init__(self, round: Round) -> None:
        self.round = round

    @cached_property
    def summary(self) -> RoundSummary:
        return round_summary(self.round)

    @cached_property
    def _groups(self) -> dict[int, set[int]]:
        return target_groups_by_supplier(self.round)

    @cached_property
    def _lots(self) -> dict[int, set[int]]:
        return lots_by_supplier(self.round)

    @cached_property
    def thresholds(self) -> Thresholds:
        return thresholds_of(self.round)

    @cached_property
    def _newest(self) -> list[Answer]:
        answers = Answer.objects.counting().filter(version__report__round=self.round)
        return list(answers.select_related("version__review", "version__report__supplier__merged_into").order_by())

    @cached_property
    def _answers(self) -> dict[Counted, dict[int, dict[SupplierRef, Answer]]]:
        accepted = [answer for answer in self._newest if answer.version.is_accepted]
        return {Counted.ACCEPTED: _by_question(accepted), Counted.HANDED_IN: _by_question(self._newest)}

    def support(
        self,
        excerpts: Iterable[Excerpt],
        *,
        question: Question | None,
        scope: Scope = EVERYBODY,
        counted: Counted = Counted.ACCEPTED,
    ) -> Support:
        """Count the excerpts' suppliers among those who answered the question, or whose report is counted.

        With a scope only suppliers of its lot or target group are counted, once each, and only among themselves.
        """
        rows = [row for row in excerpts if self.is_in(ref(row.answer.version.report.supplier), scope)]
        standing = [row for row in rows if row.counts(counted)]
        asked = self.asked(question, scope, counted)
        return Support(
            suppliers=tuple(sorted({ref(row.answer.version.report.supplier) for row in standing})),
            answered=asked.answered,
            not_applicable=asked.not_applicable,
            did_not_answer=asked.did_not_answer,
            not_accepted=asked.not_accepted,
            excerpt_ids=tuple(row.pk for row in standing),
            outdated_excerpt_ids=tuple(row.pk for row in rows if row.is_outdated),
            waiting_excerpt_ids=tuple(row.pk for row in rows if not row.counts(counted) and not row.is_outdated),
            thresholds=self.thresholds,
        )

    def provisional(
        self, excerpts: Iterable[Excerpt], *, question: Question | None, scope: Scope = EVERYBODY
    ) -> Support | None:
        """Return the count with what is handed in and not accepted, too; None when all is accepted."""
        if not self.summary.not_accepted:
            return None
        return self.support(excerpts, question=question, scope=scope, counted=Counted.HANDED_IN)

    def asked(
        self, question: Question | None, scope: Scope = EVERYBODY, counted: Counted = Counted.ACCEPTED
    ) -> AskedSuppliers:
        """Return who answered, to whom the question does not apply, who was asked and did not answer, and who waits."""
        found = self._asked(question, counted)
        return AskedSuppliers(*(tuple(row for row in sorted(part) if self.is_in(row, scope)) for part in found))

    def without_experience(self) -> tuple[SupplierRef, ...]:
        """Return those whose accepted report says of some question that it does not apply, and nothing of any other."""
        accepted = [answer for answer in self._newest if answer.version.is_accepted]
        tells = {ref(answer.version.report.supplier) for answer in accepted if answer.text}
        excused = {ref(answer.version.report.supplier) for answer in accepted if answer.not_applicable_reason}
        return tuple(sorted(excused - tells))

    def is_in(self, supplier: SupplierRef, scope: Scope) -> bool:
        if scope.lot_id is not None and scope.lot_id not in self._lots.get(supplier.id, set()):
            return False
        return scope.target_group_id is None or scope.target_group_id in self._groups.get(supplier.id, set())

    def _asked(self, question: Question | None, counted: Counted) -> tuple[set[SupplierRef], ...]:
        owed, among = set(self.summary.owed), set(self.summary.counted(counted))
        waiting = set(self.summary.submitted) - among
        if question is None:
            return among, set(), owed - among - waiting, waiting
        answers = self._answers[counted].get(question.pk, {})
        answered = {supplier for supplier, answer in answers.items() if answer.text}
        without = {supplier for supplier, answer in answers.items() if answer.not_applicable_reason}
        asked = {supplier for supplier in owed if self._is_asked(supplier, question)}
        return answered, without, asked - answered - without - waiting, waiting & asked

    def _is_asked(self, supplier: SupplierRef, question: Question) -> bool:
        return question.target_group_id is None or question.target_group_id in self._groups.get(supplier.id, set())


def _by_question(answers: Iterable[Answer]) -> dict[int, dict[SupplierRef, Answer]]:
    found: dict[int, dict[SupplierRef, Answer]] = defaultdict(dict)
    for answer in answers:
        supplier = ref(answer.version.report.supplier)
        if answer.text or supplier not in found[answer.question_id]:
            found[answer.question_id][supplier] = answer
    return found
