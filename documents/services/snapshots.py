"""Freeze a paper, and ask for its documents. Light to import: rendering itself is in `documents.services.rendering`."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import models, transaction

from accounts.models import User
from documents.enums import Audience, Format
from documents.models import Asset, Snapshot
from documents.numbering import numbered
from documents.redaction import for_audience, redacted_evidence
from documents.serialisation import from_data, to_data
from documents.tree import Document
from jobs.models import Job
from jobs.services import enqueue

RENDER = "documents.render"
Evidence = dict[str, dict[str, Any]]


@transaction.atomic
def freeze(
    subject: models.Model,
    document: Document,
    evidence: Evidence,
    *,
    findings: list[dict[str, Any]],
    data_as_of: dt.date | None,
    by: User | None,
) -> Snapshot:
    """Store the paper as it stands now; an unchanged paper gives the newest snapshot again.

    `document` is the unnumbered tree for use inside the municipality; `evidence` maps the ids that its nodes name to entries.
    """
    frozen = {"tree": to_data(numbered(document)), "evidence": evidence}
    digest = _digest(frozen)
    newest = Snapshot.objects.of(subject).select_for_update().first()
    if newest is not None and newest.digest == digest:
        # What is frozen stays; what the checks say of it may change, as when the day of the meeting has passed.
        Snapshot.objects.filter(pk=newest.pk).exclude(findings=findings).update(findings=findings)
        newest.findings = findings
        return newest
    return Snapshot.objects.create(
        content_type=ContentType.objects.get_for_model(subject),
        object_id=subject.pk,
        number=newest.number + 1 if newest else 1,
        digest=digest,
        findings=findings,
        data_as_of=data_as_of,
        created_by=by,
        **frozen,
    )


@transaction.atomic
def request_renditions(snapshot: Snapshot, *, by: User | None) -> Job | None:
    """Ask for the snapshot's documents; None when all of them are there already."""
    if has_all_renditions(snapshot):
        return None
    return enqueue(RENDER, str(snapshot.pk), key=f"snapshot-{snapshot.pk}", by=by)


def has_all_renditions(snapshot: Snapshot) -> bool:
    return snapshot.renditions.count() == len(Audience) * len(Format)


def document_for(snapshot: Snapshot, audience: Audience) -> Document:
    """Return the numbered tree of a snapshot as `audience` may have it."""
    return for_audience(from_data(snapshot.tree), audience)


def evidence_for(snapshot: Snapshot, audience: Audience) -> dict[str, Any]:
    """Return what every figure and quote of the paper rests on, as `audience` may have it.

    The public digest is of the public edition: the snapshot's own would confirm a guess at a hidden figure.
    """
    is_public = audience is Audience.PUBLIC
    entries = redacted_evidence(snapshot.evidence) if is_public else snapshot.evidence
    public = {"tree": to_data(document_for(snapshot, audience)), "evidence": entries}
    return {
        "paper": snapshot.tree.get("title", ""),
        "version": snapshot.number,
        "digest": _digest(public) if is_public else snapshot.digest,
        "data_as_of": snapshot.data_as_of.isoformat() if snapshot.data_as_of else None,
        "audience": audience.value,
        "evidence": entries,
    }


def store_asset(data: bytes, *, media_type: str) -> str:
    """Keep the bytes of a picture and return the digest that it is known by; the same bytes are kept once."""
    sha256 = hashlib.sha256(data).hexdigest()
    if not Asset.objects.filter(sha256=sha256).exists():
        Asset.objects.create(sha256=sha256, media_type=media_type, file=ContentFile(data, name=sha256))
    return sha256


def _digest(frozen: dict[str, Any]) -> str:
    return hashlib.sha256(canonical_json(frozen)).hexdigest()


def canonical_json(data: dict[str, Any], *, indent: int | None = None) -> bytes:
    """Return the one way to write `data` as JSON, so that equal data have equal bytes."""
    separators = None if indent else (",", ":")
    return json.dumps(data, sort_keys=True, ensure_ascii=False, indent=indent, separators=separators).encode()
