"""What was ever public is read once for each version, however many there are."""

import pytest

from cms.models import CaseIndexPage
from cms.queries import published as queries
from cms.services import publish_snapshot
from tests.cms.papers import fact_sheet, frozen
from tests.factories import SupplierFactory


@pytest.mark.parametrize("papers", [1, 3])
def test_query_count_is_the_same_however_much_is_public(
    case_index: CaseIndexPage, django_assert_num_queries, monkeypatch: pytest.MonkeyPatch, papers: int
):
    monkeypatch.setattr(queries, "_read", {})
    for number in range(papers):
        publish_snapshot(frozen(fact_sheet(), SupplierFactory()), slug=f"faktaark-{number}", by=None)
    with django_assert_num_queries(2):
        assert len(queries.public_evidence()) == papers
    with django_assert_num_queries(1):
        queries.public_evidence()
    publish_snapshot(frozen(fact_sheet(), SupplierFactory()), slug="faktaark-ny", by=None)
    with django_assert_num_queries(2):
        assert len(queries.public_evidence()) == papers + 1
    assert len(queries._read) == papers + 1
