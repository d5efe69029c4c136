"""The round of experience reports that is under way, and what was talked over after the last one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from committees.models import Decision
from contracts.enums import ObligationKind
from contracts.models import ObligationOccurrence
from example import files
from example.learnings import rate
from example.people import holder_of
from learnings.enums import Meaning, RoundState
from learnings.models import Answer, Discussion, ExperienceReport, Question, Round, Wish
from learnings.queries import questions_for, report_in
from learnings.services import (
    DraftAnswer,
    copy_round,
    extend,
    move_round,
    save_discussion,
    save_draft_answers,
    save_question,
    save_round,
    send_back,
    start_report,
    submit_report,
)
from suppliers.models import Supplier

Row = Mapping[str, Any]
EMPTY_AT_THE_END = 3  # questions that a draft has not come to


def load(last: int) -> None:
    """Load what came after the round of year `last`; discussions and a round that are there stay as people have made them."""
    data, officer = files.read("round_running"), holder_of(Role.PROCUREMENT)
    source = Round.objects.get(year=last)
    for row in data["discussions"]:
        _load_discussion(source, row, by=officer)
    day = _last_day(data)
    if day is not None and not Round.objects.filter(year__gt=last).exists():
        _load_round(source, data, closes_on=day, by=officer)


def _load_discussion(source: Round, row: Row, *, by: User) -> None:
    report = report_in(source, _supplier(row["supplier"]))
    if report is not None and not Discussion.objects.filter(report=report).exists():
        fields = {name: value for name, value in row.items() if name != "supplier"}
        save_discussion(Discussion(report=report, **fields), by=by)


def _last_day(data: Row) -> dt.date | None:
    """Return the next day on which the contracts ask for a report; None when none does any longer."""
    earliest = timezone.localdate() + dt.timedelta(days=data["least_days_left"])
    due = ObligationOccurrence.objects.open().of_kind(ObligationKind.EXPERIENCE_REPORT).filter(due_on__gte=earliest)
    days: dt.date | None = due.order_by("due_on").values_list("due_on", flat=True).first()
    return days


def _load_round(source: Round, data: Row, *, closes_on: dt.date, by: User) -> None:
    opens_on = timezone.localdate() - dt.timedelta(days=data["opened_days_ago"])
    title = f"{data['title']} {closes_on.year}"
    new = copy_round(source, year=closes_on.year, title=title, opens_on=opens_on, closes_on=closes_on, by=by)
    wish = Wish(decision=Decision.objects.get(code=data["wish_decision"]), text=data["wish_text"])
    new.wishes.set([wish])
    save_round(new, by=by)
    _load_questions(new, data, by=by)
    move_round(new, to=RoundState.OPEN, by=by)
    for key, row in data["reports"].items():
        _load_report(new, source, key, row, data, by=by)
    given = data["extension"]
    until = closes_on + dt.timedelta(days=given["days"])
    extend(new, _supplier(given["supplier"]), until=until, reason=given["reason"], by=by)


def _load_questions(new: Round, data: Row, *, by: User) -> None:
    reworded = new.questions.get(key=data["reworded"]["key"])
    reworded.wording, reworded.meaning = data["reworded"]["text"], Meaning.SAME
    save_question(reworded, by=by)
    row = data["new_question"]
    general = new.questions.filter(target_group=None).order_by("order")
    question = Question(round=new, key=row["key"], wording=row["text"], order=general.last().order)
    question.help_text, question.word_limit = row["help_text"], row["word_limit"]
    save_question(question, by=by)


def _load_report(new: Round, source: Round, key: str, row: Row, data: Row, *, by: User) -> None:
    supplier = _supplier(key)
    report = start_report(new, supplier, by=by)
    answers = _answers(report, report_in(source, supplier), row, data)
    save_draft_answers(report, answers=answers, handed_in_by=row.get("submitted_by", ""), by=by)
    rate(report, row.get("ratings", {}))
    if row["stage"] != "draft":
        submit_report(report, by=by)
    if row["stage"] == "sent_back":
        asked = new.questions.get(key=row["comment_key"])
        send_back(report, comments={asked: row["comment"]}, message=row["message"], by=by)


def _answers(report: ExperienceReport, last: ExperienceReport | None, row: Row, data: Row) -> dict[int, DraftAnswer]:
    """Return an answer to each question: what is new, then the beginning of last year's; a draft stops before the end."""
    questions = questions_for(report)
    if row["stage"] == "draft":
        questions = questions[:-EMPTY_AT_THE_END]
    before = {answer.question_id: answer for answer in Answer.objects.counting().filter(version__report=last)}
    found = {}
    for question in questions:
        old = before.get(question.predecessor_id) if question.predecessor_id else None
        text = _shortened(old.text) if old else data["new_question"]["answer"]
        reason = old.not_applicable_reason if old else ""
        opened = f"{row['opening']}\n\n{text}"
        found[question.pk] = DraftAnswer(not_applicable_reason=reason) if reason else DraftAnswer(text=opened)
    return found


def _shortened(text: str) -> str:
    return text.partition("\n\n")[0]


def _supplier(key: str) -> Supplier:
    return Supplier.objects.get(cvr=files.read("register")["suppliers"][key]["cvr"]).survivor
