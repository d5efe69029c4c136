"""Small cases for tests: a template, a text, and the records that its live blocks show."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from accounts.models import User
from cases.blocks import CaseBody
from cases.models import CaseTemplate, CommitteeCase
from results.enums import Unit
from results.models import Measure, Observation
from tests.factories import (
    BenefitGroupFactory,
    CaseTemplateFactory,
    CommitteeCaseFactory,
    DeliveryFactory,
    FrameworkAgreementFactory,
    MeasureFactory,
    MeasureVersionFactory,
    ObservationFactory,
    TemplateSectionFactory,
)

YEAR = {"period_start": dt.date(2022, 1, 1), "period_end": dt.date(2022, 12, 31)}
EDUCATION = (
    ("aktivitetsparate", 1286, 5),
    ("ressourceforloeb", 1236, 1),
    ("sygemeldte", 3393, 9),
    ("ledighedsydelse", 175, 0),
)
JOB = (
    ("aktivitetsparate", 1286, 62),
    ("ressourceforloeb", 1236, 8),
    ("sygemeldte", 3393, 206),
    ("ledighedsydelse", 175, 24),
)


def measure_with(
    code: str, rows: tuple[tuple[str, int, int], ...], total: tuple[int, int], *, framework: Any, delivery: Any
) -> Measure:
    """Return a measure with a figure for each benefit group and a total of unique persons."""
    measure = MeasureFactory(code=code, name=code, column_label=f"Borgere med {code}")
    version = MeasureVersionFactory(measure=measure, totals_are_unique_persons=True)
    common = {"measure_version": version, "delivery": delivery, "framework": framework, "unit": Unit.PERSONS, **YEAR}
    for order, (group, base, outcomes) in enumerate(rows):
        benefit_group = _group(group, order)
        ObservationFactory(**common, benefit_group=benefit_group, denominator=base, outcomes=outcomes)
    ObservationFactory(**common, benefit_group=None, denominator=total[0], outcomes=total[1])
    return measure


def _group(code: str, order: int) -> Any:
    from results.models import BenefitGroup

    found = BenefitGroup.objects.filter(code=code).first()
    return found or BenefitGroupFactory(code=code, name=code.capitalize(), order=order)


def section_block(section: Any, *content: dict[str, Any], answers: tuple[int, ...] = ()) -> dict[str, Any]:
    return {
        "type": "section",
        "id": f"00000000-0000-4000-8000-{section.pk:012d}",
        "value": {"section": section.pk, "heading": "", "answers": list(answers), "content": list(content)},
    }


def text_block(text: str, *marks: dict[str, Any]) -> dict[str, Any]:
    return {"type": "text", "id": str(uuid.uuid4()), "value": {"text": text, "marks": list(marks)}}


def typed_block(cells: str, **value: Any) -> dict[str, Any]:
    filled = {"name": "tabel", "caption": "Tabel over tal", "cells": cells, "source": "Fasit", "note": ""}
    return {"type": "typed_table", "id": str(uuid.uuid4()), "value": {**filled, "is_unique_persons": False, **value}}


def results_block(measures: list[Measure], framework: Any, **value: Any) -> dict[str, Any]:
    filled = {
        "name": "tabel-resultater",
        "caption": "Resultater",
        "measures": [measure.pk for measure in measures],
        "period": "2022",
        "framework": framework.pk,
        "lot": None,
        "is_by_supplier": False,
        "base_label": "Borgere i forløb",
        "note": "",
    }
    return {"type": "results_table", "id": str(uuid.uuid4()), "value": {**filled, **value}}


def template_with(*keys: str, **fields: Any) -> CaseTemplate:
    template = CaseTemplateFactory(**fields)
    for order, key in enumerate(keys):
        TemplateSectionFactory(template=template, key=key, heading=key.capitalize(), order=order)
    return template


def case_with(*content: dict[str, Any], by: User | None = None, **fields: Any) -> CommitteeCase:
    """Return a saved case whose one section holds the blocks."""
    template = fields.pop("template", None) or template_with("resultater")
    (section, *_rest) = template.sections.all()
    answers = fields.pop("answers", ())
    case = CommitteeCaseFactory(template=template, live=False, **fields)
    case.body = CaseBody().to_python([section_block(section, *content, answers=answers)])
    case.save()
    case.save_revision(user=by)
    return case


def fact_sheet(**fields: Any) -> tuple[CommitteeCase, Any]:
    """Return the fact sheet's table of job and education as a case, and its framework."""
    framework = FrameworkAgreementFactory()
    delivery = DeliveryFactory(extracted_on=dt.date(2023, 8, 7))
    job = measure_with("job_2m", JOB, (6065, 300), framework=framework, delivery=delivery)
    education = measure_with("education_2m", EDUCATION, (6065, 15), framework=framework, delivery=delivery)
    case = case_with(results_block([job, education], framework), **fields)
    return case, framework


__all__ = [
    "Observation",
    "case_with",
    "fact_sheet",
    "results_block",
    "section_block",
    "template_with",
    "text_block",
    "typed_block",
]
