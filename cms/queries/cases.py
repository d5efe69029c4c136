"""One published case with everything around it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db.models import Model, QuerySet

from cases.models import CommitteeCase
from cms.models import CasePage, PublishedSnapshot
from cms.papers import Paper, paper
from cms.queries.listings import live_cases
from documents.enums import Audience, Format
from documents.models import Asset, Rendition, Snapshot
from documents.services.snapshots import document_for

PAPER_SHAPE = 1  # raised whenever a page shows something new of a paper, so that none is read from an older cache
PAPER_CACHE_SECONDS = 7 * 24 * 3600
DOWNLOADS = (Format.PDF, Format.DOCX, Format.EVIDENCE)


@dataclass(frozen=True)
class Download:
    format: Format
    url: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True)
class CaseContent:
    """A published version with everything around it. `newest` is None on the newest itself."""

    paper: Paper
    number: int
    data_as_of: dt.date | None
    published: PublishedSnapshot
    newest: PublishedSnapshot | None
    older: tuple[PublishedSnapshot, ...]
    downloads: tuple[Download, ...]
    annex_pages: tuple[CasePage, ...]
    parent_page: CasePage | None


def case_content(page: CasePage, snapshot: Snapshot) -> CaseContent:
    """Return what the page shows of a published snapshot. Raises PublishedSnapshot.DoesNotExist when it is not public."""
    versions = list(page.published_snapshots.public().select_related("published_by"))
    published = next((each for each in versions if each.snapshot_id == snapshot.pk), None)
    if published is None:
        raise PublishedSnapshot.DoesNotExist(f"snapshot {snapshot.pk} is not public on page {page.pk}")
    for each in versions:
        each.page = page  # known already: its address costs no query
    return CaseContent(
        paper=public_paper(snapshot),
        number=snapshot.number,
        data_as_of=snapshot.data_as_of,
        published=published,
        newest=versions[0] if versions[0] != published else None,
        older=tuple(each for each in versions[1:] if each != published),
        downloads=_downloads(published),
        annex_pages=_annex_pages(snapshot),
        parent_page=_parent_page(snapshot),
    )


def public_paper(snapshot: Snapshot) -> Paper:
    """Return the paper as the public may have it; built once for each digest."""
    key = f"cms.paper.{PAPER_SHAPE}.{snapshot.digest}"
    held = cache.get(key)
    if held is None:
        held = paper(document_for(snapshot, Audience.PUBLIC), assets=Asset.bytes_of)
        cache.set(key, held, PAPER_CACHE_SECONDS)
    return held


def public_rendition(*, slug: str, number: int, filename: str) -> Rendition | None:
    """Return the public file of a version of a live page, or None: also for what was withdrawn."""
    formats = {each.filename: each for each in DOWNLOADS}
    published = (
        PublishedSnapshot.objects.public()
        .filter(page__in=CasePage.objects.live().public(), page__slug=slug, snapshot__number=number)
        .first()
    )
    if published is None or filename not in formats:
        return None
    return published.snapshot.rendition(Audience.PUBLIC, formats[filename])


def page_of(subject: Model) -> CasePage | None:
    """Return the page on which versions of this record are published, live or not."""
    content_type = ContentType.objects.get_for_model(subject)
    return CasePage.objects.filter(snapshot__content_type=content_type, snapshot__object_id=subject.pk).first()


def is_public(page: CasePage, snapshot: Snapshot) -> bool:
    """Tell whether that version can be read by anybody now."""
    return page.live and page.published_snapshots.public().filter(snapshot=snapshot).exists()


def _downloads(published: PublishedSnapshot) -> tuple[Download, ...]:
    held = {each.format: each for each in published.snapshot.renditions.filter(audience=Audience.PUBLIC)}
    return tuple(
        Download(each, published.download_url(each.filename), held[each].size_bytes, held[each].sha256)
        for each in DOWNLOADS
        if each in held
    )


def _annex_pages(snapshot: Snapshot) -> tuple[CasePage, ...]:
    """Return the published annexes of a committee case in their order; other records have none."""
    if not _is_case(snapshot):
        return ()
    numbers = dict(CommitteeCase.objects.filter(annex_of_id=snapshot.object_id).values_list("pk", "annex_number"))
    pages = _pages_of_cases().filter(snapshot__object_id__in=numbers)
    return tuple(sorted(pages, key=lambda page: numbers[page.snapshot.object_id]))


def _parent_page(snapshot: Snapshot) -> CasePage | None:
    if not _is_case(snapshot):
        return None
    parents = CommitteeCase.objects.filter(annexes__pk=snapshot.object_id)
    return _pages_of_cases().filter(snapshot__object_id__in=parents.values("pk")).first()


def _pages_of_cases() -> QuerySet[CasePage]:
    pages = live_cases().filter(snapshot__content_type=ContentType.objects.get_for_model(CommitteeCase))
    return pages.select_related("snapshot").defer("text", "snapshot__tree", "snapshot__evidence", "snapshot__findings")


def _is_case(snapshot: Snapshot) -> bool:
    return snapshot.content_type_id == ContentType.objects.get_for_model(CommitteeCase).pk
