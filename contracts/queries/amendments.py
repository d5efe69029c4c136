"""Amendments as pages show them: what each changes in words, and what it must be warned of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from contracts import differences
from contracts.models import Amendment, Contract, Spend
from contracts.models.agreed_terms import label_of, value_text, worded
from contracts.queries.coming import coming, waiting_for
from contracts.queries.shares import CEILING, Meter, meters_of
from contracts.wording import kroner, share_sentence
from records.values import Labels, PartChange


@dataclass(frozen=True)
class Caution:
    """What is right only if somebody says so; `place` is the field that it stands at."""

    place: str
    text: str


@dataclass(frozen=True)
class Drift:
    """What has happened to the agreement since a draft was begun; `conflicts` are whole sentences."""

    changes: tuple[PartChange, ...]
    conflicts: tuple[str, ...]


def changes_of(amendment: Amendment) -> tuple[PartChange, ...]:
    """Return what an amendment changes: each term before and after, without what stays as it is."""
    found = differences.diff(amendment.base_terms, amendment.terms)
    labels = _labels(amendment.base_terms, amendment.terms)
    return tuple(worded(difference, labels.text) for difference in found)


def drift_of(amendment: Amendment) -> Drift:
    """Return what others have changed in the agreement since the draft was begun, and where that disagrees with it."""
    now = coming(amendment.target, waiting_for(amendment.target)).terms
    labels = _labels(amendment.base_terms, now)
    found = differences.diff(amendment.base_terms, now)
    merge = differences.merge(base=amendment.base_terms, mine=amendment.terms, now=now)
    return Drift(tuple(worded(each, labels.text) for each in found), tuple(conflict_sentences(merge.conflicts)))


def conflict_sentences(conflicts: Iterable[differences.Conflict]) -> list[str]:
    """Return a sentence for each term that others have changed to something else than the draft does."""
    found = list(conflicts)
    held = [{each.key: value} for each in found for value in (each.base, each.mine, each.now) if value is not None]
    text = _labels(*held).text
    return [
        _(
            "“%(label)s” was changed by others from %(base)s to %(now)s after the draft was begun, and the draft makes it "
            "%(mine)s. Update the draft, and decide which it is to be."
        )
        % {
            "label": label_of(each.key, each.mine or each.base, text),
            "base": value_text(each.key, each.base, text),
            "now": value_text(each.key, each.now, text),
            "mine": value_text(each.key, each.mine, text),
        }
        for each in found
    ]


def warnings_of(amendment: Amendment) -> tuple[Caution, ...]:
    """Return what a draft must be warned of: shares that it passes, and a ceiling below what is already bought."""
    passed = [
        Caution("value_dkk", _over_sentence(meter, share))
        for meter in meters_of(amendment)
        for share in meter.over
        if share.has_draft
    ]
    return (*passed, *_low_ceiling(amendment))


def _over_sentence(meter: Meter, share: object) -> str:
    whose = (
        _("The contract's amendments on the basis “%(basis)s” pass the limit: %(share)s.")
        if isinstance(meter.agreement, Contract)
        else _("The framework agreement's amendments on the basis “%(basis)s” pass the limit: %(share)s.")
    )
    return whose % {"basis": share.basis.name, "share": share_sentence(share)}  # type: ignore[attr-defined, arg-type]


def _low_ceiling(amendment: Amendment) -> tuple[Caution, ...]:
    ceiling = amendment.terms.get(CEILING)
    if amendment.framework_id is None or ceiling is None or ceiling == amendment.base_terms.get(CEILING):
        return ()
    spent = _spent(amendment.framework_id)
    if Decimal(ceiling) >= spent:
        return ()
    text = _("The new ceiling of %(ceiling)s is below what is already bought, %(spent)s. New referrals stop.")
    return (Caution("ceiling_dkk", text % {"ceiling": kroner(Decimal(ceiling)), "spent": kroner(spent)}),)


def _spent(framework_id: int) -> Decimal:
    rows = Spend.objects.current().filter(Q(contract__lot__framework=framework_id))
    total = rows.aggregate(total=Sum("amount_dkk"))["total"] or Decimal(0)
    return total.quantize(Decimal("0.01"))


def _labels(*terms: differences.Terms) -> Labels:
    labels = Labels()
    field = Amendment._meta.get_field("terms")
    for each in terms:
        labels.want(field, each)
    return labels
