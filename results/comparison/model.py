"""What a reader sees of a comparison, as frozen dataclasses."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from contracts.models import FrameworkAgreement, Lot
from results.comparison.enums import Reference
from results.comparison.judging import Judged
from results.comparison.means import Mean
from results.comparison.reasons import Reason
from results.comparison.sight import OPEN, Veil
from results.disclosure import MUNICIPALITY, Audience
from results.enums import MeasureKind, Unit
from results.models import BenefitGroup, Delivery, Measure, MeasureVersion, Observation
from results.periods import Period
from results.statistics import Overdispersion, RankInterval
from suppliers.models import Supplier


@dataclass(frozen=True)
class Question:
    """What is to be compared. A lot brings its framework; without version and unit they are those of the newest delivery.

    `target` is a share from 0 to 1, asked for by `Reference.TARGET`. `benefit_group` limits the comparison to one group, and
    `supplier` puts one in front without leaving the others out of the reference. `by_size` orders pictures by the base; the
    table stays by name.
    """

    measure: Measure
    period: Period
    framework: FrameworkAgreement | None = None
    lot: Lot | None = None
    version: MeasureVersion | None = None
    unit: Unit | None = None
    benefit_group: BenefitGroup | None = None
    supplier: Supplier | None = None
    reference: Reference = Reference.OTHERS
    target: float | None = None
    include_unvalidated: bool = False
    audience: Audience = MUNICIPALITY
    with_places: bool = False
    by_size: bool = False

    def __post_init__(self) -> None:
        if self.reference == Reference.TARGET and (self.target is None or not 0 <= self.target <= 1):
            raise ValueError(f"a fixed target is a share from 0 to 1, got {self.target!r}")

    @property
    def framework_id(self) -> int | None:
        return self.lot.framework_id if self.lot else self.framework.pk if self.framework else None

    @property
    def scope(self) -> str:
        """The name of the lot or framework; "" for everything."""
        return str(self.lot or self.framework or "")


@dataclass(frozen=True)
class GroupLine:
    """One supplier in one benefit group; None in `group` is "all citizens".

    `observation` is the figure itself, `rests_on` all that the judgement could tell of; both are left out for readers who may not
    know whose they are.
    """

    label: str
    group: BenefitGroup | None
    observation: Observation | None
    judged: Judged
    reasons: tuple[Reason, ...]
    rests_on: tuple[Observation, ...] = ()
    veil: Veil = OPEN
    mean: Mean | None = None


@dataclass(frozen=True)
class Referrals:
    """Referrals in the period against those expected, over the supplier's contracts in the scope; None is unknown."""

    actual: int | None
    expected: Decimal | None
    since: dt.date | None
    until: dt.date | None

    @property
    def share(self) -> Decimal | None:
        return None if self.actual is None or not self.expected else self.actual / self.expected


@dataclass(frozen=True)
class Comment:
    """What the supplier says of its own figures."""

    text: str
    written_on: dt.date
    is_on_behalf: bool
    pk: int


@dataclass(frozen=True)
class SupplierLine:
    """One supplier over all its benefit groups, with the groups below it.

    `total` is the source's own figure for the supplier, None when it gave none; `judged.base` is then the sum of the groups.
    `supplier` is None for one whose name the reader may not know, and for the others pooled.
    """

    label: str
    supplier: Supplier | None
    groups: tuple[GroupLine, ...]
    total: Observation | None
    judged: Judged
    reasons: tuple[Reason, ...]
    pending: int | None = None
    referrals: Referrals | None = None
    comment: Comment | None = None
    place: RankInterval | None = None
    rests_on: tuple[Observation, ...] = ()
    veil: Veil = OPEN
    mean: Mean | None = None

    @property
    def own_figures(self) -> tuple[Observation, ...]:
        """What the line's own numbers are made of: the source's total, or the groups that they are added up of."""
        if self.total is not None:
            return (self.total,)
        return tuple(line.observation for line in self.groups if line.observation is not None)

    @property
    def observations(self) -> tuple[Observation, ...]:
        """The figures of its groups, then its own total."""
        found = [line.observation for line in self.groups if line.observation is not None]
        return (*found, self.total) if self.total and self.total not in found else tuple(found)

    @property
    def is_sum_of_groups(self) -> bool:
        """Whether the line's base is added up of its groups: then a person may count more than once."""
        return self.total is None and len(self.groups) > 1


@dataclass(frozen=True)
class GroupSummary:
    """All suppliers in one benefit group: what the funnel is drawn around, and how much they differ beyond chance.

    `reference` is the pooled share of all, or the target; `overdispersion` needs two suppliers and a share between 0 and 1.
    """

    label: str
    group: BenefitGroup | None
    suppliers: int
    base: int | None
    outcomes: int | None
    reference: float | None
    overdispersion: Overdispersion | None
    rests_on: tuple[Observation, ...] = ()
    veil: Veil = OPEN


@dataclass(frozen=True)
class ContextLine:
    """A figure from outside (jobindsats): shown beside, marked as such, and never a reference."""

    label: str
    area: str
    share: float
    period: Period
    source: str
    retrieved_on: dt.date
    group: BenefitGroup | None = None


@dataclass(frozen=True)
class Comparison:
    """Everything a page, a document or a file shows. `lines` stand by name: never by result."""

    question: Question
    version: MeasureVersion | None
    unit: Unit | None
    is_validated: bool
    lines: tuple[SupplierLine, ...]
    groups: tuple[GroupSummary, ...]
    reasons: tuple[Reason, ...]
    context: tuple[ContextLine, ...] = ()
    earlier: tuple[Observation, ...] = ()

    @property
    def kind(self) -> MeasureKind:
        return MeasureKind(self.question.measure.kind)

    @property
    def is_judged(self) -> bool:
        """Whether anything is held against a reference: shares are, counts and means stand as they are."""
        return self.kind == MeasureKind.SHARE

    @property
    def observations(self) -> tuple[Observation, ...]:
        """Every figure that is shown or counted with, once each."""
        found = [each for line in self.lines for each in line.observations]
        return tuple({id(each): each for each in (*found, *self.earlier)}.values())

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        """The deliveries the figures come from, newest first."""
        found = {each.delivery_id: each.delivery for each in self.observations}
        return tuple(sorted(found.values(), key=lambda each: (each.extracted_on, each.pk), reverse=True))

    @property
    def data_as_of(self) -> dt.date | None:
        return max((delivery.extracted_on for delivery in self.deliveries), default=None)

    @property
    def looks(self) -> int:
        """How many tests the reader looks at: one in twenty of them is outside 95 % limits by chance alone."""
        each = [line.judged.p for line in self.lines] + [g.judged.p for line in self.lines for g in line.groups]
        return sum(p is not None for p in each)

    def line_of(self, supplier: Supplier) -> SupplierLine | None:
        """Return the line of a supplier, also under a name it had before; None when it has no figures here."""
        found = [line for line in self.lines if line.supplier and line.supplier.survivor_id == supplier.survivor_id]
        exact = [line for line in found if line.supplier == supplier]
        return next(iter([*exact, *found]), None)
