"""The states and kinds of agreements, and the moves between them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Party(models.TextChoices):
    """The two sides of an agreement."""

    MUNICIPALITY = "municipality", _("The municipality")
    SUPPLIER = "supplier", _("The supplier")


class OptionState(models.TextChoices):
    OPEN = "open", _("Not decided")
    EXERCISED = "exercised", _("Exercised")
    DECLINED = "declined", _("Not exercised")


OPTION_MOVES = {
    OptionState.OPEN: frozenset({OptionState.EXERCISED, OptionState.DECLINED}),
    # A decision that was entered by mistake is taken back; history says by whom.
    OptionState.EXERCISED: frozenset({OptionState.OPEN}),
    OptionState.DECLINED: frozenset({OptionState.OPEN}),
}


class PriceRegulation(models.TextChoices):
    NONE = "none", _("Fixed prices")
    NET_PRICE_INDEX = "net_price_index", _("Net price index")
    WAGE_INDEX = "wage_index", _("Wage and price projection")
    OTHER = "other", _("Other, see the note")


class RetenderStrategy(models.TextChoices):
    UNDECIDED = "undecided", _("Not decided")
    RETENDER = "retender", _("Tender again")
    EXTEND = "extend", _("Use the options first")
    IN_HOUSE = "in_house", _("Take home")
    END = "end", _("End without a successor")


class SharingLevel(models.TextChoices):
    """What a supplier sees of the other suppliers' results in the same lot (decision 15 of the design)."""

    NONE = "none", _("Nothing of the others")
    POOLED = "pooled", _("The others pooled")
    UNNAMED = "unnamed", _("Each of the others, without names")
    NAMED = "named", _("Each of the others by name")


class Validity(models.TextChoices):
    """Where a contract stands on a day. `contracts.validity` has the rule, and the reasons in words."""

    NOT_BEGUN = "not_begun", _("Not begun")
    UNSIGNED = "unsigned", _("Not signed")
    VALID = "valid", _("Valid")
    NO_REFERRALS = "no_referrals", _("Valid, no new referrals")
    RUN_OFF = "run_off", _("Ended, courses running off")
    TERMINATED = "terminated", _("Terminated")
    EXPIRED = "expired", _("Expired")


# Contracts that bind both sides today; an open end stays among them.
IN_FORCE = frozenset({Validity.VALID, Validity.NO_REFERRALS})
ENDED = frozenset({Validity.RUN_OFF, Validity.TERMINATED, Validity.EXPIRED})


class AmendmentState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    AGREED = "agreed", pgettext_lazy("amendment", "Agreed, not yet in force")
    IN_FORCE = "in_force", pgettext_lazy("amendment", "In force")
    WITHDRAWN = "withdrawn", pgettext_lazy("amendment", "Withdrawn")


AMENDMENT_MOVES = {
    AmendmentState.DRAFT: frozenset({AmendmentState.AGREED, AmendmentState.IN_FORCE, AmendmentState.WITHDRAWN}),
    # Until its day comes it can be taken back, which history keeps.
    AmendmentState.AGREED: frozenset({AmendmentState.IN_FORCE, AmendmentState.DRAFT}),
    AmendmentState.IN_FORCE: frozenset(),
    AmendmentState.WITHDRAWN: frozenset({AmendmentState.DRAFT}),
}
# Both sides have signed: it counts against the share from that day, also before it takes effect.
SIGNED_AMENDMENTS = frozenset({AmendmentState.AGREED, AmendmentState.IN_FORCE})


class ObligationKind(models.TextChoices):
    EXPERIENCE_REPORT = "experience_report", _("Experience report")
    MEETING = "meeting", _("Meeting")
    INSURANCE = "insurance", _("Proof of insurance")
    DATA_AUDIT = "data_audit", _("Audit of data processing")
    SOCIAL_CLAUSE = "social_clause", _("Social clause")
    STATEMENT = "statement", _("Statement or accounts")
    OTHER = "other", _("Other")


class OccurrenceState(models.TextChoices):
    """Overdue is no state: it follows from the due date and today."""

    OPEN = "open", _("Open")
    FULFILLED = "fulfilled", _("Fulfilled")
    WAIVED = "waived", _("Waived")


OCCURRENCE_MOVES = {
    OccurrenceState.OPEN: frozenset({OccurrenceState.FULFILLED, OccurrenceState.WAIVED}),
    OccurrenceState.FULFILLED: frozenset({OccurrenceState.OPEN}),
    OccurrenceState.WAIVED: frozenset({OccurrenceState.OPEN}),
}


class Regime(models.TextChoices):
    """By which rules a tender is made."""

    OPEN = "open", _("Public tender")
    RESTRICTED = "restricted", _("Restricted tender")
    NEGOTIATED = "negotiated", _("Tender with negotiation")
    LIGHT = "light", _("Light regime")
    BELOW_THRESHOLD = "below_threshold", _("Below the threshold")
    DIRECT_AWARD = "direct_award", _("Direct award")


# Where the law asks for no publication and no standstill.
WITHOUT_NOTICE = frozenset({Regime.BELOW_THRESHOLD, Regime.DIRECT_AWARD})


