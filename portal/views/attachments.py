"""Files of a report: added, taken out, and handed out to be saved."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learnings.models import Attachment, ExperienceReport
from learnings.queries import newest_version, writing
from learnings.services import attach, detach
from portal.acting import Acting
from portal.forms.attachments import AttachmentForm
from portal.views.reports import report_or_404
from portal.views.shell import address, member_page, show
from records.files.uploads import LimitUploadHandler, receives_document
from records.forms import is_done
from records.views.downloads import handed_in_file
from records.views.telling import told


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
@receives_document
def attachment_list(request: HttpRequest, acting: Acting, pk: int, *, upload: LimitUploadHandler) -> HttpResponseBase:
    report = report_or_404(acting, pk)
    if request.method == "POST" and not acting.can_write:
        raise PermissionDenied
    form = AttachmentForm.of_request(request, upload)
    if form.is_bound and form.is_valid() and _is_kept(report, form, acting):
        messages.success(request, _("The file is added to the report."))
        return redirect(address("attachments", acting, report.pk))
    version, closed = newest_version(report), writing(report).closed
    files = list(version.attachments.select_related("uploaded_by")) if version else []
    facts = {"report": report, "form": form, "files": files, "closed": closed}
    return show(
        request, "portal/attachments.html", acting, here="reports", can_write=acting.can_write and not closed, **facts
    )


@require_safe
@member_page
def attachment_download(request: HttpRequest, acting: Acting, pk: int, file_id: int) -> HttpResponseBase:
    """Hand out a file as it was handed in: to be saved, never to be shown or run in the site's name."""
    attachment = _attachment_or_404(acting, report_or_404(acting, pk), file_id)
    try:
        return handed_in_file(attachment)
    except OSError as error:
        raise Http404 from error


@require_POST
@member_page
def attachment_remove(request: HttpRequest, acting: Acting, pk: int, file_id: int) -> HttpResponseBase:
    report = report_or_404(acting, pk)
    attachment = _attachment_or_404(acting, report, file_id)
    if not acting.can_write:
        raise PermissionDenied
    with told(request, _("“%(file)s” is taken out of the report.") % {"file": attachment}):
        detach(attachment, by=acting.user)
    return redirect(address("attachments", acting, report.pk))


def _is_kept(report: ExperienceReport, form: AttachmentForm, acting: Acting) -> bool:
    return is_done(form, lambda: attach(report, form.cleaned_data["file"], by=acting.user))


def _attachment_or_404(acting: Acting, report: ExperienceReport, file_id: int) -> Attachment:
    found = acting.rows(Attachment).filter(version__report=report).select_related("version__report")
    attachment: Attachment = get_object_or_404(found, pk=file_id)
    return attachment
