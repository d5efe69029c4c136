"""A contract and a framework for the rules, to be changed by each test."""

from __future__ import annotations

import datetime as dt
from typing import Any

from contracts.deadlines.facts import AgreementFacts, OptionFacts

TODAY = dt.date(2026, 1, 15)
END = dt.date(2026, 6, 30)


def contract(**fields: Any) -> AgreementFacts:
    given = {
        "pk": 1,
        "is_contract": True,
        "code": "K-1",
        "name": "Fjordfirma",
        "framework_id": 9,
        "framework_code": "ramme",
        "framework_name": "Rammen",
        "supplier_id": 3,
        "responsible_id": 5,
        "starts_on": dt.date(2023, 7, 1),
        "effective_end": END,
    }
    return AgreementFacts(**{**given, **fields})


def framework(**fields: Any) -> AgreementFacts:
    return contract(**{"pk": 9, "is_contract": False, "code": "ramme", "name": "Rammen", "supplier_id": None, **fields})


def option(**fields: Any) -> OptionFacts:
    given = {
        "pk": 7,
        "number": 1,
        "length_months": 12,
        "decide_months_before": 6,
        "decide_by_on": None,
        "is_open": True,
    }
    return OptionFacts(**{**given, **fields})
