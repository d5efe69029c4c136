"""The tree of award criteria as rows that can be typed in, with and without JavaScript."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.enums import CriterionKind
from contracts.models import AwardCriterion
from contracts.services.tenders import CriterionRow
from contracts.tendering.weights import tree_of
from records.forms import write_amounts_as_people_do

MOST_ROWS = 200
MOST_DEPTH = 4


class CriterionForm(forms.Form):
    """One criterion. `key` names it among the rows; `parent` is the key of the one above, or empty."""

    key = forms.CharField(max_length=20, widget=forms.HiddenInput)
    parent = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=CriterionKind.choices, initial=CriterionKind.QUALITY)
    weight_percent = forms.DecimalField(
        label=_("Weight in percent"), min_value=0, max_value=100, max_digits=5, decimal_places=2
    )
    is_removed = forms.BooleanField(label=_("Remove"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        write_amounts_as_people_do(self.fields)
        self.depth = 0
        self.number = ""

    @property
    def key_value(self) -> str:
        return str(self["key"].value() or "")

    @property
    def parent_value(self) -> str:
        return str(self["parent"].value() or "")

    @property
    def is_leaving(self) -> bool:
        return bool(self["is_removed"].value())

    @property
    def may_have_children(self) -> bool:
        return self.depth + 1 < MOST_DEPTH

    @property
    def weight(self) -> Decimal | None:
        """Return the weight as it stands in the form, or None when it is no number."""
        value = self["weight_percent"].value()
        try:
            return Decimal(str(value).strip().replace(",", ".")) if value not in (None, "") else None
        except InvalidOperation:
            return None


class CriteriaForms:
    """All rows in the order of the tree. A row below one that is removed is removed with it."""

    def __init__(self, forms_: list[CriterionForm], *, loaded_version: str) -> None:
        self.loaded_version = loaded_version
        self.forms = _in_tree_order(forms_)

    @classmethod
    def of_criteria(cls, criteria: Iterable[AwardCriterion], *, loaded_version: str) -> CriteriaForms:
        rows = [
            CriterionForm(
                prefix=str(place),
                initial={
                    "key": str(node.criterion.pk),
                    "parent": str(node.criterion.parent_id or ""),
                    "name": node.criterion.name,
                    "kind": node.criterion.kind,
                    "weight_percent": node.criterion.weight_percent,
                },
            )
            for place, node in enumerate(tree_of(criteria))
        ]
        return cls(rows, loaded_version=loaded_version)

    @classmethod
    def of_post(cls, data: Mapping[str, Any]) -> CriteriaForms:
        count = str(data.get("rows", "0"))
        number = min(int(count), MOST_ROWS) if count.isdigit() else 0
        places = [str(place) for place in range(number) if f"{place}-key" in data]
        rows = [CriterionForm(data, prefix=place) for place in places]
        return cls(rows, loaded_version=str(data.get("loaded_version", "")))

    def with_new_row(self, parent: str) -> CriteriaForms:
        """Return the same rows, as they were typed, and an empty one below `parent` ("" is the topmost level)."""
        kept = [
            CriterionForm(prefix=str(place), initial={name: form[name].value() for name in form.fields})
            for place, form in enumerate(self.forms)
        ]
        known = {form.key_value for form in kept}
        key = next(name for name in (f"new-{number}" for number in range(MOST_ROWS + 1)) if name not in known)
        where = parent if parent in known else ""
        if len(kept) < MOST_ROWS:
            kept.append(CriterionForm(prefix=str(len(kept)), initial={"key": key, "parent": where}))
        return CriteriaForms(kept, loaded_version=self.loaded_version)

    def is_valid(self) -> bool:
        return not [form for form in self.staying if not form.is_valid()]

    @property
    def staying(self) -> list[CriterionForm]:
        gone: set[str] = set()
        for form in self.forms:
            if form.is_leaving or form.parent_value in gone:
                gone.add(form.key_value)
        return [form for form in self.forms if form.key_value not in gone]

    @property
    def rows(self) -> list[CriterionRow]:
        return [
            CriterionRow(
                key=form.key_value,
                parent=form.parent_value,
                pk=int(form.key_value) if form.key_value.isdigit() else None,
                name=form.cleaned_data["name"],
                kind=CriterionKind(form.cleaned_data["kind"]),
                weight_percent=form.cleaned_data["weight_percent"],
            )
            for form in self.staying
        ]

    @property
    def sums(self) -> list[tuple[str, str, Decimal]]:
        """Return the key of each level's parent, its name and what the weights below it come to, as they are typed."""
        names = {form.key_value: str(form["name"].value() or "") for form in self.staying}
        levels: dict[str, Decimal] = {}
        for form in self.staying:
            levels[form.parent_value] = levels.get(form.parent_value, Decimal(0)) + (form.weight or 0)
        return [(key, names.get(key, ""), total) for key, total in levels.items()]


def _in_tree_order(rows: list[CriterionForm]) -> list[CriterionForm]:
    """Return the rows with each parent before what lies below it; one whose parent is gone stands at the top."""
    known = {form.key_value for form in rows}
    below: defaultdict[str, list[CriterionForm]] = defaultdict(list)
    for form in rows:
        below[form.parent_value if form.parent_value in known else ""].append(form)
    ordered: list[CriterionForm] = []

    def walk(parent: str, depth: int, prefix: str) -> None:
        for place, form in enumerate(below.pop(parent, ()), start=1):
            form.depth, form.number = depth, f"{prefix}{place}"
            ordered.append(form)
            walk(form.key_value, depth + 1, f"{form.number}.")

    walk("", 0, "")
    return ordered
