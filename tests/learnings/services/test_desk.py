"""Merging themes, undoing, suggestions and second readings: what the coding desk does beside coding."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from learnings.models import DismissedSuggestion, Excerpt, Theme
from learnings.queries import theme_rows
from learnings.queries.log import coding_log
from learnings.queries.readings import agreements
from learnings.queries.suggestions import similar_groups, suggestions
from learnings.services import (
    accept_suggestion,
    code_excerpt,
    dismiss_suggestion,
    mark_strong,
    merge_themes,
    save_main_point,
    save_second_reading,
    suggest_again,
    uncode,
    undo_coding,
)
from tests.factories import MainPointFactory, QuestionFactory, RoundFactory, ThemeFactory, UserFactory
from tests.learnings.world import FIXED, accepted, answer_to, code, supplier_on

pytestmark = pytest.mark.django_db

LIKE = "Den faste kontaktperson gør hele forskellen for borgerne."


class Desk:
    """A round with one question, two suppliers that say alike, and a theme that the first is coded under."""

    def __init__(self) -> None:
        self.round = RoundFactory()
        self.question = QuestionFactory(round=self.round, key="q1")
        self.theme = ThemeFactory(code_book=self.round.code_book, name="Kontakt")
        self.first = accepted(self.round, supplier_on(), q1=FIXED)
        self.second = accepted(self.round, supplier_on(), q1=f"Vejret var godt den dag. {LIKE}")
        self.excerpt = code(self.first, self.question, FIXED, theme=self.theme)

    def other_theme(self, **fields: object) -> Theme:
        return ThemeFactory(code_book=self.round.code_book, **fields)


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk()


def test_a_merge_moves_everything_and_keeps_what_is_coded_twice_once(desk: Desk, officer: User) -> None:
    into = desk.other_theme(name="Relation")
    twin = code(desk.first, desk.question, FIXED, theme=into)
    alone = code(desk.second, desk.question, "Vejret var godt", theme=desk.theme)
    mark_strong(desk.excerpt, is_strong=True, by=None)
    point = save_main_point(MainPointFactory(round=desk.round), excerpts=[desk.excerpt], themes=[desk.theme], by=None)
    below = desk.other_theme(parent=desk.theme)

    merge_themes(desk.theme, into=into, by=officer)

    assert set(Excerpt.objects.values_list("pk", "theme")) == {(twin.pk, into.pk), (alone.pk, into.pk)}
    twin.refresh_from_db()
    below.refresh_from_db()
    assert twin.is_strong
    assert (list(point.excerpts.all()), list(point.themes.all())) == ([twin], [into])
    assert below.parent == into
    assert not Theme.objects.filter(name="Kontakt").exists()
    assert Theme.history.filter(name="Kontakt", history_type="-").get().history_user == officer


def test_a_theme_is_not_merged_into_itself_or_below_itself_or_elsewhere(desk: Desk) -> None:
    for into in (desk.theme, desk.other_theme(parent=desk.theme), ThemeFactory()):
        with pytest.raises(ValidationError):
            merge_themes(desk.theme, into=into, by=None)
    assert Theme.objects.filter(pk=desk.theme.pk).exists()


def test_coding_is_undone_step_by_step(desk: Desk, officer: User) -> None:
    made = code_excerpt(answer_to(desk.second, desk.question), theme=desk.theme, passage="Vejret var godt", by=officer)
    mark_strong(made, is_strong=True, by=officer)
    uncode(Excerpt.objects.get(pk=made.pk), by=officer)

    undo_coding(desk.round, by=officer)
    assert Excerpt.objects.get(pk=made.pk).is_strong
    undo_coding(desk.round, by=officer)
    assert not Excerpt.objects.get(pk=made.pk).is_strong
    undo_coding(desk.round, by=officer)
    assert not Excerpt.objects.filter(pk=made.pk).exists()
    with pytest.raises(ValidationError):
        undo_coding(desk.round, by=officer)
    assert Excerpt.objects.get() == desk.excerpt


def test_nobody_undoes_what_another_did_or_has_touched_since(desk: Desk, officer: User) -> None:
    other = UserFactory()
    made = code_excerpt(answer_to(desk.second, desk.question), theme=desk.theme, passage="Vejret", by=officer)
    with pytest.raises(ValidationError):
        undo_coding(desk.round, by=other)
    mark_strong(made, is_strong=True, by=other)
    with pytest.raises(ValidationError):
        undo_coding(desk.round, by=officer)


def test_evidence_in_use_is_not_undone(desk: Desk, officer: User) -> None:
    made = code_excerpt(answer_to(desk.second, desk.question), theme=desk.theme, passage="Vejret", by=officer)
    save_main_point(MainPointFactory(round=desk.round), excerpts=[made], by=None)

    with pytest.raises(ValidationError):
        undo_coding(desk.round, by=officer)
    assert Excerpt.objects.filter(pk=made.pk).exists()


def test_a_similar_passage_is_suggested_and_counts_only_once_accepted(desk: Desk, officer: User) -> None:
    (found,) = suggestions(desk.round, desk.theme)
    assert (found.text, found.answer_id) == (LIKE, answer_to(desk.second, desk.question).pk)
    assert theme_rows(desk.round)[0].suppliers == 1

    answer = answer_to(desk.second, desk.question)
    accepted = accept_suggestion(answer, theme=desk.theme, span=(found.start, found.end), by=officer)

    assert (accepted.passage, accepted.was_suggested, accepted.coded_by) == (LIKE, True, officer)
    assert theme_rows(desk.round)[0].suppliers == 2
    assert suggestions(desk.round, desk.theme) == []


def test_what_is_dismissed_is_suggested_no_more_until_taken_back(desk: Desk, officer: User) -> None:
    (found,) = suggestions(desk.round, desk.theme)
    answer, span = answer_to(desk.second, desk.question), (found.start, found.end)

    row = dismiss_suggestion(answer, theme=desk.theme, span=span, by=officer)
    assert dismiss_suggestion(answer, theme=desk.theme, span=span, by=officer) == row
    assert suggestions(desk.round, desk.theme) == []
    suggest_again(row, by=officer)
    assert suggestions(desk.round, desk.theme) == [found]
    with pytest.raises(ValidationError):
        dismiss_suggestion(answer, theme=desk.theme, span=(0, 10_000), by=officer)
    assert not DismissedSuggestion.objects.exists()


def test_similar_passages_without_a_recommendation_are_gathered(desk: Desk) -> None:
    like = code(desk.second, desk.question, LIKE, theme=desk.theme)
    alone = code(desk.second, desk.question, "Vejret var godt den dag.", theme=desk.theme)

    assert similar_groups(desk.round, [desk.theme.pk]) == [[desk.excerpt, like], [alone]]


def test_agreement_is_counted_on_what_both_have_read(desk: Desk, officer: User) -> None:
    other = desk.other_theme(name="Vejr")
    save_second_reading(answer_to(desk.first, desk.question), themes=[desk.theme], by=officer)
    save_second_reading(answer_to(desk.second, desk.question), themes=[other], by=officer)

    (found,) = agreements(desk.round)

    by_theme = {row.theme: row.agreement for row in found.themes}
    assert (found.coder, found.answers, found.without_excerpts) == (officer, 2, 1)
    assert by_theme[desk.theme].kappa == 1
    assert (by_theme[other].second_only, by_theme[other].neither) == (1, 1)
    assert found.overall.decisions == 4
    assert [(row.theme, row.is_first_only) for row in found.disagreements] == [(other, False)]
    assert theme_rows(desk.round)[1].suppliers == 0


def test_nobody_is_second_coder_of_what_they_coded(desk: Desk, officer: User) -> None:
    answer = answer_to(desk.second, desk.question)
    code_excerpt(answer, theme=desk.theme, passage="Vejret", by=officer)

    with pytest.raises(ValidationError):
        save_second_reading(answer, themes=[desk.theme], by=officer)
    with pytest.raises(ValidationError):
        save_second_reading(answer, themes=[ThemeFactory()], by=UserFactory())


def test_the_log_tells_who_did_what(desk: Desk, officer: User) -> None:
    answer = answer_to(desk.second, desk.question)
    accept_suggestion(answer, theme=desk.theme, span=(0, 24), by=officer)
    undo_coding(desk.round, by=officer)

    entries, has_more = coding_log(desk.round)

    assert [(entry.what, entry.who, entry.passage) for entry in entries[:2]] == [
        ("Fortrudt", str(officer), "Vejret var godt den dag."),
        ("Forslag godtaget", str(officer), "Vejret var godt den dag."),
    ]
    assert not has_more
    assert coding_log(desk.round, size=1)[1]
