"""The text of a case that is written from a round, as the StreamField stores it. No database.

The words between the blocks are data of documents, so Danish. They are the officer's from then on.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from cases.enums import RoundPart

Raw = dict[str, Any]

SUMMARY, BACKGROUND, MAIN, ANNEXES = "resume", "problemstilling", "loesning", "bilag"  # keys of sections
ANNEX = "bilag_uddybning"  # as Word names its bookmarks
ANNEX_TITLE = "Leverandørernes svar, spørgsmål for spørgsmål"
HEADINGS = {
    RoundPart.RESPONDENTS: "Hvem har svaret, og på hvad",
    RoundPart.MAIN_POINTS: "Leverandørernes hovedpointer",
    RoundPart.RECOMMENDATIONS: "Leverandørernes anbefalinger og kommunens svar",
    RoundPart.DISCUSSIONS: "Drøftelser med leverandørerne",
    RoundPart.EVALUATION: "Leverandørernes vurdering af kommunen",
}


@dataclass(frozen=True)
class RoundText:
    """What is chosen of a round. `is_requested` says that a decision asked for the case."""

    round_id: int
    parts: Collection[RoundPart]
    is_named: bool = False
    is_requested: bool = False

    def sections(self, keys: Sequence[str]) -> dict[str, list[Raw]]:
        """Return the content of each section that gets any, by key; `keys` are those of the template that can be written."""
        found = {
            SUMMARY: [self.block(RoundPart.RESPONDENTS, has_questions=False)]
            if self._has(RoundPart.RESPONDENTS)
            else [],
            BACKGROUND: [block("requested_points", {"introduction": ""})] if self.is_requested else [],
            _main(keys): [*self._main_blocks()],
            ANNEXES: [block("annex_list", {"introduction": ""})] if self._has(RoundPart.ELABORATION) else [],
        }
        return {key: content for key, content in found.items() if key in keys and content}

    def answering(self, keys: Sequence[str]) -> str:
        """Return the key of the section that holds what the suppliers say."""
        return _main(keys)

    def annexes(self) -> list[Raw]:
        """Return annex 1 when it is wanted."""
        if not self._has(RoundPart.ELABORATION):
            return []
        content = [self.block(RoundPart.ELABORATION, is_brief=self._has(RoundPart.MAIN_POINTS))]
        if self._has(RoundPart.RECOMMENDATIONS):
            content += [block("subheading", "Anbefalingerne i fuld længde"), self._full_recommendations()]
        return [block("annex", {"name": ANNEX, "title": ANNEX_TITLE, "content": content})]

    def block(self, part: RoundPart, **changed: Any) -> Raw:
        """Return the live block of a part."""
        return block(part.value, {**value_of(part, self.round_id, is_named=self.is_named), **changed})

    def _main_blocks(self) -> Iterable[Raw]:
        for part, heading in HEADINGS.items():
            if self._has(part):
                yield block("subheading", heading)
                yield self.block(part)
            if part == RoundPart.MAIN_POINTS and self._has(RoundPart.ELABORATION):
                yield _mention()

    def _full_recommendations(self) -> Raw:
        return self.block(RoundPart.RECOMMENDATIONS, is_table=False, has_replies=False)

    def _has(self, part: RoundPart) -> bool:
        return part in self.parts


def value_of(part: RoundPart, round_id: int, *, is_named: bool = False) -> Raw:
    """Return what the live block of a part shows when nobody has chosen otherwise."""
    named = {"round": round_id, "has_suppliers": is_named}
    whole = {"question": None, "is_grouped": True, "has_words": True, "has_quotes": True}
    values: dict[RoundPart, Raw] = {
        RoundPart.RESPONDENTS: {**named, "has_questions": True},
        RoundPart.MAIN_POINTS: {**named, **whole},
        RoundPart.RECOMMENDATIONS: {"round": round_id, "has_replies": True, "is_table": True},
        RoundPart.DISCUSSIONS: named,
        RoundPart.EVALUATION: {"round": round_id},
        RoundPart.ELABORATION: {
            **named,
            "target_group": None,
            "question": None,
            "is_brief": False,
            "has_themes": True,
            "has_quotes": True,
        },
    }
    return values[part]


def block(kind: str, value: Any) -> Raw:
    return {"type": kind, "id": str(uuid.uuid4()), "value": value}


def _main(keys: Sequence[str]) -> str:
    """Return the section that holds what the suppliers say: the solution, else the first that has no other use."""
    others = [key for key in keys if key not in {SUMMARY, BACKGROUND, ANNEXES}]
    return MAIN if MAIN in keys else next(iter(others or keys), MAIN)


def _mention() -> Raw:
    mark = block("reference", {"name": ANNEX, "target": ANNEX})
    text = f"<p>Svarene på hvert spørgsmål er uddybet i {{{ANNEX}}}.</p>"
    return block("text", {"text": text, "marks": [mark]})
