"""Make a frozen paper public, and take it down again."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction

from accounts.models import User
from cms.models import CaseIndexPage, CasePage, PublishedSnapshot
from cms.papers import searchable_text, summary
from cms.queries.cases import is_public, page_of_snapshot
from documents.enums import Audience, Format
from documents.models import Snapshot
from documents.services.snapshots import document_for
from documents.tree import Document

COMMITTEE_FACT = "Udvalg"


@transaction.atomic
def publish_snapshot(snapshot: Snapshot, *, slug: str, by: User | None) -> CasePage:
    """Make a version public at its case's address and return the page; a version that is public already changes nothing.

    A case keeps the address that it was first published at. Raises ValidationError when public documents are missing, a newer
    version is public, the address is another's, or there is no list of cases to publish under.
    """
    _require_documents(snapshot)
    page = page_of_snapshot(snapshot)
    if page is None:
        page = _new_page(snapshot, slug)
    else:
        page = CasePage.objects.select_for_update().get(pk=page.pk)
        if is_public(page, snapshot):
            return page
        _require_newest(page, snapshot)
        _fill(page, snapshot)
    page.save_revision(user=by, log_action=True).publish(user=by, skip_permission_checks=True)
    PublishedSnapshot.objects.create(page=page, snapshot=snapshot, published_by=by)
    page.refresh_from_db()
    return page


@transaction.atomic
def withdraw_case(page: CasePage, *, reason: str, by: User | None) -> CasePage:
    """Take the page and all its versions down, and keep the reason. Raises ValidationError without a reason."""
    if not reason.strip():
        raise ValidationError(_("Write why the case is withdrawn. The reason is kept with the case."))
    page = CasePage.objects.select_for_update().get(pk=page.pk)
    page.published_snapshots.filter(withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now(), withdrawn_by=by, withdrawal_reason=reason.strip()
    )
    if page.live:
        # Nobody may take a case down from the page tree, which knows no reason; here it has one.
        UnpublishPageAction(page, user=by, log_action=True).execute(skip_permission_checks=True)
    return page


def _require_documents(snapshot: Snapshot) -> None:
    held = set(snapshot.renditions.filter(audience=Audience.PUBLIC).values_list("format", flat=True))
    if missing := [each.label for each in Format if each not in held]:
        raise ValidationError(
            _(
                "The case cannot be published yet: its public documents are missing (%(formats)s). Make the documents first."
            )
            % {"formats": ", ".join(str(label) for label in missing)}
        )


def _require_newest(page: CasePage, snapshot: Snapshot) -> None:
    newest = page.published_snapshots.public().first()
    if newest is not None and newest.snapshot.number > snapshot.number:
        raise ValidationError(
            _("Version %(newest)s is public already, so the older version %(number)s cannot replace it.")
            % {"newest": newest.snapshot.number, "number": snapshot.number}
        )


def _new_page(snapshot: Snapshot, slug: str) -> CasePage:
    index = CaseIndexPage.objects.live().first()
    if index is None:
        raise ValidationError(
            _("The website has no list of cases to publish under. Ask an administrator to set it up.")
        )
    if index.get_children().filter(slug=slug).exists():
        raise ValidationError(
            _("Another case is already published at the address “%(slug)s”. Give this case another address.")
            % {"slug": slug}
        )
    page = CasePage(slug=slug, live=False)
    _fill(page, snapshot)
    return index.add_child(instance=page)


def _fill(page: CasePage, snapshot: Snapshot) -> None:
    document = document_for(snapshot, Audience.PUBLIC)
    page.snapshot = snapshot
    page.title = page.draft_title = document.title
    page.dated_on = document.dated_on
    page.committee_name = _committee_name(document, snapshot)
    page.summary = summary(document)
    page.text = searchable_text(document)


def _committee_name(document: Document, snapshot: Snapshot) -> str:
    stated = (fact.value for fact in document.facts if fact.label == COMMITTEE_FACT)
    committee = getattr(snapshot.subject, "committee", None)
    return next(stated, str(committee) if committee else "")
