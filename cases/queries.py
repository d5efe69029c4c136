"""Reads about cases that several rooms need."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cases.assembly.paper import assemble
from cases.checks.disclosure import leaks_of
from cases.checks.findings import Finding
from cases.checks.paper import check
from cases.checks.texts import section_lix
from cases.enums import Severity
from cases.models import CommitteeCase
from documents.enums import Audience, Format
from documents.models import Rendition, Snapshot
from documents.services.snapshots import RENDER, has_all_renditions
from jobs.models import Job
from results.disclosure import leak_text
from results.models import Delivery
from results.queries.deliveries import withdrawn


@dataclass(frozen=True)
class Version:
    """One snapshot of a case with its finished files and the job that makes or made them.

    `withdrawn` are deliveries that it rests on and that have been taken out of use since: the version keeps their figures.
    """

    snapshot: Snapshot
    renditions: tuple[Rendition, ...]
    job: Job | None
    withdrawn: tuple[Delivery, ...] = ()


@dataclass(frozen=True)
class Review:
    """What is to be said of a text: findings, the readability index of each section by its heading, and what it rests on."""

    findings: tuple[Finding, ...]
    readability: dict[str, int | None]
    evidence: dict[str, Any]


@dataclass(frozen=True)
class Step:
    label: str
    is_done: bool


def latest_snapshot(case: CommitteeCase) -> Snapshot | None:
    return Snapshot.objects.of(case).first()


def versions(case: CommitteeCase) -> list[Version]:
    """Return every snapshot of the case, newest first, with files and jobs; 4 queries."""
    snapshots = list(Snapshot.objects.of(case).select_related("created_by").prefetch_related("renditions"))
    ids = [str(snapshot.pk) for snapshot in snapshots]
    jobs: dict[str, Job] = {}
    for job in Job.objects.filter(kind=RENDER, subject_id__in=ids).order_by("created_at", "pk"):
        jobs[job.subject_id] = job
    taken_back = withdrawn_behind(snapshots)
    return [
        Version(snapshot, _in_order(snapshot.renditions.all()), jobs.get(str(snapshot.pk)), taken_back[snapshot.pk])
        for snapshot in snapshots
    ]


def withdrawn_behind(snapshots: Iterable[Snapshot]) -> dict[int, tuple[Delivery, ...]]:
    """Return, by the id of each snapshot, the deliveries that it rests on and that are withdrawn today; one query."""
    behind = {snapshot.pk: _deliveries_of(snapshot.evidence) for snapshot in snapshots}
    found = withdrawn({pk for ids in behind.values() for pk in ids})
    return {key: tuple(found[pk] for pk in sorted(ids) if pk in found) for key, ids in behind.items()}


def _deliveries_of(evidence: dict[str, Any]) -> set[int]:
    named = (entry.get("delivery", {}).get("id") for entry in evidence.values())
    return {pk for pk in named if pk is not None}


def _in_order(renditions: Iterable[Rendition]) -> tuple[Rendition, ...]:
    """Return the files as people look for them: the public edition first, the web page before PDF and Word."""
    formats = Format.values
    return tuple(sorted(renditions, key=lambda each: (each.audience != Audience.PUBLIC, formats.index(each.format))))


def review(case: CommitteeCase, *, today: dt.date) -> Review:
    """Return what the checks say of the newest text, with data as they stand now."""
    newest = case.newest_text()
    paper = assemble(newest)
    return Review(check(paper, newest, today=today), section_lix(paper), paper.evidence)


def steps(case: CommitteeCase, review: Review, obstacles: list[str]) -> list[Step]:
    """Return the way from draft to documents, and how far the case has come on it."""
    is_approved = case.live and not case.has_unpublished_changes
    return [
        Step(_("Written"), case.latest_revision is not None),
        Step(_("Checked"), not any(finding.is_blocking for finding in review.findings)),
        Step(_("Approved"), is_approved),
        Step(_("Documents finished"), is_approved and not obstacles),
    ]


def frozen_findings(snapshot: Snapshot) -> tuple[Finding, ...]:
    """Return what the checks said when the snapshot was frozen."""
    return tuple(Finding(**{**entry, "severity": Severity(entry["severity"])}) for entry in snapshot.findings)


def publish_obstacles(case: CommitteeCase) -> list[str]:
    """Return, as sentences, what keeps the newest snapshot of the case from being published; empty when nothing does."""
    snapshot = latest_snapshot(case)
    if snapshot is None:
        return [_("The case has no documents yet. Make them first.")]
    obstacles = [*_approval_obstacles(case, snapshot)]
    if not has_all_renditions(snapshot):
        obstacles.append(_("The documents are not finished, or did not pass validation."))
    blocking = [finding.message for finding in frozen_findings(snapshot) if finding.is_blocking]
    # attacked anew: another paper may have been published since this one was frozen
    leaks = dict.fromkeys(leak_text(leak) for leak in leaks_of(snapshot.evidence))
    return [*obstacles, *blocking, *(text for text in leaks if not any(text in message for message in blocking))]


def _approval_obstacles(case: CommitteeCase, snapshot: Snapshot) -> list[str]:
    if not case.live:
        return [_("The case is not approved. Send it to approval.")]
    if case.has_unpublished_changes:
        return [_("The text has been changed since it was approved. Send it to approval again.")]
    if snapshot.digest != case.approved_digest:
        return [
            _(
                "The documents show other figures or another text than what was approved. Send the case to approval again."
            )
        ]
    return []
