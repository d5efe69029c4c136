"""The pages about one supplier, one framework agreement and one contract."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from contracts.models import Contract, FrameworkAgreement
from desk.queries import contracts, frameworks, supplier_results, suppliers
from desk.queries.history import history
from desk.views.tabs import RecordPage, Tab
from suppliers.models import Supplier

AMENDMENTS = "desk/agreement_amendments.html"
HISTORY = Tab("history", "historik/", _("History"), history, "desk/_history.html")

SUPPLIER = RecordPage(
    model=Supplier,
    prefix="supplier",
    banners=suppliers.banners,
    facts=suppliers.facts,
    select_related=("merged_into",),
    tabs=(
        Tab("overview", "", _("Overview"), suppliers.overview, "desk/supplier_overview.html"),
        Tab("contracts", "kontrakter/", _("Contracts"), suppliers.contracts),
        Tab("deadlines", "frister/", _("Deadlines"), suppliers.deadlines),
        Tab("obligations", "forpligtelser/", _("Obligations"), suppliers.obligations),
        Tab("spend", "forbrug/", _("Spend"), suppliers.spend),
        Tab("results", "resultater/", _("Results"), supplier_results.results, "desk/supplier_results.html"),
        Tab("reports", "erfaringsopsamling/", _("Experience reports"), suppliers.reports),
        Tab("documents", "dokumenter/", _("Documents"), suppliers.documents),
        Tab("team", "team/", _("Team"), suppliers.team, "desk/supplier_team.html"),
        HISTORY,
    ),
)

FRAMEWORK = RecordPage(
    model=FrameworkAgreement,
    prefix="frameworkagreement",
    banners=frameworks.banners,
    facts=frameworks.facts,
    select_related=("responsible",),
    prefetch_related=("options",),
    tabs=(
        Tab("overview", "", _("Overview"), frameworks.overview, "desk/framework_overview.html"),
        Tab("contracts", "kontrakter/", _("Contracts"), frameworks.contracts),
        Tab("amendments", "aendringer/", _("Amendments"), frameworks.amendments, AMENDMENTS),
        Tab("obligations", "forpligtelser/", _("Obligations"), frameworks.obligations, "desk/_obligations.html"),
        Tab("documents", "dokumenter/", _("Documents"), frameworks.documents, "desk/_documents.html"),
        HISTORY,
    ),
)

CONTRACT = RecordPage(
    model=Contract,
    prefix="contract",
    banners=contracts.banners,
    facts=contracts.facts,
    select_related=("supplier", "lot__framework__responsible", "responsible"),
    prefetch_related=("options",),
    tabs=(
        Tab("overview", "", _("Overview"), contracts.overview, "desk/contract_overview.html"),
        Tab("deadlines", "frister/", _("Deadlines"), contracts.deadlines),
        Tab("amendments", "aendringer/", _("Amendments"), contracts.amendments, AMENDMENTS),
        Tab("obligations", "forpligtelser/", _("Obligations"), contracts.obligations, "desk/_obligations.html"),
        Tab("spend", "forbrug/", _("Spend"), contracts.spend),
        Tab("documents", "dokumenter/", _("Documents"), contracts.documents, "desk/_documents.html"),
        HISTORY,
    ),
)

PAGES = (SUPPLIER, FRAMEWORK, CONTRACT)
