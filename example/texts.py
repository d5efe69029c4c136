"""From the texts of `cases.toml` to the blocks that a case is edited in."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.db import models

from cases.blocks.names import MARK
from cases.models import CaseTemplate
from committees.models import Decision
from contracts.models import FrameworkAgreement, Lot, Service
from example import files
from example.markup import Piece, html_of, pieces_of
from learnings.models import Excerpt, Round
from results.models import BenefitGroup, Measure

ID_SPACE = uuid.UUID("7f0b6a0e-51a5-5c1f-9d1b-2a4c8b1f2d10")
FOOTNOTE = "fodnote_"
ALL = "*"
SOURCES_TITLE = "Kilder og metode"

Row = Mapping[str, Any]
Raw = dict[str, Any]


def body_of(slug: str, case: Row, template: CaseTemplate) -> list[Raw]:
    """Return the body of a case of `cases.toml` as raw StreamField data. Its block ids are the same every time."""
    return _identified(list(_Text(case, template).parts()), slug)


def _identified(value: Any, path: str) -> Any:
    """Give each block below an id that follows from where it stands."""
    if isinstance(value, list):
        return [_identified(item, f"{path}/{place}") for place, item in enumerate(value)]
    if not isinstance(value, dict):
        return value
    inner = {key: _identified(item, f"{path}/{key}") for key, item in value.items()}
    return {**inner, "id": str(uuid.uuid5(ID_SPACE, path))} if "type" in value else inner


class _Text:
    """One case's text. What a piece becomes stands in `_makers`, by the piece's kind."""

    def __init__(self, case: Row, template: CaseTemplate) -> None:
        self.case = case
        self.sections = {section.key: section for section in template.sections.all()}
        self._makers: dict[str, Callable[[Piece], Raw]] = {
            "text": lambda piece: self._text(piece.text),
            "subheading": lambda piece: _block("subheading", piece.text),
            "at_points": _at_points,
            "note": self._note,
            "table": self._typed_table,
            "signatures": self._signatures,
            "results_table": self._results_table,
            "satisfaction_table": self._satisfaction_table,
            "chart": self._chart,
            "main_points": lambda _piece: _block("main_points", {"round": self._round(), "has_suppliers": False}),
            "recommendations": lambda _piece: _block("recommendations", {"round": self._round(), "has_replies": True}),
            "quote": _quote,
            "requested_points": lambda _piece: _block("requested_points", {"introduction": ""}),
            "annex_list": lambda _piece: _block("annex_list", {"introduction": ""}),
            "sources": lambda _piece: _block("sources", {"title": SOURCES_TITLE}),
        }

    def parts(self) -> Iterator[Raw]:
        points = self._points_by_section()
        for row in self.case["sections"]:
            section = self.sections[row["key"]]
            heading = "" if row["heading"] == section.heading else row["heading"]
            answers = _items(points.get(row["key"], []))
            yield _block(
                "section", {"section": section.pk, "heading": heading, "answers": answers, **self._content(row)}
            )
        for row in self.case.get("annexes", []):
            yield _block("annex", {"name": row["anchor"], "title": row["title"], **self._content(row)})

    def _content(self, row: Row) -> Raw:
        return {"content": [self._makers[piece.kind](piece) for piece in pieces_of(row["body"])]}

    def _points_by_section(self) -> dict[str, list[int]]:
        decision = Decision.objects.get(code=self.case["requested_by"])
        ids = dict(decision.points.values_list("number", "pk"))
        found: dict[str, list[int]] = {}
        for answer in self.case["answers"]:
            found.setdefault(answer["section"], []).append(ids[answer["point"]])
        return found

    # --- written blocks

    def _text(self, html: str) -> Raw:
        names = dict.fromkeys(MARK.findall(html))
        return _block("text", {"text": html, "marks": [self._mark(name) for name in names]})

    def _mark(self, name: str) -> Raw:
        if name.startswith(FOOTNOTE):
            text = self.case["footnotes"][name.removeprefix(FOOTNOTE)]
            return _block("footnote", {"name": name, "text": html_of([text])})
        if name in self.case["references"]:
            return _block("reference", {"name": name, "target": name})
        return _block("figure", {"name": name, **_figure(self.case["figures"][name])})

    def _note(self, piece: Piece) -> Raw:
        row = self.case["notes"][piece.text]
        return _block("note", {"title": row["title"], "text": "".join(part.text for part in pieces_of(row["body"]))})

    def _typed_table(self, piece: Piece) -> Raw:
        row = self.case["tables"][piece.text]
        cells = "\n".join("\t".join(line) for line in [row["columns"], *row["rows"]])
        named = {"name": row["anchor"], "caption": row["caption"], "source": row["source"]}
        return _block("typed_table", {**named, "cells": cells, "note": "", "is_unique_persons": False})

    def _signatures(self, piece: Piece) -> Raw:
        return _block("signatures", _items([f"{each['name']}, {each['title']}" for each in self.case["signatures"]]))

    # --- live blocks

    def _results_table(self, piece: Piece) -> Raw:
        row = self.case["results_tables"][piece.text]
        value = {
            **_table(row),
            "base_label": row["base_column"],
            "lot": None,
            "is_by_supplier": row["rows"] == "supplier",
        }
        return _block("results_table", value)

    def _satisfaction_table(self, piece: Piece) -> Raw:
        return _block("satisfaction_table", _table(self.case["satisfaction_table"]))

    def _chart(self, piece: Piece) -> Raw:
        row = self.case["charts"][piece.text]
        value = {
            "name": row["anchor"],
            "headline": row["title"],
            "description": row["caption"],
            "measure": _pk(Measure, code=row["measure"]),
            "period": row["period"],
            "framework": _pk(FrameworkAgreement, code=row["framework"]),
            "lot": None,
            "is_by_supplier": row["rows"] == "supplier",
            "alt": "",
        }
        return _block("chart", value)

    def _round(self) -> int:
        return _pk(Round, year=int(self.case["round"]))


def _at_points(piece: Piece) -> Raw:
    return _block("at_points", {"introduction": piece.text, "points": _items(list(piece.points))})


def _quote(piece: Piece) -> Raw:
    return _block("quotes", {"excerpts": _items([_excerpt(piece.text).pk]), "is_named": True})


def _excerpt(key: str) -> Excerpt:
    """Return the passage that `coding_2024.toml` knows by the key. Raises StopIteration when nobody has coded it."""
    coding = files.read("coding_2024")
    row = next(excerpt for excerpt in coding["excerpts"] if excerpt["key"] == key)
    coded = Excerpt.objects.filter(
        answer__version__report__supplier__cvr=files.read("register")["suppliers"][row["report"]]["cvr"],
        answer__question__key=row["question"],
        theme__name=coding["themes"][row["theme"]]["name"],
    )
    return next(excerpt for excerpt in coded.select_related("answer") if excerpt.passage == row["text"])


def _table(row: Row) -> Raw:
    return {
        "name": row["anchor"],
        "caption": row["caption"],
        "measures": _items([_pk(Measure, code=code) for code in row["measures"]]),
        "period": row["period"],
        "framework": _pk(FrameworkAgreement, code=row["framework"]),
        "note": "",
    }


def _figure(row: Row) -> Raw:
    return {
        "measure": _pk(Measure, code=row["measure"]),
        "period": row["period"],
        "framework": _pk(FrameworkAgreement, code=row["framework"]),
        "lot": _pk(Lot, code=row["lot"]),
        "supplier": None,
        "benefit_group": _pk(BenefitGroup, code=row["benefit_group"]),
        "service": _pk(Service, code=row["service"]),
        "is_share": row["value"] == "share",
        "is_rounded": row["round_to"] > 1,
    }


def _pk(model: type[models.Model], **key: Any) -> Any:
    """Return the id of the record with the key; None for `*`, which is all of them. Raises DoesNotExist."""
    if ALL in key.values():
        return None
    return model._default_manager.values_list("pk", flat=True).get(**key)


def _block(kind: str, value: Any) -> Raw:
    return {"type": kind, "value": value}


def _items(values: list[Any]) -> list[Raw]:
    return [_block("item", value) for value in values]
