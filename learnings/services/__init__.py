from learnings.services.coding import AmbiguousPassageError, code_excerpt, mark_strong, save_theme, uncode
from learnings.services.reports import (
    DraftAnswer,
    discard_draft,
    reopen_as_new_version,
    save_draft_answers,
    start_report,
    submit_report,
)
from learnings.services.rounds import move_round, save_question, save_round
from learnings.services.synthesis import (
    link_excerpts,
    reply_to_recommendation,
    save_initiative,
    save_main_point,
    save_recommendation,
    unlink_excerpts,
)

__all__ = [
    "AmbiguousPassageError",
    "DraftAnswer",
    "code_excerpt",
    "discard_draft",
    "link_excerpts",
    "mark_strong",
    "move_round",
    "reopen_as_new_version",
    "reply_to_recommendation",
    "save_draft_answers",
    "save_initiative",
    "save_main_point",
    "save_question",
    "save_recommendation",
    "save_round",
    "save_theme",
    "start_report",
    "submit_report",
    "uncode",
    "unlink_excerpts",
]
