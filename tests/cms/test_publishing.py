import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import PageLogEntry

from accounts.models import User
from cms.models import CaseIndexPage, CasePage, HomePage, PublishedSnapshot
from cms.services import publish_snapshot, withdraw_case
from documents.enums import Audience, Format
from documents.models import Rendition
from tests.cms.papers import SECRET_COUNT, fact_sheet, frozen, recommendation
from tests.factories import SupplierFactory


def published(document=None, subject=None, *, slug: str = "faktaark-2023", by: User | None = None) -> CasePage:
    return publish_snapshot(frozen(document or fact_sheet(), subject or SupplierFactory()), slug=slug, by=by)


def test_publish_makes_a_live_page_from_the_public_paper(case_index: CaseIndexPage, officer: User):
    page = published(by=officer)

    assert (page.live, page.url, page.title) == (True, "/sager/faktaark-2023/", "Faktaark om rammeaftalerne 2023")
    assert (str(page.dated_on), page.committee_name) == ("2023-08-07", "Arbejdsmarkedsudvalget")
    assert page.summary.startswith("Faktaarket viser")
    assert SECRET_COUNT not in page.text
    record = page.published_snapshots.get()
    assert (record.snapshot, record.published_by, record.withdrawn_at) == (page.snapshot, officer, None)


def test_publish_twice_changes_nothing(case_index: CaseIndexPage):
    subject = SupplierFactory()
    first = published(subject=subject)
    again = published(subject=subject)
    assert (again.pk, again.last_published_at) == (first.pk, first.last_published_at)
    assert PublishedSnapshot.objects.count() == 1


def test_publish_a_new_version_keeps_the_address_and_the_old_version(case_index: CaseIndexPage):
    subject = SupplierFactory()
    first = published(subject=subject)
    second = published(fact_sheet(title="Faktaark, rettet"), subject, slug="et-andet-navn")
    assert second.pk == first.pk
    assert (second.slug, second.title, second.snapshot.number) == ("faktaark-2023", "Faktaark, rettet", 2)
    assert [each.snapshot.number for each in second.published_snapshots.public()] == [2, 1]


def test_publish_refuses_a_version_older_than_the_public_one(case_index: CaseIndexPage):
    subject = SupplierFactory()
    old = frozen(fact_sheet(), subject)
    published(fact_sheet(title="Faktaark, rettet"), subject)
    with pytest.raises(ValidationError, match="2"):
        publish_snapshot(old, slug="faktaark-2023", by=None)


@pytest.mark.parametrize("missing", list(Format))
def test_publish_refuses_without_every_public_document(case_index: CaseIndexPage, missing: Format):
    snapshot = frozen(fact_sheet(), SupplierFactory())
    Rendition.objects.filter(snapshot=snapshot, audience=Audience.PUBLIC, format=missing).delete()
    with pytest.raises(ValidationError):
        publish_snapshot(snapshot, slug="faktaark-2023", by=None)
    assert not CasePage.objects.exists()


def test_publish_refuses_an_address_that_is_taken(case_index: CaseIndexPage):
    published()
    with pytest.raises(ValidationError, match="faktaark-2023"):
        published(recommendation(), slug="faktaark-2023")
    assert CasePage.objects.count() == 1


def test_publish_refuses_where_there_is_no_list_of_cases(db: None):
    with pytest.raises(ValidationError):
        published()


def test_withdraw_takes_down_every_version_and_keeps_the_reason(case_index: CaseIndexPage, officer: User):
    subject = SupplierFactory()
    published(subject=subject)
    page = published(fact_sheet(title="Faktaark, rettet"), subject)
    withdraw_case(page, reason="  Tallene var forkerte.  ", by=officer)

    page.refresh_from_db()
    assert not page.live
    assert not page.published_snapshots.public().exists()
    assert {(each.withdrawal_reason, each.withdrawn_by) for each in page.published_snapshots.all()} == {
        ("Tallene var forkerte.", officer)
    }
    assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.unpublish", user=officer).exists()


def test_withdraw_refuses_without_a_reason(case_index: CaseIndexPage):
    page = published()
    with pytest.raises(ValidationError):
        withdraw_case(page, reason=" ", by=None)
    page.refresh_from_db()
    assert page.live


def test_publish_again_after_withdrawal_shows_only_what_was_published_since(case_index: CaseIndexPage):
    subject = SupplierFactory()
    published(subject=subject)
    page = published(fact_sheet(title="Faktaark, rettet"), subject)
    withdraw_case(page, reason="Fejl", by=None)
    page = published(fact_sheet(title="Faktaark, rettet"), subject)
    assert page.live
    assert [each.snapshot.number for each in page.published_snapshots.public()] == [2]
    assert page.published_snapshots.count() == 3


def test_withdrawal_without_reason_is_refused_by_the_database(case_index: CaseIndexPage):
    record = published().published_snapshots.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        PublishedSnapshot.objects.filter(pk=record.pk).update(withdrawn_at=timezone.now())


def test_nobody_takes_a_case_down_from_the_page_tree(case_index: CaseIndexPage, site: HomePage):
    chief = User.objects.create_superuser("chef@kommune.example")
    may = published().permissions_for_user(chief)
    assert not any(
        (may.can_delete(), may.can_unpublish(), may.can_edit(), may.can_move(), may.can_copy(), may.can_publish())
    )
    for kept in (site, case_index):
        may = kept.permissions_for_user(chief)
        assert (may.can_edit(), may.can_delete(), may.can_unpublish(), may.can_move()) == (True, False, False, False)
