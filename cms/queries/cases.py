"""One published case with everything around it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db.models import Model, OuterRef, Q, Subquery

from cases.models import CommitteeCase
from cms.models import CasePage, PublishedSnapshot
from cms.papers import Paper, paper
from cms.queries.reports import RoundRow, rounds_of
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
    rounds: tuple[RoundRow, ...]


def case_content(page: CasePage, number: int | None) -> CaseContent:
    """Return what the page shows of the version of that number, or of its newest.

    Raises PublishedSnapshot.DoesNotExist when there is no such public version.
    """
    versions = list(page.published_snapshots.public())
    published = next((each for each in versions if number in {None, each.snapshot.number}), None)
    if published is None:
        raise PublishedSnapshot.DoesNotExist(f"page {page.pk} has no public version {number}")
    for each in versions:
        each.page = page  # known already: its address costs no query
    related = _related_pages(published.snapshot)
    return CaseContent(
        paper=public_paper(published.snapshot),
        number=published.snapshot.number,
        data_as_of=published.snapshot.data_as_of,
        published=published,
        newest=versions[0] if versions[0] != published else None,
        older=tuple(each for each in versions[1:] if each != published),
        downloads=_downloads(published),
        annex_pages=tuple(each for each in related if each.annex_number is not None),
        parent_page=next((each for each in related if each.annex_number is None), None),
        rounds=_rounds(published.snapshot),
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
    return _page_of(ContentType.objects.get_for_model(subject).pk, subject.pk)


def page_of_snapshot(snapshot: Snapshot) -> CasePage | None:
    """Return the page on which versions of the same record are published, live or not."""
    return _page_of(snapshot.content_type_id, snapshot.object_id)


def _page_of(content_type_id: int, object_id: int) -> CasePage | None:
    return CasePage.objects.filter(snapshot__content_type=content_type_id, snapshot__object_id=object_id).first()


def is_public(page: CasePage, snapshot: Snapshot) -> bool:
    """Tell whether that version can be read by anybody now."""
    return page.live and page.published_snapshots.public().filter(snapshot=snapshot).exists()


def _rounds(snapshot: Snapshot) -> tuple[RoundRow, ...]:
    """Return the rounds with public reports that the case is about; records other than committee cases have none."""
    case_type = ContentType.objects.get_for_model(CommitteeCase)
    return tuple(rounds_of(snapshot.object_id)) if snapshot.content_type_id == case_type.pk else ()


def _downloads(published: PublishedSnapshot) -> tuple[Download, ...]:
    held = {each.format: each for each in published.snapshot.renditions.filter(audience=Audience.PUBLIC)}
    return tuple(
        Download(each, published.download_url(each.filename), held[each].size_bytes, held[each].sha256)
        for each in DOWNLOADS
        if each in held
    )


def _related_pages(snapshot: Snapshot) -> list[CasePage]:
    """Return the live pages of the case's annexes in their order, and of the case that it is an annex of; one query.

    Each has `annex_number`: None on the page of the case above. Records other than committee cases have none.
    """
    case_type = ContentType.objects.get_for_model(CommitteeCase)
    if snapshot.content_type_id != case_type.pk:
        return []
    annexes = CommitteeCase.objects.filter(annex_of=snapshot.object_id)
    above = CommitteeCase.objects.filter(annexes=snapshot.object_id)
    pages = CasePage.objects.live().filter(snapshot__content_type=case_type).defer("text")
    pages = pages.filter(
        Q(snapshot__object_id__in=annexes.values("pk")) | Q(snapshot__object_id__in=above.values("pk"))
    )
    number = annexes.filter(pk=OuterRef("snapshot__object_id")).values("annex_number")
    return list(pages.annotate(annex_number=Subquery(number)).order_by("annex_number"))
