"""The example municipality's round of experience reports: answers, coding, and what they say together."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from committees.models import Decision
from contracts.models import TargetGroup
from learnings.enums import InitiativeState, ReplyKind, RoundState
from learnings.models import (
    Answer,
    EvaluationStatement,
    Excerpt,
    ExperienceReport,
    Initiative,
    MainPoint,
    Question,
    Recommendation,
    Round,
    Theme,
    Wish,
)
from learnings.services import (
    Basis,
    DraftAnswer,
    DraftRating,
    accept,
    code_excerpt,
    move_round,
    publish_main_point,
    reply_to_recommendation,
    save_draft_answers,
    save_initiative,
    save_main_point,
    save_question,
    save_rating,
    save_recommendation,
    save_round,
    save_statement,
    save_theme,
    start_report,
    submit_report,
)
from suppliers.models import Supplier

YEAR = 2024

# Suppliers give their recommendations as the answer to one more question, so that they are versioned and coded alike.
ADVICE_KEY = "anbefalinger"
ADVICE_WORDING = "Hvilke anbefalinger har I til kommunen?"
ADVICE_THEME = "Anbefalinger til kommunen"

Data = Mapping[str, Any]


def load(data_dir: Path) -> None:
    """Load the round of `round_2024.toml` and its coding of `coding_2024.toml`, all of it or nothing.

    A round that is there already is left as it is, with whatever people have done to it since. Needs the register and
    the decisions. Raises ValidationError when the files do not hold together.
    """
    data = _read(data_dir / f"round_{YEAR}.toml")
    if Round.objects.filter(year=int(data["round"]["key"])).exists():
        return
    suppliers = _read(data_dir / "register.toml")["suppliers"]
    ratings = _read(data_dir / f"ratings_{YEAR}.toml")
    with transaction.atomic():
        loaded = _load_round(data["round"])
        _load_questions(loaded, data)
        _load_statements(loaded, ratings["statements"])
        move_round(loaded, to=RoundState.OPEN, by=None)
        for key, report in data["reports"].items():
            _load_report(
                loaded, Supplier.objects.get(cvr=suppliers[key]["cvr"]), report, ratings["ratings"].get(key, {})
            )
        move_round(loaded, to=RoundState.CLOSED, by=None)
        _Coding(loaded, data["reports"], suppliers).load(_read(data_dir / f"coding_{YEAR}.toml"))


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as stream:
        return tomllib.load(stream)


# --- round, questions and reports


def _load_round(data: Data) -> Round:
    new = Round(
        year=int(data["key"]),
        title=data["title"],
        introduction=data["introduction"],
        opens_on=data["opens_on"],
        closes_on=data["due_on"],
    )
    decision = Decision.objects.get(code=data["requested_by"])
    new.wishes.set([Wish(decision=decision, text=decision.remarks or decision.title)])
    return save_round(new, by=None)


def _load_questions(loaded: Round, data: Data) -> None:
    groups = TargetGroup.objects.by_code()
    for key, row in data["questions"].items():
        question = Question(
            round=loaded,
            key=key,
            order=row["position"],
            wording=row["text"],
            help_text=row["help_text"],
            word_limit=row["word_limit"],
            target_group=groups[row["target_group"]] if row["target_group"] else None,
        )
        save_question(question, by=None)
    save_question(_advice_question(loaded, data), by=None)


def _load_statements(loaded: Round, data: Data) -> None:
    for order, (key, wording) in enumerate(data.items(), start=1):
        save_statement(EvaluationStatement(round=loaded, key=key, wording=wording, order=order), by=None)


def rate(report: ExperienceReport, data: Data) -> None:
    """Let a supplier rate the municipality: a score by the statement's key, or a score and a comment."""
    statements = {statement.key: statement.pk for statement in report.round.statements.all()}
    for key, given in data.items():
        row = given if isinstance(given, Mapping) else {"score": given}
        save_rating(report, statements[key], given=DraftRating(**row), basis=Basis(0), by=None)


def _advice_question(loaded: Round, data: Data) -> Question:
    about = data["round"]
    return Question(
        round=loaded,
        key=ADVICE_KEY,
        order=1 + max(row["position"] for row in data["questions"].values()),
        wording=ADVICE_WORDING,
        help_text=about["recommendation_help"],
        word_limit=about["recommendation_word_limit"] * about["recommendations_max"],
    )


