from contracts.services.agreements import delete_contract, save_contract, save_framework, save_lot
from contracts.services.amending import UnconfirmedError
from contracts.services.amendments import resume_amendment, save_draft, take_in_current_terms, withdraw_amendment
from contracts.services.decisions import (
    agreed_notice_months,
    decide_option,
    earliest_end,
    give_notice,
    record_signatures,
    reopen_option,
    take_back_notice,
)
from contracts.services.documents import add_document, add_version, delete_document, fulfil_with_file, save_document
from contracts.services.flowing import apply_obligation_sets
from contracts.services.obligations import (
    delete_obligation,
    delete_obligation_set,
    follow_set_again,
    save_obligation,
    save_obligation_set,
)
from contracts.services.occurrences import fulfil_obligation, reopen_occurrence, waive_obligation
from contracts.services.planning import extend_horizons, plan_many, plan_occurrences
from contracts.services.rehearsal import rehearse
from contracts.services.taking_effect import (
    bring_due_into_force,
    bring_into_force,
    put_into_force,
    take_back_agreed,
)

__all__ = [
    "UnconfirmedError",
    "add_document",
    "add_version",
    "agreed_notice_months",
    "apply_obligation_sets",
    "bring_due_into_force",
    "bring_into_force",
    "decide_option",
    "delete_contract",
    "delete_document",
    "delete_obligation",
    "delete_obligation_set",
    "earliest_end",
    "extend_horizons",
    "follow_set_again",
    "fulfil_obligation",
    "fulfil_with_file",
    "give_notice",
    "plan_many",
    "plan_occurrences",
    "put_into_force",
    "record_signatures",
    "rehearse",
    "reopen_occurrence",
    "reopen_option",
    "resume_amendment",
    "save_contract",
    "save_document",
    "save_draft",
    "save_framework",
    "save_lot",
    "save_obligation",
    "save_obligation_set",
    "take_back_agreed",
    "take_back_notice",
    "take_in_current_terms",
    "waive_obligation",
    "withdraw_amendment",
]
