"""A site with its pages, for every test of the public face."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from cms.models import CaseIndexPage, HomePage
from cms.services import ensure_site


@pytest.fixture
def site(db: None) -> HomePage:
    """The made-up municipality's site; nothing is cached from another test."""
    cache.clear()
    return ensure_site("Fjordby Kommune", department="Arbejdsmarkedsforvaltningen", phone="70 00 00 00")


@pytest.fixture
def case_index(site: HomePage) -> CaseIndexPage:
    return CaseIndexPage.objects.get()
