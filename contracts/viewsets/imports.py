"""The register of what was imported from workbooks."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import Button, HeaderButton

from contracts.models import ContractImport
from contracts.rules import can_edit_agreements
from contracts.workbook.planning import ChangeKind
from contracts.workbook.tables import TABLES
from records.views.lists import RecordColumn, RecordIndexView
from records.views.reads import RecordInspectView
from records.viewsets import RecordViewSet

TITLES = {table.key: table.title for table in TABLES}


def counted(record: ContractImport) -> str:
    """Return what an import changed in a line: “Kontrakter: 3 nye, 1 ændrede”."""
    parts = []
    for key, counts in _in_order(record.counts):
        changed = [f"{counts[kind.value]} {str(kind.label).lower()}" for kind in ChangeKind if counts.get(kind.value)]
        parts.append(f"{TITLES.get(key, key)}: {', '.join(changed)}")
    return "; ".join(parts)


def _in_order(counts: dict[str, dict[str, int]]) -> list[tuple[str, dict[str, int]]]:
    """Return counts in the order of the sheets: PostgreSQL keeps the keys of JSON in its own."""
    places = {key: place for place, key in enumerate(TITLES)}
    return sorted(counts.items(), key=lambda pair: places.get(pair[0], len(places)))


class ContractImportIndexView(RecordIndexView):
    @cached_property
    def header_buttons(self) -> list[Button]:
        export = HeaderButton(_("Export the register"), url=reverse("contracts:workbook_export"), icon_name="download")
        if not can_edit_agreements(self.request.user):
            return [export]
        new = HeaderButton(_("Import the register"), url=reverse("contracts:workbook_new"), icon_name="upload")
        return [new, export]


class ContractImportInspectView(RecordInspectView):
    template_name = "contracts/contractimport_inspect.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = [
            (TITLES.get(key, key), [counts.get(kind.value, 0) for kind in ChangeKind])
            for key, counts in _in_order(self.object.counts)
        ]
        return {**super().get_context_data(**kwargs), "counts": rows, "kinds": [kind.label for kind in ChangeKind]}


class ContractImportViewSet(RecordViewSet):
    """Read here; a workbook is imported from the page that its button leads to."""

    model = ContractImport
    name = "contracts_import"
    url_prefix = "kontrakter/indlaesninger"
    icon = "upload"
    menu_label = gettext_lazy("Import and export")
    actions = frozenset()
    index_view_class = ContractImportIndexView
    inspect_view_class = ContractImportInspectView
    inspect_view_fields = ("file_name", "sha256", "size_bytes", "imported_at", "imported_by")
    list_display = [
        "file_name",
        "imported_at",
        "imported_by",
        RecordColumn("counts", label=gettext_lazy("What it changed"), accessor=counted),
    ]
    search_fields = ("file_name", "sha256")
    empty_text = gettext_lazy(
        "Nothing has been imported yet. Export the register, change it in a spreadsheet program, and import it again."
    )
