"""The board: where each tender stands and how long it has stood there. What is chosen lives in the address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from contracts.forms.tenders.board import BoardForm
from contracts.queries.tenders import board_of, tenders_on_board
from records.views.frames import frame


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    tenders = tenders_on_board(request.user)
    form = BoardForm(request.GET, tenders=tenders)
    columns = board_of(form.filtered(tenders), today=timezone.localdate())
    count = sum(len(column.cards) for column in columns)
    as_table, query = form.is_table, request.GET.copy()
    query["vis"] = "" if as_table else BoardForm.TABLE
    title = _("Tender board")
    context = {
        **frame(title, icon="table"),
        "form": form,
        "columns": columns,
        "count": count,
        "late": sum(card.is_late for column in columns for card in column.cards),
        "as_table": as_table,
        "other_view": f"?{query.urlencode()}",
        "here": request.get_full_path(),
    }
    return render(request, "contracts/tenders/board.html", context)
