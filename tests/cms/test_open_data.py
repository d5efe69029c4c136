"""The addresses of open data on the public site."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import ContractFactory, FrameworkAgreementFactory

pytestmark = pytest.mark.django_db


def body(response) -> bytes:
    return b"".join(response.streaming_content)


@pytest.fixture
def contract():
    return ContractFactory(lot__framework__code="ramme", lot__framework__name="Rammen")


def test_the_package_holds_a_release_for_each_framework(client: Client, contract) -> None:
    ContractFactory(lot__framework__code="anden")
    FrameworkAgreementFactory(code="tom")
    response = client.get(reverse("cms:ocds_package"))
    package = json.loads(body(response))
    assert (package["version"], len(package["extensions"]), package["uri"]) == (
        "1.1",
        2,
        "http://testserver/aabne-data/ocds.json",
    )
    assert {release["ocid"] for release in package["releases"]} == {"ocds-000000-ramme", "ocds-000000-anden"}
    assert response["Cache-Control"] == "public, max-age=3600"


def test_one_framework_is_a_package_of_its_own(client: Client, contract) -> None:
    package = json.loads(body(client.get(reverse("cms:ocds_release", args=["ramme"]))))
    assert [release["ocid"] for release in package["releases"]] == ["ocds-000000-ramme"]
    FrameworkAgreementFactory(code="tom")
    assert client.get(reverse("cms:ocds_release", args=["tom"])).status_code == 404


def test_without_contracts_the_package_is_empty_and_valid_json(client: Client) -> None:
    assert json.loads(body(client.get(reverse("cms:ocds_package"))))["releases"] == []


def test_the_archive_is_the_package_and_the_same_each_time(client: Client, contract) -> None:
    first, second = (body(client.get(reverse("cms:ocds_archive"))) for _time in range(2))
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.namelist() == ["ocds.json"]
        assert json.loads(archive.read("ocds.json"))["releases"]
    assert first == second


def test_what_has_not_changed_is_not_sent_again(client: Client, contract) -> None:
    etag = client.get(reverse("cms:ocds_package"))["ETag"]
    assert client.get(reverse("cms:ocds_package"), headers={"If-None-Match": etag}).status_code == 304
    contract.value_dkk = 5
    contract.save()
    assert client.get(reverse("cms:ocds_package"), headers={"If-None-Match": etag}).status_code == 200


def test_the_page_lists_what_there_is(client: Client, contract) -> None:
    page = client.get(reverse("cms:open_data")).content.decode()
    assert "Rammen (JSON)" in page
    assert reverse("cms:ocds_archive") in page


def test_nothing_is_written(client: Client) -> None:
    assert client.post(reverse("cms:ocds_package")).status_code == 405
