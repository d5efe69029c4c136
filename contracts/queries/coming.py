"""What an agreement becomes when the amendments that are agreed have taken effect, each on its day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from contracts import differences, terms
from contracts.enums import AmendmentState
from contracts.models import Amendment, Contract, FrameworkAgreement
from contracts.models.agreed_terms import OPTIONS, ROW_FIELDS, label_of, value_text
from contracts.queries.agreed_terms import terms_of
from records.values import Labels

Agreement = Contract | FrameworkAgreement


@dataclass(frozen=True)
class Coming:
    """Terms after everything that is agreed, and by them the agreement's last day and its end without options.

    `disputes` are the terms that an agreed amendment changes from something else than they are now.
    """

    terms: dict[str, Any]
    ends_on: dt.date | None
    base_ends_on: dt.date | None
    disputes: tuple[tuple[Amendment, differences.Conflict], ...] = ()


def waiting_for(agreement: Agreement) -> list[Amendment]:
    """Return the amendments that are agreed and have not taken effect, in the order in which they do; one query."""
    if agreement.pk is None:
        return []
    return list(agreement.amendments.filter(state=AmendmentState.AGREED).order_by("effective_on", "number"))


def waiting_by_agreement() -> dict[tuple[str, int], list[Amendment]]:
    """Return what is agreed and waits, by its agreement's model and number; one query."""
    found: defaultdict[tuple[str, int], list[Amendment]] = defaultdict(list)
    for row in Amendment.objects.filter(state=AmendmentState.AGREED).order_by("effective_on", "number"):
        key = ("contract", row.contract_id) if row.contract_id else ("frameworkagreement", row.framework_id)
        found[key].append(row)  # type: ignore[index]
    return found


def coming(agreement: Agreement, waiting: Iterable[Amendment], options: Sequence[Any] | None = None) -> Coming:
    """Return what the agreement becomes, with other options than its own if given. What would take effect after it has
    ended does not.

    An extension counts before its day, for the end of an agreement is when it will end by all that is agreed: a notice or
    an expiry that is counted from the old end would be counted wrong.
    """
    now, disputes = terms_of(agreement), []
    options = list(agreement.options.all()) if options is None else options
    end = _end_by(agreement, now, options)
    for amendment in waiting:
        if end is not None and amendment.effective_on > end + terms.DAY:
            continue
        merged = differences.merge(base=amendment.base_terms, mine=amendment.terms, now=now)
        disputes += [(amendment, conflict) for conflict in merged.conflicts]
        now, end = merged.terms, _end_by(agreement, merged.terms, options)
    return Coming(now, end, _base_end_by(agreement, now), tuple(disputes))


def base_end(
    agreement: Agreement, waiting: Sequence[Amendment], options: Sequence[Any] | None = None
) -> dt.date | None:
    """Return the end without options by all that is agreed: what options are counted from."""
    return coming(agreement, waiting, options).base_ends_on if waiting else agreement.ends_on


def waiting_sentences(agreement: Agreement) -> list[str]:
    """Return a sentence for each amendment that is agreed and has not taken effect; one query."""
    return [
        _("Amendment %(number)s is agreed and takes effect on %(day)s: %(title)s")
        % {"number": each.number, "day": formats.date_format(each.effective_on), "title": each.title}
        for each in waiting_for(agreement)
    ]


def disputed_by_field(disputes: Iterable[tuple[Amendment, differences.Conflict]]) -> dict[str, list[str]]:
    """Return whole sentences by the field, or the kind of rows, that each is about."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for amendment, conflict in disputes:
        found[place_of(conflict.key)].append(_dispute_sentence(amendment, conflict))
    return dict(found)


def place_of(key: str) -> str:
    """Return the field of a form that a term stands in; of a row the name of its kind."""
    model, _dot, name = key.partition(".")
    if model in ROW_FIELDS:
        return "options" if model in OPTIONS else "prices"
    return name


def _dispute_sentence(amendment: Amendment, conflict: differences.Conflict) -> str:
    labels = Labels()
    field = Amendment._meta.get_field("terms")
    for value in (conflict.base, conflict.mine, conflict.now):
        labels.want(field, {} if value is None else {conflict.key: value})
    return _(
        "Amendment %(number)s takes effect on %(day)s and makes “%(label)s” %(mine)s instead of %(base)s, but here it is "
        "%(now)s. Leave the term as it was, or take the amendment back first."
    ) % {
        "number": amendment.number,
        "day": formats.date_format(amendment.effective_on),
        "label": label_of(conflict.key, conflict.mine or conflict.base, labels.text),
        "base": value_text(conflict.key, conflict.base, labels.text),
        "mine": value_text(conflict.key, conflict.mine, labels.text),
        "now": value_text(conflict.key, conflict.now, labels.text),
    }


def _base_end_by(agreement: Agreement, agreed: differences.Terms) -> dt.date | None:
    written = agreed.get(f"{agreement._meta.model_name}.ends_on")
    return dt.date.fromisoformat(written) if written else None


def _end_by(agreement: Agreement, agreed: differences.Terms, options: Sequence[Any]) -> dt.date | None:
    notice = agreement.terminated_to if isinstance(agreement, Contract) else None
    return terms.effective_end(_base_end_by(agreement, agreed), options, terminated_to=notice)
