"""Rules over several rows, proved again over everything stored (`manage.py check_data`).

Services keep these rules under a lock. What reaches the tables past a service shows here: a restored backup, a mistake in a
migration, an edit in the database itself. A check asks a constant number of queries however many rows there are.
"""

from contracts.checks.amendments import check_amendments_on_their_day, check_amendments_within_agreement
from contracts.checks.documents import check_files
from contracts.checks.ends import check_contract_days, check_framework_days
from contracts.checks.merged import check_no_merged_suppliers
from contracts.checks.obligations import check_flow, check_occurrences, check_withdrawn
from contracts.checks.options import check_contract_options, check_framework_options
from contracts.checks.overlaps import check_contracts_apart
from contracts.checks.predecessors import check_predecessors
from contracts.checks.spend import check_ceilings, check_current_spend
from contracts.checks.tenders import check_awards, check_criteria, check_scores, check_tender_states
from records.checks import Problem

CHECKS = (
    check_framework_days,
    check_framework_options,
    check_contract_days,
    check_contract_options,
    check_contracts_apart,
    check_predecessors,
    check_no_merged_suppliers,
    check_amendments_within_agreement,
    check_amendments_on_their_day,
    check_occurrences,
    check_flow,
    check_withdrawn,
    check_files,
    check_current_spend,
    check_ceilings,
    check_tender_states,
    check_criteria,
    check_scores,
    check_awards,
)

__all__ = ["CHECKS", "Problem"]
