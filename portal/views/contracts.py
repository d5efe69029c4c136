"""A supplier's own contracts."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from portal.acting import Acting
from portal.queries.contracts import contract_page, contract_rows, own_contracts
from portal.views.shell import member_page, show


@require_safe
@member_page
def contract_list(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    return show(request, "portal/contract_list.html", acting, here="contracts", rows=contract_rows(acting))


@require_safe
@member_page
def contract_show(request: HttpRequest, acting: Acting, pk: int) -> HttpResponseBase:
    contract = get_object_or_404(own_contracts(acting), pk=pk)
    found = contract_page(contract, acting)
    return show(request, "portal/contract_show.html", acting, here="contracts", contract=contract, page=found)
