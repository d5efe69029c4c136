"""All deadlines in one pass: a fixed number of queries, however many agreements there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from accounts.models import User
from committees.models import CommitteeMeeting
from contracts.deadlines.committee import MeetingCalendar
from contracts.deadlines.deadline import Deadline
from contracts.deadlines.facts import (
    AgreementFacts,
    DocumentFacts,
    MeetingSlot,
    OccurrenceFacts,
    OptionFacts,
    ThresholdFacts,
)
from contracts.deadlines.kinds import Buffer, DeadlineKind
from contracts.deadlines.planning import plan
from contracts.deadlines.rules import agreement_dues, document_due, occurrence_due, phase_due, threshold_dues
from contracts.enums import RUNNING_TENDERS, OccurrenceState, OptionState, TenderState, ThresholdKind
from contracts.models import (
    Contract,
    ContractOption,
    DeadlineSetting,
    Document,
    FrameworkAgreement,
    FrameworkOption,
    ObligationOccurrence,
    Tender,
)
from contracts.queries.burn_down import burn_downs
from contracts.queries.coming_facts import ComingFacts
from contracts.queries.planned_phases import planned_phases
from contracts.terms import add_months

OptionModel = type[ContractOption] | type[FrameworkOption]
Key = tuple[bool, int]  # a contract or a framework, and its number


@dataclass(frozen=True)
class Scope:
    """Whose deadlines: of everything, or of one framework with its contracts, one supplier or one contract.

    `user` limits it to what that person may see; None is the program itself.
    """

    user: User | None
    framework_id: int | None = None
    supplier_id: int | None = None
    contract_id: int | None = None

    def rows(self, model: Any) -> QuerySet:
        return model.objects.all() if self.user is None else model.objects.visible_to(self.user)

    def contracts(self) -> QuerySet:
        asked = {"lot__framework": self.framework_id, "supplier": self.supplier_id, "pk": self.contract_id}
        return self.rows(Contract).filter(**{name: pk for name, pk in asked.items() if pk is not None})

    def frameworks(self) -> QuerySet:
        """Return the frameworks; none where only a supplier or a contract is asked for."""
        if self.supplier_id is not None or self.contract_id is not None:
            return FrameworkAgreement.objects.none()
        rows = self.rows(FrameworkAgreement)
        return rows if self.framework_id is None else rows.filter(pk=self.framework_id)

    def tenders(self) -> QuerySet:
        """Return the running tenders: of everything, or those that lead to a framework or tender it again."""
        if self.supplier_id is not None or self.contract_id is not None:
            return Tender.objects.none()
        rows = self.rows(Tender).filter(state__in=RUNNING_TENDERS)
        if self.framework_id is None:
            return rows
        return rows.filter(Q(framework=self.framework_id) | Q(predecessor_framework=self.framework_id))


def deadlines(scope: Scope, *, today: dt.date, until: dt.date | None = None) -> list[Deadline]:
    """Return every deadline as it stands on a day, or those until a day, the earliest first; fifteen queries at most."""
    found = _Pass(scope, today, until)
    wanted = (deadline for deadline in found.deadlines() if until is None or deadline.due_on <= until)
    return sorted(wanted, key=lambda deadline: (deadline.due_on, deadline.agreement.code))


@dataclass
class _Pass:
    """What one pass has read."""

    scope: Scope
    today: dt.date
    until: dt.date | None
    buffers: dict[DeadlineKind, Buffer] = field(init=False)
    calendar: MeetingCalendar = field(init=False)
    coming: ComingFacts = field(init=False)

    def deadlines(self) -> Iterator[Deadline]:
        self.buffers = DeadlineSetting.objects.all().buffers()
        self.calendar = MeetingCalendar(_meetings())
        self.coming = ComingFacts()
        contracts = {(True, facts.pk): self.coming.of(facts) for facts in self._contracts()}
        frameworks = {(False, facts.pk): self.coming.of(facts) for facts in self._frameworks()}
        agreements = contracts | frameworks
        for facts in agreements.values():
            yield from self._planned(facts, agreement_dues(facts, today=self.today))
        for key, row in self._occurrences():
            if key in agreements:
                yield from self._planned(agreements[key], [occurrence_due(row)])
        for key, document in self._documents():
            if key in agreements and not agreements[key].has_ended(today=self.today):
                yield from self._planned(agreements[key], [document_due(document)])
        yield from self._thresholds(frameworks)
        for tender, phase in planned_phases(self.scope.tenders()):
            yield from self._planned(tender, [phase_due(phase)])

    def _planned(self, facts: AgreementFacts, dues: Any) -> Iterator[Deadline]:
        for due in dues:
            yield plan(facts, due, buffers=self.buffers, calendar=self.calendar)

    # --- agreements

    def _contracts(self) -> Iterator[AgreementFacts]:
        running = Q(effective_ends_on=None) | Q(effective_ends_on__gte=self.today) | Q(run_off_ends_on__gte=self.today)
        owing = self._open_occurrences().filter(obligation__contract__isnull=False).values("obligation__contract")
        rows = self.scope.contracts().filter(running & self._due_in_time() | Q(pk__in=owing))
        options = _options(ContractOption, "contract", rows)
        framework = "lot__framework"
        columns = rows.order_by("pk").values_list(
            "pk",
            "number",
            "supplier__name",
            f"{framework}_id",
            f"{framework}__code",
            f"{framework}__name",
            "supplier_id",
            Coalesce("responsible_id", f"{framework}__responsible_id"),
            f"{framework}__decision__meeting__committee_id",
            "starts_on",
            "effective_ends_on",
            "terminated_to",
            Coalesce("notice_months", f"{framework}__notice_months"),
            "notice_to_month_end",
            "non_terminable_until",
            "last_referral_on",
            "run_off_ends_on",
            "run_off_months",
        )
        for pk, *values in columns:
            yield AgreementFacts(pk, True, *values, options.get(pk))  # type: ignore[call-arg]  # noqa: FBT003 -- as the columns stand

    def _frameworks(self) -> Iterator[AgreementFacts]:
        followed = Exists(FrameworkAgreement.objects.filter(predecessor=OuterRef("pk")))
        tendered = Exists(
            Tender.objects.filter(predecessor_framework=OuterRef("pk")).exclude(state=TenderState.CANCELLED)
        )
        rows = self.scope.frameworks()
        options = _options(FrameworkOption, "framework", rows)
        for row in rows.annotate(is_followed=followed | tendered, committee_id=F("decision__meeting__committee")):
            yield AgreementFacts(
                row.pk,
                is_contract=False,
                code=row.code,
                name=row.name,
                framework_id=row.pk,
                framework_code=row.code,
                framework_name=row.name,
                responsible_id=row.responsible_id,
                committee_id=row.committee_id,
                starts_on=row.starts_on,
                effective_end=row.effective_ends_on,
                retender_starts_on=row.retender_starts_on,
                retender_strategy=row.retender_strategy,
                has_successor=row.is_followed,
                price_regulated_on=row.price_regulated_on,
                price_regulation=row.price_regulation,
                option=options.get(row.pk),
            )

    def _due_in_time(self) -> Q:
        """Return the contracts that may have something due until the day that is asked for; the rules decide."""
        if self.until is None:
            return Q()
        longest = max(
            Contract.objects.aggregate(longest=Max("notice_months"))["longest"] or 0,
            FrameworkAgreement.objects.aggregate(longest=Max("notice_months"))["longest"] or 0,
            ContractOption.objects.aggregate(longest=Max("decide_months_before"))["longest"] or 0,
        )
        # A month more, since notice may run to the end of one.
        end = {"effective_ends_on__lte": add_months(self.until, longest + 1)}
        named = ContractOption.objects.filter(state=OptionState.OPEN, decide_by_on__lte=self.until).values("contract")
        papers = Document.objects.filter(expires_on__lte=self.until, contract__isnull=False).values("contract")
        own_days = Q(last_referral_on__lte=self.until) | Q(run_off_ends_on__lte=self.until)
        agreed = Q(pk__in=self.coming.contracts)
        return Q(**end) | own_days | agreed | Q(pk__in=named) | Q(pk__in=papers)

    # --- what hangs on them

    def _open_occurrences(self) -> QuerySet:
        rows = self.scope.rows(ObligationOccurrence).filter(state=OccurrenceState.OPEN)
        return rows if self.until is None else rows.filter(due_on__lte=self.until)

    def _occurrences(self) -> Iterator[tuple[Key, OccurrenceFacts]]:
        columns = (
            self._open_occurrences()
            .order_by()
            .values_list(
                "obligation__contract",
                "obligation__framework",
                "pk",
                "obligation__title",
                "due_on",
                "obligation__party",
                "obligation__every_months",
                "obligation__owner",
            )
        )
        for contract, framework, *values in columns:
            yield _key(contract, framework), OccurrenceFacts(*values)

    def _documents(self) -> Iterator[tuple[Key, DocumentFacts]]:
        rows = self.scope.rows(Document).filter(expires_on__lte=self.until or dt.date.max, tender=None)
        columns = rows.order_by().values_list("contract", "framework", "pk", "title", "category__name", "expires_on")
        for contract, framework, *values in columns:
            yield _key(contract, framework), DocumentFacts(*values)

    def _thresholds(self, frameworks: dict[Key, AgreementFacts]) -> Iterator[Deadline]:
        running = [facts.pk for facts in frameworks.values() if not facts.has_ended(today=self.today)]
        rows = FrameworkAgreement.objects.filter(pk__in=running)
        for found in burn_downs(rows, today=self.today):
            facts = frameworks[(False, found.framework.pk)]
            reached = [row for part in found.all for row in _reached(part)]
            yield from self._planned(facts, threshold_dues(facts, reached, today=self.today))


def _key(contract: int | None, framework: int | None) -> Key:
    return (True, contract) if contract is not None else (False, framework or 0)


def _reached(part: Any) -> Iterator[ThresholdFacts]:
    """Yield the months in which the shares of a ceiling are reached that call for something to be done."""
    lot_id, lot_name = (part.lot.pk, str(part.lot)) if part.lot is not None else (None, "")
    for threshold in part.thresholds:
        month = threshold.forecast.month
        if month is None or threshold.kind is ThresholdKind.CEILING:
            continue
        is_forecast = threshold.forecast.reached_in is None
        is_stop = threshold.kind is ThresholdKind.STOP_REFERRALS
        yield ThresholdFacts(threshold.percent, month, is_forecast, is_stop, lot_id, lot_name)


def _meetings() -> Iterator[MeetingSlot]:
    rows = CommitteeMeeting.objects.order_by()
    columns = rows.values_list("held_on", "agenda_deadline_on", "committee_id", "committee__name")
    return (MeetingSlot(*values) for values in columns)


def _options(model: OptionModel, parent: str, agreements: QuerySet) -> dict[int, OptionFacts]:
    """Return by agreement the first option that was not exercised: what follows it cannot be used."""
    left = model.objects.exclude(state=OptionState.EXERCISED)
    earlier = left.filter(**{parent: OuterRef(parent)}, number__lt=OuterRef("number"))
    rows = left.filter(~Exists(earlier), **{f"{parent}__in": agreements.order_by()}).order_by()
    columns = ("pk", "number", "length_months", "decide_months_before", "decide_by_on")
    return {
        agreement: OptionFacts(*values, state == OptionState.OPEN)  # type: ignore[call-arg]
        for agreement, state, *values in rows.values_list(parent, "state", *columns)
    }
