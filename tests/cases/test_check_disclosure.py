"""A paper is attacked before it leaves, together with all that is public."""

from __future__ import annotations

import pytest

from accounts.models import User
from cases.assembly.paper import assemble
from cases.checks.paper import check
from cases.models import CommitteeCase
from cases.queries import publish_obstacles
from cases.services import approve, make_documents
from results.disclosure import publications
from results.models import Observation
from tests.cases.papers import EDUCATION, case_with, measure_with, results_block
from tests.cases.test_checks import TODAY
from tests.cases.test_services import finish
from tests.factories import DeliveryFactory, FrameworkAgreementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch) -> list[dict]:
    papers: list[dict] = []
    monkeypatch.setattr(publications, "_sources", {"test": publications.Source("test", lambda: papers)})
    return papers


@pytest.fixture
def case() -> CommitteeCase:
    framework, delivery = FrameworkAgreementFactory(), DeliveryFactory()
    measure = measure_with("education_2m", EDUCATION, (6065, 15), framework=framework, delivery=delivery)
    return case_with(results_block([measure], framework))


def leaks(case: CommitteeCase) -> list[str]:
    newest = case.newest_text()
    return [each.message for each in check(assemble(newest), newest, today=TODAY) if each.code == "leak"]


def shown_before(outcomes: int) -> dict:
    figure = Observation.objects.get(outcomes=outcomes)
    return {f"observation-{figure.pk}": {"kind": "observation", "hidden_values": []}}


def test_a_paper_hides_around_what_is_public_already(case: CommitteeCase, public: list[dict]) -> None:
    public.append(shown_before(5))
    assert leaks(case) == []
    hidden = {
        entry["values"]["outcomes"]
        for entry in assemble(case.newest_text()).evidence.values()
        if "outcomes" in entry["hidden_values"]
    }
    assert hidden == {1, 9}


def test_what_is_published_after_the_freeze_keeps_a_paper_back(
    case: CommitteeCase, public: list[dict], director: User
) -> None:
    case = approve(case, by=director)
    make_documents(case, by=None)
    finish(case)
    before = publish_obstacles(case)
    public.append(shown_before(5))
    (obstacle,) = [each for each in publish_obstacles(case) if each not in before]
    assert obstacle.startswith("Det skjulte tal for “education_2m”, ")
    assert "Udelad rækken eller tabellen" in obstacle


def test_a_leak_names_the_table(case: CommitteeCase, public: list[dict], monkeypatch: pytest.MonkeyPatch) -> None:
    """The decision would hide more; a paper frozen before does not, so its evidence is checked as it stands."""
    from cases.checks import disclosure

    newest = case.newest_text()
    paper = assemble(newest)
    public.append(shown_before(5))
    (finding,) = disclosure.check_disclosure(paper, newest, TODAY)
    assert finding.is_blocking
    assert finding.message.startswith("Tabel “")
    assert finding.block_id
