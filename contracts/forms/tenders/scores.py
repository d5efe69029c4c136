"""The grid of points of a lot: criteria down, bids across."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.models import Bid
from contracts.services.tenders.bids import EMPTY, Cell, Score
from contracts.tendering.weights import Node, leaves_of
from records.forms import write_amounts_as_people_do


class ScoreForm(forms.Form):
    """One cell: points and a comment."""

    points = forms.DecimalField(label=_("Points"), required=False, min_value=0, max_digits=5, decimal_places=2)
    comment = forms.CharField(label=_("Comment"), required=False, max_length=5000, widget=forms.Textarea)

    def __init__(self, *args: Any, bid: Bid, node: Node, highest: int, **kwargs: Any) -> None:
        super().__init__(*args, prefix=prefix_of((bid.pk, node.criterion.pk)), **kwargs)
        write_amounts_as_people_do(self.fields)
        self.cell: Cell = (bid.pk, node.criterion.pk)
        self.theirs: Score | None = None  # what somebody else wrote in the same cell meanwhile
        self.fields["points"].max_value = highest
        name = f"{bid.supplier}, {node.criterion}"
        self.fields["points"].widget.attrs |= {"aria-label": f"{_('Points')}: {name}", "autocomplete": "off", "size": 5}
        self.fields["comment"].widget.attrs |= {"aria-label": f"{_('Comment')}: {name}", "rows": 2}

    @property
    def score(self) -> Score:
        comment = self.cleaned_data["comment"].replace("\r\n", "\n")
        return Score(self.cleaned_data["points"], comment)

    @property
    def has_comment(self) -> bool:
        return bool(self["comment"].value())


class ScoreGrid:
    """The cells of every bid on every criterion that is scored."""

    def __init__(
        self,
        bids: Sequence[Bid],
        nodes: Sequence[Node],
        *,
        highest: int,
        current: Mapping[Cell, Score],
        loaded_version: str,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        self.loaded_version = loaded_version if data is None else str(data.get("loaded_version", ""))
        self.bids, self.nodes = bids, nodes
        self.cells = {
            (bid.pk, node.criterion.pk): ScoreForm(
                data,
                bid=bid,
                node=node,
                highest=highest,
                initial=_initial(current.get((bid.pk, node.criterion.pk), EMPTY)),
            )
            for node in leaves_of(nodes)
            for bid in bids
        }

    def is_valid(self) -> bool:
        return not [form for form in self.cells.values() if not form.is_valid()]

    @property
    def scores(self) -> dict[Cell, Score]:
        return {cell: form.score for cell, form in self.cells.items()}

    @property
    def rows(self) -> list[tuple[Node, list[ScoreForm]]]:
        """Return each criterion with its cells; a criterion with sub-criteria has none."""
        return [
            (node, [self.cells[bid.pk, node.criterion.pk] for bid in self.bids] if node.is_leaf else [])
            for node in self.nodes
        ]

    def show_theirs(self, cells: Mapping[Cell, Score]) -> None:
        """Tell in these cells what somebody else wrote meanwhile."""
        for cell, score in cells.items():
            self.cells[cell].theirs = score


def prefix_of(cell: Cell) -> str:
    return f"{cell[0]}-{cell[1]}"


def _initial(score: Score) -> dict[str, Any]:
    return {"points": score.points, "comment": score.comment}
