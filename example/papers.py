"""Templates of papers, the example's two cases: written, approved, and made public; and a draft written from its round."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from accounts.enums import Role
from accounts.models import User
from cases.from_round import parts_with_content, write_case
from cases.models import CaseTemplate, CommitteeCase, TemplateSection
from cases.services import approve, ensure_workflow
from committees.models import Committee, CommitteeMeeting, Decision
from example import files, learnings
from example.people import holder_of, user
from example.records import ensure
from example.texts import body_of
from learnings.models import Round
from records.services import save_record

Row = Mapping[str, Any]
TEMPLATES = {"recommendation": "indstilling", "fact_sheet": "faktaark"}
DRAFTED_ON = dt.date(2024, 6, 3)
COPIED = ("title", "short_title", "lead", "f2_case_number", "f2_document_number", "edoc_case_number")


def load(*, by: User | None) -> None:
    """Make templates, the way to approval, and the cases; what is there stays as people have made it."""
    for code, row in files.read("templates").items():
        _load_template(code, row, by=by)
    ensure_workflow()
    for slug, row in files.read("cases").items():
        if not CommitteeCase.objects.filter(slug=slug).exists():
            _write(slug, row)
    _write_from_round(Round.objects.get(year=learnings.YEAR))


def _write_from_round(source: Round) -> None:
    """Write the draft that an officer gets from the page of the round."""
    if CommitteeCase.objects.filter(from_round=source).exists():
        return
    (wish, *_others) = source.wishes.select_related("decision__meeting__committee")
    officer = user("indkoeber")
    case = CommitteeCase(
        template=CaseTemplate.objects.get(code=TEMPLATES["recommendation"]),
        title=f"{source.title}: hovedpointer, anbefalinger og drøftelser",
        committee=wish.decision.meeting.committee,
        requested_by=wish.decision,
        dated_on=DRAFTED_ON,
        case_officer=officer,
    )
    write_case(case, round=source, parts=parts_with_content(source), by=officer)


def slugs() -> tuple[str, ...]:
    return tuple(files.read("cases"))


def _load_template(code: str, row: Row, *, by: User | None) -> None:
    committee = Committee.objects.get(code=row["committee"]) if row["committee"] else None
    template = ensure(CaseTemplate, key={"code": code}, name=row["name"], kind=row["kind"], committee=committee, by=by)
    for order, section in enumerate(row["sections"], start=1):
        fields = {name: value for name, value in section.items() if name != "key"}
        ensure(TemplateSection, key={"template": template, "key": section["key"]}, order=order, **fields, by=by)


def _write(slug: str, row: Row) -> None:
    officer = user(row["case_officer"])
    template = CaseTemplate.objects.get(code=TEMPLATES[row["kind"]])
    municipality = files.read("municipality")["municipality"]
    case = CommitteeCase(
        slug=slug,
        template=template,
        committee=Committee.objects.get(code=row["committee"]),
        meeting=CommitteeMeeting.objects.get(committee__code=row["committee"], held_on=row["meeting_date"]),
        requested_by=Decision.objects.get(code=row["requested_by"]),
        dated_on=row["document_date"],
        case_officer=officer,
        centre=municipality["centre"],
        address="{address}\n{postcode} {city}".format_map(municipality),
        body=body_of(slug, row, template),
        live=False,
        **{name: row[name].strip() for name in COPIED},
    )
    save_record(case, by=officer)
    case.save_revision(user=officer, log_action="wagtail.create")
    approve(case, by=holder_of(Role.DIRECTOR))
