"""Write the rules that figures are counted by, and turn them into the definitions that a count uses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from records.services import Related, save_record
from results.deriving.definitions import Attribution, Definitions, PlanRule, Rule, WeekRule, normal_code
from results.enums import CountedBy, MeasureKind, PersonRule
from results.models import CodeGroup, CountingRule, Measure, MeasureVersion, Observation, RegisterCode

ATTRIBUTIONS = {PersonRule.LAST_COURSE: Attribution.LAST, PersonRule.ANY_COURSE: Attribution.ANY}
# What may be changed when figures are counted by the version: nothing that decides.
FREE = {"id", "is_used", "note", "order", "name", "column_label", "valid_from", "valid_to"}
GROUPS = ("yes_groups", "employed_groups", "censored_groups")


def definitions_in_use() -> Definitions:
    """Return every rule that is counted and the group of each code. Five queries.

    Raises ValidationError when no rule is counted.
    """
    rules = tuple(map(_rule, CountingRule.objects.filter(is_used=True).prefetch_related(*GROUPS)))
    if not rules:
        raise ValidationError(_("No counting rule is in use. Switch one on in the list of counting rules."))
    codes = RegisterCode.objects.values_list("code", "group__code")
    return Definitions(rules, {normal_code(code): group for code, group in codes})


@transaction.atomic
def save_counting_rule(
    rule: CountingRule, *, related: Related | None = None, reason: str = "", by: User | None
) -> CountingRule:
    """Save a rule. Once figures are counted by it, what decides stands.

    Raises ValidationError: a changed rule is a new version, or old figures would be called something else.
    """
    if rule.pk:
        before = CountingRule.objects.select_for_update().get(pk=rule.pk)
        if _decides_otherwise(before, rule, related or {}) and _has_figures(before):
            raise ValidationError(
                _("Figures are already counted by this version, so its rule stands. Make a new version instead.")
            )
    return save_record(rule, related=related, reason=reason, by=by)


@transaction.atomic
def save_register_code(
    code: RegisterCode, *, related: Related | None = None, reason: str = "", by: User | None
) -> RegisterCode:
    """Save a code. While figures are counted by rules in use that read its group, the code stays in it.

    Raises ValidationError: figures of one version would be counted by two rules.
    """
    if code.pk:
        before = RegisterCode.objects.select_for_update().get(pk=code.pk)
        if (before.code, before.group_id) != (code.code, code.group_id):
            rules = [rule for rule in _reading({before.group_id, code.group_id}) if _has_figures(rule)]
            if rules:
                raise ValidationError(
                    _(
                        "Figures are counted with the code in its group by %(rules)s, so it stays there. Make a new version of "
                        "the rule, and switch this one off first."
                    )
                    % {"rules": "; ".join(map(str, rules))}
                )
    return save_record(code, related=related, reason=reason, by=by)


def ensure_versions(rules: Iterable[Rule], *, by: User | None) -> None:
    """Register the measure and the version of each rule, when they are not there yet, so that its figures can be saved."""
    for rule in rules:
        row = CountingRule.objects.get(measure_code=rule.measure, version=rule.version)
        measure = Measure.objects.filter(code=rule.measure).first() or save_record(
            Measure(
                code=row.measure_code,
                name=row.name,
                column_label=row.column_label,
                kind=MeasureKind.SHARE,
                order=row.order,
            ),
            by=by,
        )
        if not measure.versions.filter(code=rule.version).exists():
            save_record(_version(measure, row), by=by)


def _rule(row: CountingRule) -> Rule:
    facts: dict[str, Any] = {
        "measure": row.measure_code,
        "version": row.version,
        "months": row.window_months,
        "attribution": ATTRIBUTIONS[PersonRule(row.person_rule)],
    }
    if row.counted_by == CountedBy.PLAN_DATE:
        return PlanRule(**facts)
    return WeekRule(
        **facts,
        yes=_codes(row.yes_groups.all()),
        yes_if_employed=_codes(row.employed_groups.all()),
        blank_if_employed=row.blank_with_work,
        censored=_codes(row.censored_groups.all()),
    )


def _codes(groups: Iterable[CodeGroup]) -> frozenset[str]:
    return frozenset(group.code for group in groups)


def _decides_otherwise(
    before: CountingRule, after: CountingRule, related: Mapping[str, Iterable[models.Model]]
) -> bool:
    names = [field.attname for field in before._meta.concrete_fields if field.name not in FREE]
    if any(getattr(before, name) != getattr(after, name) for name in names):
        return True
    return any(
        {group.pk for group in related[name]} != {group.pk for group in getattr(before, name).all()}
        for name in GROUPS
        if name in related
    )


def _reading(group_ids: set[int]) -> list[CountingRule]:
    reads = Q()
    for name in GROUPS:
        reads |= Q(**{f"{name}__in": group_ids})
    return list(CountingRule.objects.filter(reads, is_used=True).distinct())


def _has_figures(rule: CountingRule) -> bool:
    return Observation.objects.filter(
        measure_version__measure__code=rule.measure_code, measure_version__code=rule.version
    ).exists()


def _version(measure: Measure, row: CountingRule) -> MeasureVersion:
    window = ngettext(
        "%(count)s month after the course ended", "%(count)s months after the course ended", row.window_months
    )
    return MeasureVersion(
        measure=measure,
        code=row.version,
        window=window % {"count": row.window_months},
        population=row.get_population_display(),
        counts=_what_counts(row),
        method_note=row.note,
        totals_are_unique_persons=True,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _what_counts(row: CountingRule) -> str:
    if row.counted_by == CountedBy.PLAN_DATE:
        return _("A plan dated from the start of the course to the end of the window")
    always = [str(group) for group in row.yes_groups.all()]
    with_work = [str(group) for group in row.employed_groups.all()]
    with_work += [_("no benefit")] if row.blank_with_work else []
    parts = [_("Groups: %(names)s") % {"names": ", ".join(always)}] if always else []
    parts += [_("with a branch of work: %(names)s") % {"names": ", ".join(with_work)}] if with_work else []
    return "; ".join(parts)[:300]