def _load_report(loaded: Round, supplier: Supplier, data: Data, ratings: Data) -> None:
    report = start_report(loaded, supplier, by=None)
    questions = {question.key: question.pk for question in loaded.questions.all()}
    answers = {questions[key]: DraftAnswer(text=text) for key, text in data["answers"].items()}
    for key, reason in data.get("not_relevant", {}).items():
        answers[questions[key]] = DraftAnswer(not_applicable_reason=reason)
    answers[questions[ADVICE_KEY]] = DraftAnswer(text=_advice(data))
    save_draft_answers(report, answers=answers, handed_in_by=data["submitted_by"], by=None)
    rate(report, ratings)
    submit_report(report, submitted_at=timezone.make_aware(data["submitted_at"]), by=None)
    accept(report, by=None)


def _advice(data: Data) -> str:
    return "\n\n".join(f"{row['heading']}\n{row['text']}" for row in data["recommendations"])


# --- coding and synthesis


class _Coding:
    """Knows each excerpt by the key that main points and recommendations name it by."""

    def __init__(self, loaded: Round, reports: Data, suppliers: Data) -> None:
        self.round = loaded
        self.reports = reports
        self.supplier_keys = {row["cvr"]: key for key, row in suppliers.items()}
        self.questions = {question.key: question for question in loaded.questions.all()}
        self.answers = {self._key(answer): answer for answer in self._submitted_answers()}
        self.excerpts: dict[str, Excerpt] = {}

    def load(self, data: Data) -> None:
        themes = self._load_themes(data["themes"])
        for row in data["excerpts"]:
            self.excerpts[row["key"]] = self._code(row["report"], row["question"], themes[row["theme"]], row)
        self._load_advice(themes)
        for order, row in enumerate(data["main_points"], start=1):
            self._load_main_point(row, order=order)
        for row in data["recommendations"]:
            self._load_recommendation(row)

    def _submitted_answers(self) -> Iterator[Answer]:
        reports = ExperienceReport.objects.filter(round=self.round)
        answers = Answer.objects.counting().filter(version__report__in=reports)
        return answers.select_related("question", "version__report__supplier", "version__report__round").iterator()

    def _key(self, answer: Answer) -> tuple[str, str]:
        return self.supplier_keys[answer.version.report.supplier.cvr], answer.question.key

    def _load_themes(self, data: Data) -> dict[str, Theme]:
        themes: dict[str, Theme] = {}
        for key, row in data.items():
            theme = Theme(
                code_book=self.round.code_book,
                parent=themes[row["parent"]] if row["parent"] else None,
                name=row["name"],
                definition=row.get("definition", ""),
                order=row["position"],
            )
            themes[key] = save_theme(theme, by=None)
        return themes

    def _code(self, report: str, question: str, theme: Theme, row: Data) -> Excerpt:
        answer = self.answers[report, question]
        return code_excerpt(answer, theme=theme, passage=row["text"], is_strong=row.get("is_strong", False), by=None)

    def _load_advice(self, themes: dict[str, Theme]) -> None:
        last = 1 + max(theme.order for theme in themes.values() if theme.parent is None)
        theme = save_theme(Theme(code_book=self.round.code_book, name=ADVICE_THEME, order=last), by=None)
        for key, report in self.reports.items():
            for row in report["recommendations"]:
                self.excerpts[row["key"]] = self._code(key, ADVICE_KEY, theme, row)

    def _load_main_point(self, row: Data, *, order: int) -> None:
        point = MainPoint(
            round=self.round,
            question=self.questions[row["question"]] if row["question"] else None,
            heading=row["heading"],
            text=row["text"],
            order=order,
        )
        excerpts = [self.excerpts[key] for key in row["excerpts"]]
        themes = list({excerpt.theme_id: excerpt.theme for excerpt in excerpts}.values())
        save_main_point(point, excerpts=excerpts, themes=themes, by=None)
        publish_main_point(point, by=None)

    def _load_recommendation(self, row: Data) -> None:
        recommendation = Recommendation(
            round=self.round, heading=row["heading"], text=row["text"], order=row["position"]
        )
        keys = [*row["excerpts"], *row["supplier_recommendations"]]
        save_recommendation(recommendation, excerpts=[self.excerpts[key] for key in keys], by=None)
        if reply := row.get("reply"):
            reply_to_recommendation(
                recommendation,
                kind=ReplyKind(reply["stance"]),
                reason=reply["text"],
                decided_by=reply["decided_by"],
                decided_on=reply["decided_on"],
                by=None,
            )
        for initiative in row.get("initiatives", []):
            save_initiative(_initiative(recommendation, initiative), by=None)


def _initiative(recommendation: Recommendation, row: Data) -> Initiative:
    return Initiative(
        recommendation=recommendation,
        heading=row["heading"],
        text=row["text"],
        responsible=row["responsible"],
        starts_on=row["started_on"],
        state=InitiativeState.UNDER_WAY if row["is_under_way"] else InitiativeState.PLANNED,
    )
