"""Originals are made from the nearest one, and the first rows come back before every transactional test."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from wagtail.models import Page, Site

from tests.databases import nearest, sources


def without(number: int) -> dict[str, str]:
    return dict(list(sources().items())[number:])


def test_an_original_is_made_from_the_one_that_lacks_least():
    assert nearest({"far": without(9), "near": without(2), "nearer": without(1)}) == "nearer"


def test_an_original_of_other_migrations_or_packages_is_no_beginning():
    altered = {**without(1), "django": "1.0"}
    more = {**without(1), "contracts/migrations/0099_gone.py": "0"}
    assert nearest({"altered": altered, "more": more, "unfinished": {}}) is None


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("is_written_anew", [False, True])
def test_first_rows_come_back_with_their_numbers(is_written_anew: bool):
    groups = set(Group.objects.values_list("pk", flat=True))
    before = dict(ContentType.objects.values_list("pk", "model"))
    call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True, reset_sequences=False)
    ContentType.objects.clear_cache()
    if is_written_anew:
        ContentType.objects.create(app_label="wagtailcore", model="page")

    connection.creation.deserialize_db_from_string(connection._test_serialized_contents)

    assert dict(ContentType.objects.values_list("pk", "model")) == before
    assert Site.objects.get().root_page.specific
    assert Page.objects.filter(depth=1).count() == 1
    assert Group.objects.create(name="en til").pk not in groups
