"""A supplier's team: who is on it, who is invited, and what its administrators change."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.acting import Acting
from portal.views.shell import address, managers_only, member_page, show
from records.forms import is_done
from records.views.telling import told
from suppliers import services
from suppliers.enums import MemberRole
from suppliers.forms import InviteForm, RoleForm
from suppliers.models import Invitation, Membership
from suppliers.queries import team_of

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@member_page
def team_show(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    team = team_of(acting.supplier, user=acting.user, now=timezone.now())
    return show(request, "portal/team_show.html", acting, here="team", team=team)


@GET_OR_POST
@member_page
@managers_only
def member_invite(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    form = InviteForm(_sent(request), initial={"role": MemberRole.VIEWER})
    if request.method == "POST" and form.is_valid():
        email, role = form.cleaned_data["email"], MemberRole(form.cleaned_data["role"])
        if is_done(form, lambda: services.invite(acting.supplier, email=email, role=role, by=acting.user)):
            messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": email})
            return redirect(address("team", acting))
    return show(request, "portal/member_invite.html", acting, here="team", form=form)


@GET_OR_POST
@member_page
@managers_only
def member_role(request: HttpRequest, acting: Acting, pk: int) -> HttpResponseBase:
    member = get_object_or_404(_members(acting), pk=pk)
    form = RoleForm(_sent(request), initial={"role": member.role})
    if request.method == "POST" and form.is_valid():
        role = MemberRole(form.cleaned_data["role"])
        if is_done(form, lambda: services.change_role(member, role=role, by=acting.user)):
            names = {"person": member.user, "role": role.label}
            messages.success(request, _("%(person)s now has the role %(role)s.") % names)
            return redirect(address("team", acting))
    return show(request, "portal/member_role.html", acting, here="team", form=form, member=member)


@GET_OR_POST
@member_page
def member_remove(request: HttpRequest, acting: Acting, pk: int) -> HttpResponseBase:
    """Ask, and remove a member; anybody may leave by themselves."""
    member = get_object_or_404(_members(acting), pk=pk)
    is_oneself = member.user_id == acting.user.pk
    if not is_oneself:
        return _remove_another(request, acting, member=member)
    return _remove(request, acting, member, after="portal:start")


@managers_only
def _remove_another(request: HttpRequest, acting: Acting, *, member: Membership) -> HttpResponseBase:
    return _remove(request, acting, member, after=address("team", acting))


def _remove(request: HttpRequest, acting: Acting, member: Membership, *, after: str) -> HttpResponseBase:
    form = Form(_sent(request))
    if request.method == "POST" and is_done(form, lambda: services.remove_member(member, by=acting.user)):
        text = _("%(person)s is no longer on the team of %(supplier)s.")
        messages.success(request, text % {"person": member.user, "supplier": acting.supplier})
        return redirect(after)
    is_oneself = member.user_id == acting.user.pk
    return show(
        request, "portal/member_remove.html", acting, here="team", form=form, member=member, is_oneself=is_oneself
    )


@require_POST
@member_page
@managers_only
def invitation_send(request: HttpRequest, acting: Acting, pk: int) -> HttpResponseBase:
    invitation = get_object_or_404(_invitations(acting), pk=pk)
    text = _("The invitation to %(email)s is sent again. Only the newest link works.")
    with told(request, text % {"email": invitation.email}):
        services.send_again(invitation, by=acting.user)
    return redirect(address("team", acting))


@require_POST
@member_page
@managers_only
def invitation_withdraw(request: HttpRequest, acting: Acting, pk: int) -> HttpResponseBase:
    invitation = get_object_or_404(_invitations(acting), pk=pk)
    text = _("The invitation to %(email)s is withdrawn. Its link no longer works.")
    with told(request, text % {"email": invitation.email}):
        services.withdraw(invitation, by=acting.user)
    return redirect(address("team", acting))


def _sent(request: HttpRequest) -> Any:
    """Return what was sent with the form, also when nothing was filled in; None when it is only looked at."""
    return request.POST if request.method == "POST" else None


def _members(acting: Acting) -> Any:
    rows = Membership.objects.visible_to(acting.user).active().filter(supplier=acting.supplier)
    return rows.select_related("user", "supplier")


def _invitations(acting: Acting) -> Any:
    rows = Invitation.objects.visible_to(acting.user).filter(supplier=acting.supplier)
    return rows.select_related("supplier")
