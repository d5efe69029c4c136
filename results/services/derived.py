"""What came of a count: its figures as a file, its facts for a page, and the delivery it becomes."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from contracts.models import Lot, Service
from documents.formats import day
from records.sheets.reading import FileKind, SourceFile
from results.deriving.refusals import safe_word
from results.enums import Unit
from results.models import BenefitGroup, Delivery, Derivation
from results.periods import parse
from results.services.counting_rules import definitions_in_use, ensure_versions
from results.services.importing.parsing import ALL, COUNTS, DIMENSIONS, ParsedRow
from results.services.imports import import_figures
from suppliers.models import Supplier

if TYPE_CHECKING:
    from results.deriving.running import Derivation as Outcome

KEPT_WORDS = 40
FILES = ("courses_file", "register_file")


def keep_outcome(asked: Derivation, outcome: Outcome) -> None:
    """Write down what a run found, keep its figures as a file, and take the two files away.

    Nothing is kept of a count that was discarded meanwhile.
    """
    from results.deriving.writing import text_of

    content = text_of(outcome.rows())
    digest = hashlib.sha256(content).hexdigest()
    facts = facts_of(outcome)
    with transaction.atomic():
        if not Derivation.objects.select_for_update().filter(pk=asked.pk).first():
            return
        asked.facts = facts
        asked.courses_sha256, asked.register_sha256 = outcome.courses.sha256, outcome.register.sha256
        asked.last_week, asked.definitions_digest = outcome.last_week, outcome.definitions_digest
        asked.output_sha256 = digest
        asked.output_file.save(f"{digest[:32]}.csv", ContentFile(content), save=False)
        asked.save()
        remove_files(asked)


def facts_of(outcome: Outcome) -> dict[str, Any]:
    """Return what a page shows of a run: totals, what was left out, and what would be refused when it is saved."""
    return {
        "rows": outcome.row_count,
        "ended": outcome.ended,
        "running": outcome.running,
        "mistakes": outcome.entered_by_mistake,
        "without": dict(outcome.without_dimension),
        "unknown_codes": list(outcome.unknown_codes.items()),
        "unregistered": unregistered(outcome),
        "totals": _totals(outcome),
    }


def unregistered(outcome: Outcome) -> dict[str, list[str]]:
    """Return the codes that the registers here do not have: with them the figures cannot be saved. Four queries."""
    known: dict[str, set[str]] = {
        "supplier_cvr": set(Supplier.objects.values_list("cvr", flat=True)),
        "lot": set(Lot.objects.values_list("code", flat=True)),
        "benefit_group": set(BenefitGroup.objects.values_list("code", flat=True)),
        "service": set(Service.objects.values_list("code", flat=True)),
    }
    used: dict[str, set[str]] = {name: set() for name in known}
    for counted in outcome.counted[:1]:
        for block in counted.blocks:
            for cell in block.cells:
                for name, value in zip(known, (cell.supplier, cell.lot, cell.benefit_group, cell.service), strict=True):
                    used[name].add(value)
    lacking = {name: sorted(map(safe_word, used[name] - known[name] - {ALL})) for name in known}
    return {name: codes[:KEPT_WORDS] for name, codes in lacking.items() if codes}


@transaction.atomic
def save_derivation(
    asked: Derivation, *, supersedes: int | None, is_validated: bool, note: str, by: User | None
) -> Delivery:
    """Save counted figures as a delivery with its provenance.

    Raises ImportRefusedError with everything that is wrong, and Derivation.DoesNotExist when the count was discarded.
    """
    asked = Derivation.objects.select_for_update().get(pk=asked.pk)
    if asked.delivery is not None:
        return asked.delivery
    with asked.output_file.open("rb") as stream:
        content = stream.read()
    ensure_versions(definitions_in_use().rules, by=by)
    source_file = SourceFile(f"optaelling-{asked.as_of}.csv", FileKind.CSV, content, asked.output_sha256)
    told = _("Counted from the registers as of %(day)s.") % {"day": day(asked.as_of)}
    delivery = import_figures(
        source_file,
        _parsed(content),
        source=asked.source,
        extracted_on=asked.extracted_on,
        is_validated=is_validated,
        supersedes=supersedes,
        note=f"{told} {note}".strip(),
        by=by,
    )
    asked.delivery = delivery
    asked.save(update_fields=["delivery"])
    return delivery


def remove_files(asked: Derivation) -> None:
    """Take the two extracts away, once that is certain."""
    stored = [getattr(asked, name) for name in FILES]
    Derivation.objects.filter(pk=asked.pk).update(courses_file="", register_file="")
    for file in stored:
        remove_after_commit(file)


def remove_after_commit(file: models.fields.files.FieldFile) -> None:
    """Remove a stored file when the transaction has ended well."""
    if name := file.name:
        storage = file.storage
        transaction.on_commit(lambda: storage.delete(name))


def _totals(outcome: Outcome) -> list[dict[str, Any]]:
    """Return the counts of everybody in each year, by measure and unit."""
    return [
        {
            "measure": row.measure,
            "unit": row.unit,
            "period": row.cell.period,
            **{name: getattr(row, name) for name in COUNTS},
        }
        for row in outcome.rows()
        if len(row.cell.period) == 4 and set(row.cell[1:]) == {ALL}
    ]


def _parsed(content: bytes) -> list[ParsedRow]:
    from results.deriving.writing import read

    known = {code: parse(code) for code in {row["period"] for row in read(content)}}
    return [
        ParsedRow(
            number=number,
            codes={name: row[name] for name in ("measure", "version", *DIMENSIONS)},
            unit=Unit(row["unit"]),
            period=known[row["period"]],
            counts={name: int(row[name]) for name in COUNTS},
            mean=None,
            note="",
        )
        for number, row in enumerate(read(content), start=2)
    ]
