"""A round that is open, and teams that write in it; written in bulk, for the benchmark alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

SUPPLIERS = 300
QUESTIONS = 10


@dataclass(frozen=True)
class Writer:
    """Somebody who is signed in, with the addresses that their pages save to."""

    cookie: str
    answers: tuple[str, ...]
    questions: tuple[int, ...]
    report: int
    reference: str


def make_writers() -> list[dict[str, Any]]:
    """Write a round and the teams of 300 suppliers, sign one of each in, and return what their pages know."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.db import transaction
    from django.utils import timezone

    from accounts.models import User
    from bench.register import Size, make_register
    from contracts.models import Contract, ObligationOccurrence
    from learnings.models import CodeBook, ExperienceReport, Question, Round
    from suppliers.models import Contact, Membership

    today = timezone.localdate()

    def signed_in(user: User) -> str:
        session = SessionStore()
        session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session.create()
        return session.session_key or ""

    with transaction.atomic():
        make_register(Size(frameworks=1, lots=4, suppliers=SUPPLIERS, contracts=SUPPLIERS, months=1))
        ObligationOccurrence.objects.update(due_on=dt.date(today.year, 12, 31))
        obligation = ObligationOccurrence._meta.get_field("obligation").related_model
        obligation.objects.update(kind="experience_report", party="supplier")
        this_round = Round.objects.create(
            year=today.year,
            title="Erfaringer",
            opens_on=dt.date(today.year, 1, 1),
            closes_on=dt.date(today.year, 12, 31),
            state="open",
            code_book=CodeBook.objects.create(name="Temaer"),
        )
        questions = [
            Question.objects.create(round=this_round, key=f"spm-{n}", wording=f"Spørgsmål {n}?", order=n)
            for n in range(QUESTIONS)
        ]
        writers = []
        for number, contract in enumerate(Contract.objects.select_related("supplier").order_by("pk")):
            user = User.objects.create(email=f"team{number}@bench.example", is_external=True)
            Membership.objects.create(user=user, supplier=contract.supplier, role="editor")
            contact = Contact.objects.create(supplier=contract.supplier, name=f"Kontakt {number}")
            report = ExperienceReport.objects.create(round=this_round, supplier=contract.supplier)
            top = f"/portal/{contract.supplier_id}/rapporter/{report.pk}/svar"
            writers.append(
                Writer(
                    signed_in(user),
                    tuple(f"{top}/{question.pk}/" for question in questions),
                    tuple(question.pk for question in questions),
                    report.pk,
                    f"/bench/{contract.supplier_id}/{contact.pk}/",
                )
            )
    return [asdict(writer) for writer in writers]


def stored() -> dict[str, Any]:
    """Return each answer's text by report and question, and how often history has each answer."""
    from collections import Counter

    from learnings.models import Answer

    rows = Answer.objects.values_list("version__report_id", "question_id", "text", "pk")
    times = Counter(Answer.history.values_list("id", flat=True))
    return {f"{report}:{question}": [text, times[pk]] for report, question, text, pk in rows}
