from learnings.models.attachments import Attachment
from learnings.models.coding import CodeBook, Excerpt, Theme
from learnings.models.editions import ReportEdition
from learnings.models.evaluation import EvaluationRelease, EvaluationStatement, Rating
from learnings.models.findings import Resolution
from learnings.models.publication import Withholding
from learnings.models.reading import CountWords, DismissedSuggestion, SecondReading
from learnings.models.receipts import Receipt
from learnings.models.reports import Answer, ExperienceReport, FrozenError, Part, ReportVersion
from learnings.models.reviews import Discussion, Review, ReviewComment
from learnings.models.rounds import Question, Round, Wish
from learnings.models.synthesis import (
    EvidenceReview,
    Initiative,
    MainPoint,
    Recommendation,
    Reply,
    TenderInput,
)

__all__ = [
    "Answer",
    "Attachment",
    "CodeBook",
    "CountWords",
    "Discussion",
    "DismissedSuggestion",
    "EvaluationRelease",
    "EvaluationStatement",
    "EvidenceReview",
    "Excerpt",
    "ExperienceReport",
    "FrozenError",
    "Initiative",
    "MainPoint",
    "Part",
    "Question",
    "Rating",
    "Receipt",
    "Recommendation",
    "Reply",
    "ReportEdition",
    "ReportVersion",
    "Resolution",
    "Review",
    "ReviewComment",
    "Round",
    "SecondReading",
    "TenderInput",
    "Theme",
    "Wish",
    "Withholding",
]
