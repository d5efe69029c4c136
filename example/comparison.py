"""What suppliers are compared by: quarters of figures, what they share, their comments, and figures from outside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from accounts.enums import Role
from contracts.models import Contract, Lot
from contracts.services import save_contract
from example import files
from example.people import holder_of
from example.records import ensure
from results.models import BenefitGroup, Delivery, Measure, MeasureVersion, OutsideFigure, ResultComment
from results.periods import parse
from results.services import import_results, save_comment
from suppliers.models import Supplier

Row = Mapping[str, Any]

FROM = dt.date(2020, 7, 1)


def load() -> None:
    """Load what is missing; what is there stays as people have made it."""
    data = files.read("comparison")
    officer = holder_of(Role.PROCUREMENT)
    is_new = not Delivery.objects.filter(sha256=files.sha256(files.DATA_DIR / data["delivery"]["file"])).exists()
    for code, row in data["versions"].items():
        measure = Measure.objects.get(code=code)
        ensure(MeasureVersion, key={"measure": measure, "code": "1"}, valid_from=FROM, **row, by=officer)
    if is_new:
        _import(data["delivery"])
        for number, level in data["sharing"].items():
            contract = Contract.objects.get(number=number)
            contract.sharing_level = level
            save_contract(contract, by=officer)
    for row in data["comments"]:
        _comment(row)
    for row in data["outside"]:
        _outside(row)


def _import(row: Row) -> None:
    path, who = files.DATA_DIR / row["file"], holder_of(Role.PROCUREMENT)
    import_results(path, source=row["source"], extracted_on=row["extracted_on"], by=who)


def _comment(row: Row) -> None:
    cvr = files.read("register")["suppliers"][row["supplier"]]["cvr"]
    supplier, lot = Supplier.objects.get(cvr=cvr), Lot.objects.get(code=row["lot"])
    measure, period = Measure.objects.get(code=row["measure"]), parse(row["period"])
    if not ResultComment.objects.of_period(period).filter(supplier=supplier, measure=measure, lot=lot).exists():
        words = {"text": row["text"], "said_by": row["said_by"]}
        save_comment(supplier, measure=measure, period=period, lot=lot, **words, by=holder_of(Role.PROCUREMENT))


def _outside(row: Row) -> None:
    period = parse(row["period"])
    key = {"area": row["area"], "what": row["what"], "period_start": period.start, "period_end": period.end}
    key["benefit_group"] = BenefitGroup.objects.get(code=row["benefit_group"])
    ensure(
        OutsideFigure,
        key={"measure": Measure.objects.get(code=row["measure"]), **key},
        share_percent=Decimal(str(row["share_percent"])),
        source=row["source"],
        retrieved_on=row["retrieved_on"],
        by=holder_of(Role.PROCUREMENT),
    )
