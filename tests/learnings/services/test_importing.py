"""Coding out as a table or project and in again: it only adds, and says what cannot be placed."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from accounts.models import User
from learnings.exchange.layout import HEADINGS
from learnings.exchange.refi import write_project
from learnings.models import Excerpt, Round, Theme
from learnings.queries.exporting import coding_rows, project_of
from learnings.services import code_excerpt
from learnings.services.importing import import_coding, plan_import
from records.export import csv_lines, workbook_bytes
from tests.factories import QuestionFactory, RoundFactory, ThemeFactory
from tests.learnings.world import FIXED, answer_to, hand_in, supplier_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def coded(db: None, officer: User) -> Round:
    this_round = RoundFactory()
    question = QuestionFactory(round=this_round, key="q1")
    above = ThemeFactory(code_book=this_round.code_book, name="Samarbejde")
    theme = ThemeFactory(code_book=this_round.code_book, name="Kontakt", parent=above, definition="Om kontakt.")
    answer = answer_to(hand_in(this_round, supplier_on(name="Æblegård"), q1=f"=\U0001f34e {FIXED}"), question)
    code_excerpt(answer, theme=theme, passage="fast kontaktperson", is_strong=True, by=officer)
    code_excerpt(answer, theme=above, passage="=\U0001f34e En", by=officer)
    return this_round


def files(this_round: Round) -> list[ContentFile]:
    lines = "".join(csv_lines(HEADINGS, coding_rows(this_round)))
    return [
        ContentFile(lines.encode(), name="kodning.csv"),
        ContentFile(workbook_bytes("Kodning", HEADINGS, coding_rows(this_round)), name="kodning.xlsx"),
        ContentFile(write_project(project_of(this_round)), name="kodning.qdpx"),
    ]


def standing() -> set[tuple[str, str, bool]]:
    return {(row.passage, row.theme.name, row.is_strong) for row in Excerpt.objects.all()}


def test_what_is_exported_comes_back(coded: Round, officer: User) -> None:
    before = standing()
    for file in files(coded):
        assert plan_import(coded, file).new == []

    kept = files(coded)[1:]  # a CSV marks what looks like a formula, which then is another text
    for file in kept:
        Excerpt.objects.all().delete()
        Theme.objects.filter(parent__isnull=False).delete()
        plan = plan_import(coded, file)
        assert plan.unmatched == []
        assert plan.new_themes == ["Samarbejde > Kontakt"]
        assert import_coding(coded, plan, by=officer) == 2
        assert standing() == before
        assert import_coding(coded, plan_import(coded, file), by=officer) == 0
    assert Theme.objects.get(name="Kontakt").definition == "Om kontakt."


def test_what_cannot_be_placed_is_told_with_its_row(coded: Round) -> None:
    rows = [
        ("fast", "Æblegård", "q1", "Nyt > Under"),
        ("fast", "En anden", "q1", "Nyt"),
        ("fast", "Æblegård", "q9", "Nyt"),
        ("står her ikke", "Æblegård", "q1", "Nyt"),
        ("e", "Æblegård", "q1", "Nyt"),
        ("fast", "Æblegård", "q1", ""),
    ]
    lines = "".join(csv_lines(["Uddrag", "Leverandør", "Nøgle", "Tema"], rows))

    plan = plan_import(coded, ContentFile(lines.encode(), name="kodning.csv"))

    assert [(row.passage, row.theme) for row in plan.new] == [("fast", "Nyt > Under")]
    assert len(plan.unmatched) == 5
    assert plan.unmatched[0][0] == "Række 3"


@pytest.mark.parametrize("name", ["kodning.csv", "kodning.qdpx"])
def test_a_file_that_is_something_else_is_refused(coded: Round, name: str) -> None:
    with pytest.raises(ValidationError) as refused:
        plan_import(coded, ContentFile(b"PK\x03\x04 nonsense", name=name))
    assert "file" in refused.value.message_dict
