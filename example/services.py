"""Load the example municipality."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import CommitteeCase
from cases.queries import publish_obstacles
from cases.services import make_documents_now
from cms.queries.cases import page_of
from cms.services import publish_snapshot
from example import (
    comparison,
    figures,
    learnings,
    obligations,
    papers,
    people,
    publishing,
    register,
    rounds,
    site,
    spend,
    tenders,
)
from example.files import DATA_DIR


def load(*, is_forced: bool = False, by: User | None = None) -> None:
    """Load what is missing of the example municipality, all of it or nothing; what is there stays as people have made it.

    Loading twice changes nothing. Raises ValidationError when others can reach the site, since the passwords are known to
    everybody, unless `is_forced`.
    """
    if not is_forced:
        _require_loopback()
    with transaction.atomic():
        people.load(by=by)
        register.load(by=by)
        people.load_teams(by=by)
        tenders.load(by=by)
        figures.load()
        spend.load()
        comparison.load()
        obligations.load()
        learnings.load(DATA_DIR)
        rounds.load(learnings.YEAR)
        publishing.load(learnings.YEAR)
        site.load(by=by)
        papers.load(by=by)
    site.write_welcome()


def publish() -> None:
    """Make the documents of the example's cases and publish them; a case that has been public before is left as it is.

    Raises ValidationError when documents cannot be made, or the case may not be published.
    """
    for case in CommitteeCase.objects.filter(slug__in=papers.slugs()).order_by("dated_on"):
        if page_of(case) is None:
            _publish(case)


def _publish(case: CommitteeCase) -> None:
    snapshot = make_documents_now(case, by=case.case_officer)
    if obstacles := publish_obstacles(case):
        raise ValidationError(obstacles)
    publish_snapshot(snapshot, slug=case.slug, by=case.case_officer)


def _require_loopback() -> None:
    host = urlsplit(settings.PUBLIC_URL).hostname or ""
    if not _is_loopback(host):
        raise ValidationError(
            _(
                "The example is not loaded, because the site's address is %(address)s: others could reach it, and the example's "
                "passwords are known to everybody. Set PUBLIC_URL to an address of this machine, or use --force."
            )
            % {"address": settings.PUBLIC_URL}
        )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
