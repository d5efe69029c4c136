"""Which suppliers may be the same, two of them side by side, and a supplier's team."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.rules import AnyUser
from records.values import display, field_display
from suppliers.enums import MemberRole
from suppliers.models import Invitation, Membership, Supplier, Unit
from suppliers.names import bare_name


@dataclass(frozen=True)
class Likeness:
    """Another supplier that may be the same, and why."""

    supplier: Supplier
    why: tuple[str, ...]


@dataclass(frozen=True)
class SideBySide:
    label: str
    left: str
    right: str

    @property
    def differs(self) -> bool:
        return self.left != self.right


def likely_duplicates(supplier: Supplier, *, user: AnyUser) -> list[Likeness]:
    """Return the other suppliers with the same name but for the form of company, or with a unit of the same P-number.

    Four queries, whatever the number of suppliers.
    """
    others = Supplier.objects.offered_to(user).exclude(pk=supplier.pk)
    reasons: dict[int, list[str]] = {}
    if name := bare_name(supplier.name):
        for pk, other in others.values_list("pk", "name"):
            if bare_name(other) == name:
                reasons.setdefault(pk, []).append(_("same name"))
    numbers = Unit.objects.filter(supplier=supplier).exclude(p_number="").values_list("p_number", flat=True)
    same = Unit.objects.filter(supplier__in=others, p_number__in=list(numbers)).values_list("supplier_id", "p_number")
    for pk, number in same.order_by("p_number"):
        reasons.setdefault(pk, []).append(_("same P-number %(number)s") % {"number": number})
    found = others.filter(pk__in=reasons)
    return [Likeness(other, tuple(reasons[other.pk])) for other in found]


def side_by_side(left: Supplier, right: Supplier) -> list[SideBySide]:
    """Return what each of two suppliers says of itself, field by field."""
    names = (
        "name",
        "short_name",
        "cvr",
        "street",
        "postal_code",
        "city",
        "phone",
        "email",
        "website",
        "status",
        "note",
    )
    fields: list[Any] = [Supplier._meta.get_field(name) for name in names]
    return [
        *(
            SideBySide(
                capfirst(str(field.verbose_name)),
                *(field_display(field, getattr(each, field.attname)) for each in (left, right)),
            )
            for field in fields
        ),
        *(
            SideBySide(label, *(display([str(row) for row in getattr(each, name).all()]) for each in (left, right)))
            for name, label in (("contacts", _("Contacts")), ("units", pgettext("supplier", "Units")))
        ),
    ]


@dataclass(frozen=True)
class InvitationRow:
    """An invitation with where it stands now, in words; `can_be_accepted` when its link works."""

    invitation: Invitation
    state: str
    can_be_accepted: bool
    is_waiting: bool
    mail: str


@dataclass(frozen=True)
class Team:
    """Who acts for a supplier, who did before, and who has been invited."""

    members: tuple[Membership, ...]
    former: tuple[Membership, ...]
    invitations: tuple[InvitationRow, ...]

    @property
    def administrator_count(self) -> int:
        return sum(member.role == MemberRole.ADMINISTRATOR for member in self.members)


def team_of(supplier: Supplier, *, user: AnyUser, now: dt.datetime) -> Team:
    """Return a supplier's team as a person may see it; two queries. Answered invitations are told by the memberships."""
    people = Membership.objects.visible_to(user).filter(supplier=supplier).select_related("user")
    rows = list(people.order_by("user__first_name", "user__last_name", "pk"))
    waiting = Invitation.objects.visible_to(user).waiting().filter(supplier=supplier).select_related("invited_by")
    return Team(
        members=tuple(row for row in rows if row.is_active),
        former=tuple(row for row in rows if not row.is_active),
        invitations=tuple(invitation_row(invitation, now=now) for invitation in waiting),
    )


def invitation_row(invitation: Invitation, *, now: dt.datetime) -> InvitationRow:
    has_expired = invitation.has_expired(now=now)
    return InvitationRow(
        invitation=invitation,
        state=pgettext("invitation", "Expired") if has_expired else str(invitation.get_state_display()),
        can_be_accepted=invitation.is_waiting and not has_expired,
        is_waiting=invitation.is_waiting,
        mail=str(invitation.get_mail_display()),
    )
