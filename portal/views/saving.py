"""What is saved by itself while somebody writes: how it went, on a page and in JSON, and what another saved meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.http.response import HttpResponseBase
from django.template.defaultfilters import date
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from learnings.differences import Piece, differences
from learnings.models import Part
from learnings.services import SavingConflictError
from portal.acting import Acting
from portal.forms.saving import SavingForm
from records.forms import add_service_errors
from records.views.downloads import not_kept

CONFLICT, REFUSED = 409, 422

Row = TypeVar("Row")
Form = TypeVar("Form", bound=SavingForm)


@dataclass(frozen=True)
class Conflict:
    """What somebody else on the team saved meanwhile, in words, and how one's own differs from it."""

    saved: Part
    theirs: str
    mine: str

    @property
    def pieces(self) -> list[Piece]:
        return differences(self.theirs, self.mine)


@dataclass
class Line(Generic[Row, Form]):
    """What is asked, on the page with its form, and what is in its way. `anchor` is where its error leads."""

    row: Row
    form: Form
    wording: str
    anchor: str
    conflict: Conflict | None = None

    @property
    def is_saved(self) -> bool:
        return self.form.is_valid() and self.conflict is None

    @property
    def is_at_fault(self) -> bool:
        return self.form.is_bound and not self.is_saved


def save_line(line: Line[Row, Form], save: Callable[[], Part], conflict_with: Callable[[Any], Conflict]) -> None:
    """Save a line of the page, or say in it why that could not be."""
    try:
        save()
    except SavingConflictError as error:
        line.conflict = conflict_with(error.saved)
        line.form.go_on_from(error.saved.revision)
    except ValidationError as error:
        add_service_errors(line.form, error)


def saved_in_json(
    acting: Acting,
    form: SavingForm,
    *,
    save: Callable[[], Part],
    conflict_with: Callable[[Any], Conflict],
    fields_of: Callable[[Any], dict[str, str]],
) -> HttpResponseBase:
    """Save, and say how it went: saved, in conflict with what another saved, or refused with a reason."""
    if not acting.can_write:
        return _told({"message": _("Your role on the team does not let you write.")}, 403)
    if not form.is_valid():
        return _told({"message": form.all_errors()}, REFUSED)
    try:
        saved = save()
    except SavingConflictError as error:
        shown = {"conflict": conflict_with(error.saved), "acting": acting}
        facts = {"revision": error.saved.revision, **fields_of(error.saved)}
        return _told({**facts, "html": render_to_string("portal/_conflict.html", shown)}, CONFLICT)
    except ValidationError as error:
        return _told({"message": " ".join(error.messages)}, REFUSED)
    return _told({"revision": saved.revision, "at": date(timezone.localtime(saved.saved_at), "H.i")}, 200)


def _told(facts: dict[str, object], status: int) -> HttpResponseBase:
    return not_kept(JsonResponse(facts, status=status))
