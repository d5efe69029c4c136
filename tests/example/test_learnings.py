from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from contracts.models import ObligationOccurrence
from example.learnings import load
from learnings import models
from learnings.queries import main_points, quotes, recommendations, round_summary
from learnings.rules import count_word
from tests.factories import ContractFactory, DecisionFactory, LotFactory, SupplierFactory, TargetGroupFactory
from tests.learnings.world import owe

pytestmark = pytest.mark.django_db

DATA = Path(__file__).resolve().parents[2] / "example" / "data"
TRACKED = [models.Round, models.Question, models.ExperienceReport, models.Theme, models.Excerpt, models.MainPoint]
TRACKED += [models.Recommendation, models.Reply, models.Initiative, models.CodeBook]


@pytest.fixture
def register() -> None:
    """What the round needs of the register, read from the same file as the example's own loader reads."""
    with (DATA / "register.toml").open("rb") as stream:
        data = tomllib.load(stream)
    groups = {code: TargetGroupFactory(code=code, name=name) for code, name in data["target_groups"].items()}
    lots = {code: LotFactory(code=code, name=row["name"]) for code, row in data["lots"].items()}
    for code, row in data["lots"].items():
        lots[code].target_groups.set([groups[group] for group in row["target_groups"]])
    suppliers = {
        key: SupplierFactory(cvr=row["cvr"], name=row["name"], short_name=row["short_name"])
        for key, row in data["suppliers"].items()
    }
    for row in data["contracts"].values():
        contract = ContractFactory(
            supplier=suppliers[row["supplier"]], lot=lots[row["lot"]], starts_on=row["starts_on"]
        )
        owe(contract)
    DecisionFactory(code="leverandoerperspektiv")


def footprint() -> dict[str, int]:
    counts = {model.__name__: model.objects.count() for model in (*TRACKED, models.ReportVersion, models.Answer)}
    return counts | {f"history of {model.__name__}": model.history.count() for model in TRACKED}


def test_eight_suppliers_handed_in_and_none_is_missing(register: None) -> None:
    load(DATA)

    summary = round_summary(models.Round.objects.get(year=2024))
    assert (len(summary.submitted), summary.missing) == (8, ())
    assert ObligationOccurrence.objects.filter(state="fulfilled").count() == 13


def test_loading_twice_changes_nothing(register: None) -> None:
    load(DATA)
    before = footprint()

    load(DATA)

    assert footprint() == before
    assert before["ReportVersion"] == before["ExperienceReport"] == 8


def test_every_point_rests_on_evidence_and_is_counted_in_suppliers(register: None) -> None:
    load(DATA)
    loaded = models.Round.objects.get(year=2024)

    for row in (*main_points(loaded), *recommendations(loaded)):
        assert 1 <= row.n <= row.m == 8
        assert row.n == len({quote.supplier for quote in quotes(row.excerpt_ids)})
        assert row.support.outdated_excerpt_ids == ()
        assert row.support.word == count_word(row.n, row.m)


def test_every_recommendation_has_a_reply(register: None) -> None:
    load(DATA)

    replies = [row.reply for row in recommendations(models.Round.objects.get(year=2024))]

    assert replies
    assert None not in replies
    assert {reply.kind for reply in replies if reply} == {"follow", "partly", "not"}


def test_a_report_keeps_when_and_by_whom_it_was_handed_in(register: None) -> None:
    load(DATA)

    version = models.ReportVersion.objects.get(report__supplier__short_name="Havgård")
    assert version.submitted_at == dt.datetime(2024, 3, 19, 13, 12, tzinfo=dt.UTC)
    assert version.handed_in_by


def test_what_people_did_to_the_round_since_stays(register: None) -> None:
    load(DATA)
    point = models.MainPoint.objects.all()[0]
    point.delete()

    load(DATA)

    assert not models.MainPoint.objects.filter(heading=point.heading).exists()
