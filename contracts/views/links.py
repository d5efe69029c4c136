"""What can be done with an agreement from its own pages."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.rules import AnyUser
from contracts.enums import OptionState
from contracts.models import Contract, FrameworkAgreement
from contracts.rules import can_edit_agreements
from contracts.views.shell import Agreement
from records.pages import Link


def agreement_links(agreement: Agreement, *, user: AnyUser) -> list[Link]:
    """Return an agreement's own pages, and for those who may change it what can be begun and decided as it stands."""
    links = [*_spend_links(agreement)]
    if can_edit_agreements(user):
        links += [Link(_("Begin an amendment"), begin_url(agreement), "plus-inverse"), *_option_links(agreement)]
        links += _contract_links(agreement)
    return links


def begin_url(agreement: Agreement) -> str:
    """Return where an amendment of an agreement is begun."""
    return reverse(f"contracts:{agreement._meta.model_name}_amendment_begin", args=[agreement.pk])


def _spend_links(agreement: Agreement) -> list[Link]:
    """Return the link to what a framework's ceiling is used for; everybody who sees the agreement may look."""
    if not isinstance(agreement, FrameworkAgreement):
        return []
    return [Link(_("Spend and ceiling"), reverse("contracts:burn_down", args=[agreement.pk]), "order-down")]


def _option_links(agreement: Agreement) -> list[Link]:
    """Return what can be done with the first option that is not decided, and with the last that is."""
    options = sorted(agreement.options.all(), key=lambda option: option.number)
    waiting = next((option.number for option in options if option.state == OptionState.OPEN), None)
    decided = next((option.number for option in reversed(options) if option.state != OptionState.OPEN), None)
    places = [
        (_("Exercise option %(number)s"), "exercise", "calendar-check", waiting),
        (_("Decline option %(number)s"), "decline", "cross", waiting),
        (_("Reopen option %(number)s"), "reopen", "rotate", decided),
    ]
    name = agreement._meta.model_name
    return [
        Link(label % {"number": number}, reverse(f"contracts:{name}_option_{page}", args=[agreement.pk, number]), icon)
        for label, page, icon, number in places
        if number is not None
    ]


def _contract_links(agreement: Agreement) -> list[Link]:
    if not isinstance(agreement, Contract):
        return []
    notice = (_("Give notice"), "notice_give", "logout")
    if agreement.notice_given_on is not None:
        notice = (_("Take back notice"), "notice_take_back", "rotate")
    pages = [(_("Record signatures"), "signatures_record", "edit"), notice]
    return [Link(label, reverse(f"contracts:{page}", args=[agreement.pk]), icon) for label, page, icon in pages]
