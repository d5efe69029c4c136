import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import CommitteeCase
from cms.models import CasePage
from cms.services import publish_snapshot
from cms.wagtail_hooks import CaseAction, publication_actions
from documents.models import Snapshot
from documents.services.snapshots import freeze
from tests.cms.papers import fact_sheet, with_files
from tests.conftest import client_for
from tests.factories import CommitteeCaseFactory

pytestmark = pytest.mark.usefixtures("site")


def approved_case() -> CommitteeCase:
    """Return a case that nothing keeps from being published."""
    case = CommitteeCaseFactory(slug="faktaark-2023", live=True, has_unpublished_changes=False)
    snapshot = freeze(case, fact_sheet(), {}, findings=[], data_as_of=dt.date(2023, 5, 2), by=None)
    with_files(snapshot)
    case.approved_digest = snapshot.digest
    case.save()
    return case


def publish_address(case: CommitteeCase) -> str:
    return reverse("cms_publish_case", args=[case.pk])


def withdraw_address(case: CommitteeCase) -> str:
    return reverse("cms_withdraw_case", args=[case.pk])


def actions(rf, user, case: CommitteeCase) -> list[CaseAction]:
    request = rf.get("/admin/")
    request.user = user
    return publication_actions(request, case)


def test_publish_asks_first_and_then_makes_the_page(officer_client: Client):
    case = approved_case()
    assert officer_client.get(publish_address(case)).status_code == 200
    assert not CasePage.objects.exists()

    response = officer_client.post(publish_address(case))
    assert response.headers["Location"] == case.get_absolute_url()
    assert CasePage.objects.get().url == "/sager/faktaark-2023/"


def test_publish_of_a_case_that_is_not_approved_says_why_and_makes_nothing(officer_client: Client):
    case = approved_case()
    CommitteeCase.objects.filter(pk=case.pk).update(live=False)
    assert '<button type="submit" class="button">' not in officer_client.get(publish_address(case)).content.decode()
    officer_client.post(publish_address(case))
    assert not CasePage.objects.exists()


def test_publish_of_what_is_public_already_offers_nothing_to_send(officer_client: Client):
    case = approved_case()
    publish_snapshot(Snapshot.objects.of(case).get(), slug=case.slug, by=None)
    html = officer_client.get(publish_address(case)).content.decode()
    assert 'href="/sager/faktaark-2023/"' in html
    assert '<button type="submit" class="button">' not in html


def test_publish_by_those_who_may_not(reader_client: Client, supplier_client: Client, client: Client):
    address = publish_address(approved_case())
    assert reader_client.post(address).status_code in {302, 403}
    assert supplier_client.post(address).status_code in {302, 403, 404}
    assert client.post(address).headers["Location"].startswith("/konto/login/")
    assert not CasePage.objects.exists()


def test_publish_refuses_other_verbs_and_unknown_cases(officer_client: Client):
    assert officer_client.put(publish_address(approved_case())).status_code == 405
    assert officer_client.get(reverse("cms_publish_case", args=[999])).status_code == 404


def test_withdraw_wants_a_reason_and_takes_the_page_down(officer_client: Client):
    case = approved_case()
    publish_snapshot(Snapshot.objects.of(case).get(), slug=case.slug, by=None)

    assert officer_client.get(withdraw_address(case)).status_code == 200
    assert officer_client.post(withdraw_address(case), {"reason": " "}).status_code == 200
    assert CasePage.objects.get().live
    officer_client.post(withdraw_address(case), {"reason": "Tallene var forkerte."})
    assert not CasePage.objects.get().live


def test_withdraw_of_a_case_that_is_not_public_leads_back(officer_client: Client):
    case = approved_case()
    response = officer_client.get(withdraw_address(case))
    assert response.headers["Location"] == case.get_absolute_url()


def test_actions_follow_the_state_of_the_case(rf, officer):
    case = approved_case()
    publish = CaseAction(label="Publish …", url=publish_address(case), is_primary=True, method="get")
    before = actions(rf, officer, case)
    assert [(each.url, each.is_primary, each.method) for each in before] == [(publish.url, True, "get")]

    publish_snapshot(Snapshot.objects.of(case).get(), slug=case.slug, by=None)
    after = actions(rf, officer, case)
    assert [(each.url, each.is_primary) for each in after] == [
        ("/sager/faktaark-2023/", False),
        (withdraw_address(case), False),
    ]


def test_actions_of_a_reader_are_only_to_look(rf, reader):
    case = approved_case()
    assert actions(rf, reader, case) == []
    publish_snapshot(Snapshot.objects.of(case).get(), slug=case.slug, by=None)
    assert [each.url for each in actions(rf, reader, case)] == ["/sager/faktaark-2023/"]


def test_page_of_a_case_shows_the_button(officer):
    case = approved_case()
    assert publish_address(case) in client_for(officer).get(case.get_absolute_url()).content.decode()


def test_actions_cost_the_same_however_many_versions(rf, officer):
    case = approved_case()
    counts = []
    for number in range(3):
        snapshot = freeze(case, fact_sheet(title=f"Udgave {number}"), {}, findings=[], data_as_of=None, by=None)
        with_files(snapshot)
        publish_snapshot(snapshot, slug=case.slug, by=None)
        with CaptureQueriesContext(connection) as captured:
            actions(rf, officer, case)
        counts.append(len(captured))
    assert counts[1] == counts[2]  # the first looks up content types, roles and the site's root
