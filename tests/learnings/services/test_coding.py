from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from accounts.models import User
from learnings.models import Answer, Excerpt, Question, ReportVersion, Theme
from learnings.passages import find_passage
from learnings.queries import quotes
from learnings.services import AmbiguousPassageError, code_excerpt, mark_strong, save_theme, uncode
from tests.factories import AnswerFactory, MainPointFactory, QuestionFactory, RecommendationFactory, ThemeFactory
from tests.learnings.world import FIXED, answer_to, hand_in, supplier_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact() -> Question:
    return QuestionFactory(key="kontakt")


@pytest.fixture
def version(contact: Question) -> ReportVersion:
    return hand_in(contact.round, supplier_on(), kontakt=f"{FIXED}\n\nRo, ro og tid.")


@pytest.fixture
def answer(version: ReportVersion, contact: Question) -> Answer:
    return answer_to(version, contact)


@pytest.fixture
def theme(contact: Question) -> Theme:
    return ThemeFactory(code_book=contact.round.code_book)


def test_a_passage_is_coded_where_it_stands(answer: Answer, theme: Theme, officer: User) -> None:
    excerpt = code_excerpt(answer, theme=theme, passage="fast  kontaktperson\n", is_strong=True, by=officer)

    assert (excerpt.start, excerpt.end, excerpt.passage) == (3, 21, "fast kontaktperson")
    assert (excerpt.is_strong, excerpt.coded_by, excerpt.history.get().history_user) == (True, officer, officer)


def test_a_passage_may_run_over_paragraphs(answer: Answer, theme: Theme) -> None:
    assert code_excerpt(answer, theme=theme, passage="forskel. Ro,", by=None).passage == "forskel.\n\nRo,"


def test_the_same_coding_again_is_the_same_excerpt(answer: Answer, theme: Theme) -> None:
    first = code_excerpt(answer, theme=theme, passage="fast", by=None)

    assert code_excerpt(answer, theme=theme, passage="fast", by=None) == first
    assert first.history.count() == 1


def test_a_passage_may_have_several_themes(answer: Answer, theme: Theme) -> None:
    code_excerpt(answer, theme=theme, passage="fast", by=None)
    code_excerpt(answer, theme=ThemeFactory(code_book=theme.code_book), passage="fast", by=None)

    assert Excerpt.objects.count() == 2


@pytest.mark.parametrize("passage", ["løs kontaktperson", "", "  \n"])
def test_a_passage_that_does_not_stand_there_is_refused(answer: Answer, theme: Theme, passage: str) -> None:
    with pytest.raises(ValidationError):
        code_excerpt(answer, theme=theme, passage=passage, by=None)


def test_a_passage_that_stands_twice_asks_which(answer: Answer, theme: Theme) -> None:
    with pytest.raises(AmbiguousPassageError) as asked:
        code_excerpt(answer, theme=theme, passage="r", by=None)

    assert asked.value.spans == find_passage(answer.text, "r")
    assert code_excerpt(answer, theme=theme, span=asked.value.spans[1], by=None).start == asked.value.spans[1][0]


@pytest.mark.parametrize("span", [(-1, 3), (3, 3), (5, 4), (0, 10_000), (37, 39)])
def test_a_span_outside_the_answer_or_of_blanks_is_refused(answer: Answer, theme: Theme, span: tuple[int, int]) -> None:
    with pytest.raises(ValidationError):
        code_excerpt(answer, theme=theme, span=span, by=None)


def test_a_draft_is_not_coded(theme: Theme, contact: Question) -> None:
    draft = AnswerFactory(version__report__round=contact.round, question=contact)

    with pytest.raises(ValidationError):
        code_excerpt(draft, theme=theme, passage="fast", by=None)


def test_a_replaced_version_is_not_coded(answer: Answer, version: ReportVersion, theme: Theme) -> None:
    hand_in(version.report.round, version.report.supplier, kontakt="Noget andet.")

    with pytest.raises(ValidationError):
        code_excerpt(answer, theme=theme, passage="fast", by=None)


def test_a_theme_of_another_code_book_is_refused(answer: Answer) -> None:
    with pytest.raises(ValidationError):
        code_excerpt(answer, theme=ThemeFactory(), passage="fast", by=None)


def test_mark_strong_is_undone_and_remembered(answer: Answer, theme: Theme, officer: User) -> None:
    excerpt = code_excerpt(answer, theme=theme, passage="fast", by=None)

    mark_strong(excerpt, is_strong=True, by=officer)
    mark_strong(excerpt, is_strong=False, by=officer)

    assert [entry.is_strong for entry in excerpt.history.order_by("history_id")] == [False, True, False]


def test_uncode_leaves_the_history(answer: Answer, theme: Theme, officer: User) -> None:
    excerpt = code_excerpt(answer, theme=theme, passage="fast", by=None)
    pk = excerpt.pk

    uncode(excerpt, by=officer)

    assert not Excerpt.objects.exists()
    assert Excerpt.history.filter(id=pk, history_type="-").get().history_user == officer


@pytest.mark.parametrize("factory", [MainPointFactory, RecommendationFactory])
def test_evidence_in_use_is_not_removed(answer: Answer, theme: Theme, officer: User, factory: type) -> None:
    excerpt = code_excerpt(answer, theme=theme, passage="fast", by=None)
    factory(round=answer.question.round, heading="Kontakt").excerpts.add(excerpt)

    with pytest.raises(ValidationError, match="Kontakt"):
        uncode(excerpt, by=officer)

    assert Excerpt.objects.filter(pk=excerpt.pk).exists()


def test_a_theme_stands_under_no_descendant_of_its_own(theme: Theme) -> None:
    child = save_theme(Theme(code_book=theme.code_book, parent=theme, name="Barn"), by=None)
    grandchild = save_theme(Theme(code_book=theme.code_book, parent=child, name="Barnebarn"), by=None)
    for parent in (theme, child, grandchild):
        theme.parent = parent
        with pytest.raises(ValidationError):
            save_theme(theme, by=None)


def test_a_theme_stands_under_one_of_the_same_code_book(theme: Theme) -> None:
    with pytest.raises(ValidationError):
        save_theme(Theme(code_book=theme.code_book, parent=ThemeFactory(), name="Barn"), by=None)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=st.text(st.sampled_from("ab æ\n"), max_size=30),
    after=st.text(st.sampled_from("ab æ\n"), max_size=30),
    data=st.data(),
)
def test_a_passage_never_drifts_when_newer_versions_come(
    contact: Question, theme: Theme, before: str, after: str, data: st.DataObject
) -> None:
    assume(before.strip() and after.strip() and before.strip() != after.strip())
    supplier = supplier_on()
    answer = answer_to(hand_in(contact.round, supplier, kontakt=before), contact)
    start = data.draw(st.integers(0, len(answer.text) - 1))
    end = data.draw(st.integers(start + 1, len(answer.text)))
    assume(answer.text[start:end].strip())
    excerpt = code_excerpt(answer, theme=theme, span=(start, end), by=None)

    newest = answer_to(hand_in(contact.round, supplier, kontakt=after), contact)

    (quote,) = quotes([excerpt])
    assert quote.text == answer.text[start:end]
    assert quote.is_outdated is (not find_passage(newest.text, quote.text))
