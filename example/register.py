"""Committees with their decisions, suppliers and the words of results."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from accounts.models import User
from committees.models import Committee, CommitteeMeeting, Decision, DecisionPoint
from contracts.models import Service, TargetGroup
from example import agreements, files
from example.records import ensure
from records.addresses import danish_slug
from results.models import BenefitGroup, Measure, MeasureVersion
from suppliers.models import Contact, Supplier

Row = Mapping[str, Any]
PARTS_APART = 10  # between the places of groups in tables, so that their parts fit in


def load(*, by: User | None) -> None:
    """Load `municipality.toml` and `register.toml`; records that are there stay as they are."""
    _load_committees(files.read("municipality"), by=by)
    register = files.read("register")
    _load_words(register, by=by)
    _load_suppliers(register, by=by)
    agreements.load(register, by=by)
    _load_measures(register["measures"], by=by)


# --- committees


def _load_committees(data: Row, *, by: User | None) -> None:
    for code, row in data["committees"].items():
        names = {"name": row["name"], "administration": row["administration"]}
        committee = ensure(Committee, key={"code": code}, **names, by=by)
        for meeting in row["meetings"]:
            key = {"committee": committee, "held_on": meeting["date"]}
            ensure(CommitteeMeeting, key=key, agenda_deadline_on=meeting["agenda_deadline"], by=by)
    for code, row in data["decisions"].items():
        _load_decision(code, row, by=by)


def _load_decision(code: str, row: Row, *, by: User | None) -> None:
    ensure(
        Decision,
        key={"code": code},
        meeting=CommitteeMeeting.objects.get(committee__code=row["committee"], held_on=row["decided_on"]),
        title=row["title"],
        text=row["text"],
        remarks=row["remarks"],
        points=[DecisionPoint(number=point["number"], text=point["text"]) for point in row["points"]],
        by=by,
    )


# --- suppliers and words


def _load_words(data: Row, *, by: User | None) -> None:
    for code, name in data["target_groups"].items():
        ensure(TargetGroup, key={"code": code}, name=name, by=by)
    for code, name in data["services"].items():
        ensure(Service, key={"code": code}, name=name, by=by)
    for code, row in data["benefit_groups"].items():
        _load_benefit_group(code, row, by=by)


def _load_benefit_group(code: str, row: Row, *, by: User | None) -> None:
    order = row["position"] * PARTS_APART
    parts = [
        ensure(BenefitGroup, key={"code": _code(name)}, name=name, order=order + place, by=by)
        for place, name in enumerate(row["parts"], start=1)
    ]
    names = {"name": row["name"], "short_name": row["short_name"]}
    ensure(BenefitGroup, key={"code": code}, **names, order=order, related={"parts": parts} if parts else None, by=by)


def _code(name: str) -> str:
    """Return the name as the other codes are written: "Jobafklaringsforløb" is `jobafklaringsforloeb`."""
    return danish_slug(name)


def _load_suppliers(data: Row, *, by: User | None) -> None:
    for row in data["suppliers"].values():
        contact = {name: row[f"contact_{name}"] for name in ("name", "title", "email", "level")}
        ensure(
            Supplier,
            key={"cvr": row["cvr"]},
            name=row["name"],
            short_name=row["short_name"],
            street=row["address"],
            postal_code=row["postcode"],
            city=row["city"],
            contacts=[Contact(**contact)],
            by=by,
        )


# --- measures


def _load_measures(data: Row, *, by: User | None) -> None:
    for order, (code, row) in enumerate(data.items(), start=1):
        names = {name: row[name] for name in ("name", "column_label", "kind")}
        measure = ensure(Measure, key={"code": code}, **names, order=order, by=by)
        for version, definition in row["versions"].items():
            copied = ("window", "population", "counts", "method_note", "valid_from", "valid_to")
            flags = ("counts_unripe_as_no_outcome", "totals_are_unique_persons")
            fields = {name: definition[name] for name in (*copied, *flags)}
            fields["fewest_answers"] = definition.get("fewest_answers")
            ensure(MeasureVersion, key={"measure": measure, "code": version}, **fields, by=by)
