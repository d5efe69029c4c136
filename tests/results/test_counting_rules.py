"""Counting rules: the first ones, what they become, and what stands once figures are counted by them."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from results.deriving.definitions import Attribution, PlanRule, WeekRule
from results.enums import PersonRule
from results.models import CodeGroup, CountingRule, MeasureVersion, RegisterCode
from results.services.counting_rules import (
    definitions_in_use,
    ensure_versions,
    save_counting_rule,
    save_register_code,
)
from tests.factories import MeasureFactory, MeasureVersionFactory, ObservationFactory

pytestmark = pytest.mark.django_db


def codes_of(group: str) -> set[str]:
    return set(RegisterCode.objects.filter(group__code=group).values_list("code", flat=True))


def test_the_first_groups_are_those_of_the_definitions() -> None:
    assert codes_of("fleksjob") == {"771", "774"}
    assert codes_of("beskaeftigelse") == {"121", "122", "123"}
    assert codes_of("uddannelse") == {"651", "652", "661", "521"}
    assert codes_of("forladt") == {"997", "998", "999"}
    assert RegisterCode.objects.count() == 136
    assert set(RegisterCode.objects.filter(confidence="low").values_list("group__code", flat=True)) == {"jobafklaring"}


def test_the_first_rules_become_definitions() -> None:
    definitions = definitions_in_use()
    job, education, plan = definitions.rules
    assert job == WeekRule(
        "job_2m",
        "1",
        2,
        yes=frozenset({"fleksjob"}),
        yes_if_employed=frozenset({"beskaeftigelse"}),
        blank_if_employed=True,
        censored=frozenset({"forladt"}),
    )
    assert education == WeekRule(
        "education_2m",
        "1",
        2,
        yes=frozenset({"uddannelse"}),
        yes_if_employed=frozenset(),
        blank_if_employed=False,
        censored=frozenset({"forladt"}),
    )
    assert plan == PlanRule("plan_6m", "1", 6, Attribution.ANY)
    assert definitions.group_of_code["771"] == "fleksjob"


def test_the_digest_changes_with_what_decides() -> None:
    before = definitions_in_use().digest
    assert definitions_in_use().digest == before
    RegisterCode.objects.filter(code="890").update(group=CodeGroup.objects.get(code="fleksjob"))
    assert definitions_in_use().digest != before


def test_a_rule_that_is_switched_off_is_not_counted() -> None:
    CountingRule.objects.exclude(measure_code="plan_6m").update(is_used=False)
    assert [rule.measure for rule in definitions_in_use().rules] == ["plan_6m"]
    CountingRule.objects.update(is_used=False)
    with pytest.raises(ValidationError):
        definitions_in_use()


def test_a_rule_with_figures_stands() -> None:
    rule = CountingRule.objects.get(measure_code="job_2m")
    rule.window_months = 3
    save_counting_rule(rule, by=None)
    measure = MeasureFactory(code="job_2m")
    ObservationFactory(measure_version=MeasureVersionFactory(measure=measure, code="1"))
    rule.window_months = 2
    with pytest.raises(ValidationError):
        save_counting_rule(rule, by=None)
    rule.refresh_from_db()
    with pytest.raises(ValidationError):
        save_counting_rule(rule, related={"yes_groups": []}, by=None)
    rule.note = "Noten må rettes."
    assert save_counting_rule(rule, related={"yes_groups": rule.yes_groups.all()}, by=None).note == "Noten må rettes."


def test_a_code_stays_in_its_group_while_figures_are_counted_with_it() -> None:
    flex, other = RegisterCode.objects.get(code="774"), CodeGroup.objects.get(code="sygedagpenge")
    measure = MeasureFactory(code="job_2m")
    ObservationFactory(measure_version=MeasureVersionFactory(measure=measure, code="1"))
    flex.group = other
    with pytest.raises(ValidationError, match="774|job|Figures|tal"):
        save_register_code(flex, by=None)
    sick = RegisterCode.objects.get(code="890")
    sick.group = CodeGroup.objects.get(code="fleksjob")
    with pytest.raises(ValidationError):
        save_register_code(sick, by=None)
    flex.refresh_from_db()
    flex.note = "Set i 2022."
    assert save_register_code(flex, by=None).note == "Set i 2022."
    # between groups that no rule reads, and as a new code, it may
    sick.group = CodeGroup.objects.get(code="barsel")
    assert save_register_code(sick, by=None).group.code == "barsel"
    new = RegisterCode(code="779", label="Nyt", group=flex.group)
    assert save_register_code(new, by=None).pk
    # a version that is switched off counts no more
    CountingRule.objects.filter(measure_code="job_2m").update(is_used=False)
    flex.group = other
    assert save_register_code(flex, by=None).group == other


def test_a_new_version_is_a_new_rule() -> None:
    rule = CountingRule.objects.get(measure_code="plan_6m")
    rule.pk, rule.version, rule.person_rule = None, "2", PersonRule.LAST_COURSE
    save_counting_rule(rule, by=None)
    assert [(one.version, one.attribution) for one in definitions_in_use().rules if one.measure == "plan_6m"] == [
        ("1", Attribution.ANY),
        ("2", Attribution.LAST),
    ]


def test_measures_and_versions_are_registered_once() -> None:
    rules = definitions_in_use().rules
    ensure_versions(rules, by=None)
    ensure_versions(rules, by=None)
    versions = {version.measure.code: version for version in MeasureVersion.objects.select_related("measure")}
    assert sorted(versions) == ["education_2m", "job_2m", "plan_6m"]
    assert versions["job_2m"].window == "2 måneder efter afsluttet forløb"
    assert "Fleksjob" in versions["job_2m"].counts


def test_an_imported_definition_of_the_same_measure_is_left_alone() -> None:
    measure = MeasureFactory(code="job_2m", name="I job")
    MeasureVersionFactory(measure=measure, code="faktaark-2023")
    ensure_versions(definitions_in_use().rules, by=None)
    measure.refresh_from_db()
    assert measure.name == "I job"
    assert sorted(measure.versions.values_list("code", flat=True)) == ["1", "faktaark-2023"]


@pytest.mark.parametrize("register", ["results_code_group", "results_register_code", "results_counting_rule"])
def test_the_registers_are_read_by_all_and_written_by_editors(register, officer_client, reader_client) -> None:
    assert officer_client.get(reverse(f"{register}:index")).status_code == 200
    assert reader_client.get(reverse(f"{register}:index")).status_code == 200
    assert officer_client.get(reverse(f"{register}:add")).status_code == 200
    assert reader_client.get(reverse(f"{register}:add")).status_code in {302, 403}


def test_a_rule_is_changed_on_its_page(officer_client) -> None:
    rule = CountingRule.objects.get(measure_code="job_2m")
    answer = officer_client.get(reverse("results_counting_rule:edit", args=[rule.pk]))
    assert "Fleksjob" in answer.content.decode()
