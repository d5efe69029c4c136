"""The public addresses of committee cases. What a page says comes from the snapshot alone."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page, PagePermissionTester
from wagtail.search import index
from wagtail.url_routing import RouteResult

from cms.permissions import CasePagePermissions, KeptPageMixin
from documents.models import Snapshot


class CaseIndexPage(KeptPageMixin, Page):
    lead = models.TextField(_("lead"), blank=True, max_length=400)

    template = "cms/case_index_page.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.CasePage"]
    max_count = 1

    content_panels = [*Page.content_panels, FieldPanel("lead")]

    class Meta:
        verbose_name = _("list of cases")
        verbose_name_plural = _("lists of cases")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find a paper as what it is: nothing else stands below, and a plain page asked for first costs a query."""
        if not path_components:
            return super().route(request, path_components)
        page = get_object_or_404(CasePage.objects.child_of(self), slug=path_components[0])
        page._cached_parent_obj = self  # as Wagtail tells it, so that nobody asks again
        return page.route(request, path_components[1:])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.queries.listings import case_listing  # queries read models, so they load after them

        return {**super().get_context(request, *args, **kwargs), "listing": case_listing(request.GET)}

    @property
    def summary(self) -> str:
        return self.search_description or self.lead


class CasePage(RoutablePageMixin, Page):
    """The address of a published paper. Older versions stay at `version/<number>/`.

    The fields below are read from the public form of the snapshot when it is published, for lists and search; the page itself is
    rendered from the snapshot.
    """

    snapshot = models.ForeignKey(Snapshot, verbose_name=_("snapshot"), on_delete=models.PROTECT, related_name="+")
    dated_on = models.DateField(_("date of the paper"))
    committee_name = models.CharField(_("committee"), max_length=200, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    text = models.TextField(_("text for searching"), blank=True)

    template = "cms/case_page.html"
    parent_page_types = ["cms.CaseIndexPage"]
    subpage_types: list[str] = []
    is_creatable = False

    content_panels: list[FieldPanel] = []
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.AutocompleteField("summary"),
        index.SearchField("text"),
        index.AutocompleteField("text"),
        index.SearchField("committee_name"),
        index.AutocompleteField("committee_name"),
    ]

    class Meta:
        verbose_name = _("published case")
        verbose_name_plural = _("published cases")

    def permissions_for_user(self, user: object) -> PagePermissionTester:
        return CasePagePermissions(user, self)

    @path("version/<int:number>/")
    def version(self, request: HttpRequest, number: int) -> HttpResponse:
        """Show the version of that number, also when a newer one has replaced it."""
        try:
            return self.render(request, number=number)
        except PublishedSnapshot.DoesNotExist as error:
            raise Http404 from error

    def get_context(self, request: HttpRequest, *args: Any, number: int | None = None, **kwargs: Any) -> dict[str, Any]:
        from cms.queries.cases import case_content  # queries read models, so they load after them

        return {**super().get_context(request, *args, **kwargs), "content": case_content(self, number)}


class PublishedSnapshotQuerySet(models.QuerySet["PublishedSnapshot"]):
    def public(self) -> PublishedSnapshotQuerySet:
        """Return what may be read by anybody while its page is live, newest first, without the papers themselves."""
        rows = self.filter(withdrawn_at__isnull=True).select_related("snapshot").order_by("-snapshot__number")
        return rows.defer("snapshot__tree", "snapshot__evidence", "snapshot__findings")


class PublishedSnapshot(models.Model):
    """That a version of a paper was made public, when and by whom. Only withdrawal is ever added to it."""

    page = models.ForeignKey(
        CasePage, verbose_name=_("published case"), on_delete=models.PROTECT, related_name="published_snapshots"
    )
    snapshot = models.ForeignKey(Snapshot, verbose_name=_("snapshot"), on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(_("published"), default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("published by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("withdrawn by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    withdrawal_reason = models.TextField(_("reason for withdrawal"), blank=True)

    objects = PublishedSnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("published version")
        verbose_name_plural = _("published versions")
        ordering = ["page", "-published_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "snapshot"],
                condition=Q(withdrawn_at__isnull=True),
                name="snapshot_published_once",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawal_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
                name="withdrawal_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page} ({self.snapshot.number})"

    @property
    def url(self) -> str:
        return f"{self.page.url}version/{self.snapshot.number}/"

    def download_url(self, filename: str) -> str:
        return reverse("cms:download", args=[self.page.slug, self.snapshot.number, filename])
