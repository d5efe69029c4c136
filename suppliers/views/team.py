"""What the municipality does with a supplier's team: invite, send again, withdraw and remove."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from records.forms import is_done
from records.views.telling import told
from suppliers import services
from suppliers.enums import MemberRole
from suppliers.forms import InviteForm, ReasonForm
from suppliers.models import Invitation, Membership, Supplier
from suppliers.views.shell import actor, editors_only, page_of, show


@require_http_methods(["GET", "POST"])
@editors_only
def member_invite(request: HttpRequest, supplier_id: int) -> HttpResponse:
    supplier = get_object_or_404(Supplier.objects.offered_to(request.user), pk=supplier_id)
    form = InviteForm(_sent(request), initial={"role": _first_role(supplier)})
    if request.method == "POST" and form.is_valid():
        email, role = form.cleaned_data["email"], MemberRole(form.cleaned_data["role"])
        if is_done(form, lambda: services.invite(supplier, email=email, role=role, by=actor(request))):
            messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": email})
            return redirect(_back(request, supplier))
    return _page(request, "suppliers/member_invite.html", supplier, title=_("Invite to the team"), form=form)


@require_http_methods(["GET", "POST"])
@editors_only
def member_remove(request: HttpRequest, supplier_id: int, pk: int) -> HttpResponse:
    """Remove somebody, with the reason; also the only administrator, since the municipality can invite a new one."""
    members = Membership.objects.visible_to(request.user).active().filter(supplier=supplier_id)
    member = get_object_or_404(members.select_related("supplier", "user"), pk=pk)
    form = ReasonForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if is_done(form, lambda: services.remove_member(member, reason=reason, by=actor(request))):
            text = _("%(person)s is no longer on the team of %(supplier)s.")
            messages.success(request, text % {"person": member.user, "supplier": member.supplier})
            return redirect(_back(request, member.supplier))
    title = _("Remove from the team")
    return _page(request, "suppliers/member_remove.html", member.supplier, title=title, form=form, member=member)


@require_POST
@editors_only
def invitation_send(request: HttpRequest, supplier_id: int, pk: int) -> HttpResponse:
    invitation = _invitation_or_404(request, supplier_id, pk)
    text = _("The invitation to %(email)s is sent again. Only the newest link works.")
    with told(request, text % {"email": invitation.email}):
        services.send_again(invitation, by=actor(request))
    return redirect(_back(request, invitation.supplier))


@require_POST
@editors_only
def invitation_withdraw(request: HttpRequest, supplier_id: int, pk: int) -> HttpResponse:
    invitation = _invitation_or_404(request, supplier_id, pk)
    text = _("The invitation to %(email)s is withdrawn. Its link no longer works.")
    with told(request, text % {"email": invitation.email}):
        services.withdraw(invitation, by=actor(request))
    return redirect(_back(request, invitation.supplier))


def _first_role(supplier: Supplier) -> MemberRole:
    """Return the role that is likely meant: a team without an administrator needs one first."""
    members = Membership.objects.active().filter(supplier=supplier, role=MemberRole.ADMINISTRATOR)
    return MemberRole.VIEWER if members.exists() else MemberRole.ADMINISTRATOR


def _invitation_or_404(request: HttpRequest, supplier_id: int, pk: int) -> Invitation:
    invitations = Invitation.objects.visible_to(request.user).filter(supplier=supplier_id)
    return get_object_or_404(invitations.select_related("supplier"), pk=pk)


def _page(request: HttpRequest, template: str, supplier: Supplier, **context: Any) -> HttpResponse:
    return show(request, template, supplier=supplier, back_url=_back(request, supplier), **context)


def _back(request: HttpRequest, supplier: Supplier) -> str:
    return get_valid_next_url_from_request(request) or page_of(supplier)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None
