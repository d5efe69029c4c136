from learnings.models.coding import CodeBook, Excerpt, Theme
from learnings.models.reports import Answer, ExperienceReport, FrozenError, ReportVersion
from learnings.models.rounds import Question, Round
from learnings.models.synthesis import Initiative, MainPoint, Recommendation, Reply

__all__ = [
    "Answer",
    "CodeBook",
    "Excerpt",
    "ExperienceReport",
    "FrozenError",
    "Initiative",
    "MainPoint",
    "Question",
    "Recommendation",
    "Reply",
    "ReportVersion",
    "Round",
    "Theme",
]
