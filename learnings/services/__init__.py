from learnings.services.answers import DraftAnswer
from learnings.services.attachments import attach, detach
from learnings.services.coding import AmbiguousPassageError, code_excerpt, mark_strong, uncode
from learnings.services.editions import (
    publish_report,
    publish_round,
    undo_withdrawal,
    withdraw_report,
    withdraw_round,
)
from learnings.services.evaluation import (
    DraftRating,
    add_usual_statements,
    release_evaluation,
    save_rating,
    save_statement,
)
from learnings.services.extensions import extend, save_discussion, take_back_extension
from learnings.services.findings import reconsider, redact_found, redact_words, resolve
from learnings.services.handing_in import hand_in
from learnings.services.publication import decide_withholding, take_back, withhold
from learnings.services.questions import ask_again, move_question, save_question, withdraw_question
from learnings.services.reading import save_count_words, save_second_reading
from learnings.services.rehearsal import try_out
from learnings.services.reports import (
    discard_draft,
    reopen_as_new_version,
    save_draft_answers,
    start_report,
    submit_report,
)
from learnings.services.reviews import accept, send_back, take_back_review
from learnings.services.rounds import copy_round, move_round, save_round
from learnings.services.saving import Basis, SavingConflictError, save_answer
from learnings.services.suggestions import accept_suggestion, dismiss_suggestion, suggest_again
from learnings.services.synthesis import (
    hand_to_tender,
    judge_tender_input,
    link_excerpts,
    publish_main_point,
    reply_to_recommendation,
    review_evidence,
    save_initiative,
    save_main_point,
    save_recommendation,
    unlink_excerpts,
    withdraw_main_point,
)
from learnings.services.themes import merge_themes, save_theme
from learnings.services.undo import undo_coding

__all__ = [
    "AmbiguousPassageError",
    "Basis",
    "DraftAnswer",
    "DraftRating",
    "SavingConflictError",
    "accept",
    "accept_suggestion",
    "add_usual_statements",
    "ask_again",
    "attach",
    "code_excerpt",
    "copy_round",
    "decide_withholding",
    "detach",
    "discard_draft",
    "dismiss_suggestion",
    "extend",
    "hand_in",
    "hand_to_tender",
    "judge_tender_input",
    "link_excerpts",
    "mark_strong",
    "merge_themes",
    "move_question",
    "move_round",
    "publish_main_point",
    "publish_report",
    "publish_round",
    "reconsider",
    "redact_found",
    "redact_words",
    "release_evaluation",
    "reopen_as_new_version",
    "reply_to_recommendation",
    "resolve",
    "review_evidence",
    "save_answer",
    "save_count_words",
    "save_discussion",
    "save_draft_answers",
    "save_initiative",
    "save_main_point",
    "save_question",
    "save_rating",
    "save_recommendation",
    "save_round",
    "save_second_reading",
    "save_statement",
    "save_theme",
    "send_back",
    "start_report",
    "submit_report",
    "suggest_again",
    "take_back",
    "take_back_extension",
    "take_back_review",
    "try_out",
    "uncode",
    "undo_coding",
    "undo_withdrawal",
    "unlink_excerpts",
    "withdraw_main_point",
    "withdraw_question",
    "withdraw_report",
    "withdraw_round",
    "withhold",
]
