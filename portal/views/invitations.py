"""Accept an invitation: by the link of the mail, or on the front page with a confirmed address."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from portal.forms import SignUpForm
from portal.queries.invitations import invitations_to
from portal.views.shell import actor, show
from records.forms import add_service_errors
from suppliers import services
from suppliers.links import invitation_of
from suppliers.models import Invitation, Membership

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
GONE = 410


@GET_OR_POST
def invitation_show(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show what one is invited to; whoever is signed in with that address accepts here."""
    invitation = _invitation_or_404(token)
    if refusal := _refusal(invitation):
        return show(request, "portal/invitation_over.html", status=GONE, refusal=refusal)
    if not request.user.is_authenticated:
        if request.method == "POST":
            raise PermissionDenied
        return _page(request, invitation, token)
    if actor(request).email.lower() != invitation.email.lower():
        return show(request, "portal/invitation_other.html", status=403)
    if request.method == "POST":
        return _accept(request, invitation, has_link=True)
    return _page(request, invitation, token)


@sensitive_post_parameters("password", "password_again")
@GET_OR_POST
def invitation_sign_up(request: HttpRequest, token: str) -> HttpResponseBase:
    """Make access for somebody who has none: whoever has the link has the address."""
    invitation = _invitation_or_404(token)
    if refusal := _refusal(invitation):
        return show(request, "portal/invitation_over.html", status=GONE, refusal=refusal)
    if request.user.is_authenticated or _has_access(invitation):
        return redirect("portal:invitation", token)
    form = SignUpForm(request.POST if request.method == "POST" else None, invitation=invitation)
    if request.method == "POST" and form.is_valid() and (membership := _sign_up(invitation, form)):
        login(request, membership.user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return _welcome(request, membership)
    return show(request, "portal/invitation_sign_up.html", invitation=invitation, token=token, form=form)


@require_POST
@login_required
def invitation_accept(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Accept without the link: only what stands on one's own front page."""
    for invitation in invitations_to(actor(request)):
        if invitation.pk == pk:
            return _accept(request, invitation, has_link=False)
    raise Http404


def _accept(request: HttpRequest, invitation: Invitation, *, has_link: bool) -> HttpResponseBase:
    try:
        membership = services.accept(invitation, has_link=has_link, by=actor(request))
    except ValidationError as error:
        return show(request, "portal/invitation_over.html", status=409, refusal=" ".join(error.messages))
    return _welcome(request, membership)


def _sign_up(invitation: Invitation, form: SignUpForm) -> Membership | None:
    given = {name: form.cleaned_data[name] for name in ("first_name", "last_name", "password")}
    try:
        return services.sign_up(invitation, **given)
    except ValidationError as error:
        add_service_errors(form, error)
        return None


def _welcome(request: HttpRequest, membership: Membership) -> HttpResponseBase:
    text = _("Welcome. You are now on the team of %(supplier)s as %(role)s.")
    names = {"supplier": membership.supplier, "role": membership.get_role_display()}
    messages.success(request, text % names)
    return redirect("portal:overview", membership.supplier_id)


def _page(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponseBase:
    context: dict[str, Any] = {"invitation": invitation, "token": token, "has_access": _has_access(invitation)}
    return show(request, "portal/invitation_show.html", **context)


def _has_access(invitation: Invitation) -> bool:
    """Tell whether the address can sign in already; asked only on behalf of whoever has its mail."""
    return User.objects.filter(email__iexact=invitation.email).exists()


def _invitation_or_404(token: str) -> Invitation:
    invitation = invitation_of(token)
    if invitation is None:
        raise Http404
    return invitation


def _refusal(invitation: Invitation) -> str:
    try:
        services.check_open(invitation)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""