class TenderState(models.TextChoices):
    DRAFT = "draft", _("Being prepared")
    PUBLISHED = "published", _("Published")
    EVALUATION = "evaluation", _("Bids are evaluated")
    STANDSTILL = "standstill", _("Standstill")
    AWARDED = "awarded", _("Awarded")
    CONTRACTED = "contracted", _("Contracts made")
    CANCELLED = "cancelled", _("Cancelled")


# Forwards in steps; backwards when a step was entered by mistake, which history keeps. Contracts are not unmade.
TENDER_MOVES = {
    TenderState.DRAFT: frozenset({TenderState.PUBLISHED, TenderState.EVALUATION, TenderState.CANCELLED}),
    TenderState.PUBLISHED: frozenset({TenderState.DRAFT, TenderState.EVALUATION, TenderState.CANCELLED}),
    TenderState.EVALUATION: frozenset(
        {
            TenderState.DRAFT,
            TenderState.PUBLISHED,
            TenderState.STANDSTILL,
            TenderState.AWARDED,
            TenderState.CANCELLED,
        }
    ),
    TenderState.STANDSTILL: frozenset({TenderState.EVALUATION, TenderState.AWARDED, TenderState.CANCELLED}),
    TenderState.AWARDED: frozenset(
        {TenderState.EVALUATION, TenderState.STANDSTILL, TenderState.CONTRACTED, TenderState.CANCELLED}
    ),
    TenderState.CONTRACTED: frozenset(),
    TenderState.CANCELLED: frozenset(
        {
            TenderState.DRAFT,
            TenderState.PUBLISHED,
            TenderState.EVALUATION,
            TenderState.STANDSTILL,
            TenderState.AWARDED,
        }
    ),
}
RUNNING_TENDERS = frozenset(TenderState) - {TenderState.CONTRACTED, TenderState.CANCELLED}


class Phase(models.TextChoices):
    """The phases of a tender, in their order."""

    PREPARATION = "preparation", _("Preparation")
    MARKET_DIALOGUE = "market_dialogue", _("Market dialogue")
    COMMITTEE_APPROVAL = "committee_approval", _("Committee approval")
    PUBLICATION = "publication", _("Publication")
    QUESTIONS = "questions", _("Questions and answers")
    BIDS = "bids", _("Bids")
    EVALUATION = "evaluation", _("Evaluation")
    STANDSTILL = "standstill", _("Standstill")
    AWARD = "award", _("Award")
    CONTRACT = "contract", _("Contract")


PHASES = tuple(Phase)
OPTIONAL_PHASES = frozenset({Phase.MARKET_DIALOGUE, Phase.QUESTIONS})
# What a tender without a notice may leave out besides.
NOTICE_PHASES = frozenset({Phase.COMMITTEE_APPROVAL, Phase.PUBLICATION, Phase.STANDSTILL})
# A tender's state follows from the furthest phase that has begun.
STATE_OF_PHASE = {
    Phase.PREPARATION: TenderState.DRAFT,
    Phase.MARKET_DIALOGUE: TenderState.DRAFT,
    Phase.COMMITTEE_APPROVAL: TenderState.DRAFT,
    Phase.PUBLICATION: TenderState.PUBLISHED,
    Phase.QUESTIONS: TenderState.PUBLISHED,
    Phase.BIDS: TenderState.PUBLISHED,
    Phase.EVALUATION: TenderState.EVALUATION,
    Phase.STANDSTILL: TenderState.STANDSTILL,
    Phase.AWARD: TenderState.AWARDED,
    Phase.CONTRACT: TenderState.CONTRACTED,
}


class CriterionKind(models.TextChoices):
    QUALITY = "quality", _("Quality")
    PRICE = "price", _("Price")
    OTHER = "other", _("Other")


class BidState(models.TextChoices):
    RECEIVED = "received", _("Received")
    EXCLUDED = "excluded", _("Excluded")
    EVALUATED = "evaluated", _("Evaluated")
    WON = "won", _("Won")
    LOST = "lost", _("Not chosen")


BID_MOVES = {
    BidState.RECEIVED: frozenset({BidState.EVALUATED, BidState.EXCLUDED, BidState.LOST}),
    BidState.EVALUATED: frozenset({BidState.RECEIVED, BidState.EXCLUDED, BidState.WON, BidState.LOST}),
    BidState.EXCLUDED: frozenset({BidState.RECEIVED, BidState.EVALUATED}),
    BidState.WON: frozenset({BidState.RECEIVED, BidState.EVALUATED, BidState.LOST}),
    BidState.LOST: frozenset({BidState.RECEIVED, BidState.EVALUATED, BidState.WON}),
}


class ThresholdKind(models.TextChoices):
    """Parts of a ceiling at which something must happen."""

    RETENDER = "retender", _("Start a new tender")
    STOP_REFERRALS = "stop_referrals", _("Stop referrals")
    CEILING = "ceiling", _("The ceiling is used up")


class ObligationState(models.TextChoices):
    """Where an obligation stands on a day; never stored."""

    OVERDUE = "overdue", _("Overdue")
    UPCOMING = "upcoming", _("Coming up")
    NOTHING_LEFT = "nothing_left", _("Nothing outstanding")
    ENDED = "ended", _("No longer required")
