from __future__ import annotations

import datetime as dt

import pytest

from cases.assembly.paper import assemble
from cases.models import CommitteeCase
from cases.services import make_documents
from documents import tree as t
from documents.enums import Audience
from documents.models import Snapshot
from documents.numbering import walk
from documents.services.snapshots import document_for, evidence_for
from results.models import BenefitGroup
from tests.cases.papers import (
    YEAR,
    case_with,
    fact_sheet,
    measure_with,
    results_block,
    text_block,
    typed_block,
)
from tests.factories import DeliveryFactory, FrameworkAgreementFactory, ObservationFactory, SupplierFactory

pytestmark = pytest.mark.django_db


def printed(document: t.Document) -> list[list[str]]:
    (table,) = [node for node in walk(document) if isinstance(node, t.Table)]
    return [["".join(node.text for node in cell.children) for cell in row.cells] for row in table.rows]  # type: ignore[union-attr]


def test_the_fact_sheets_table_hides_one_education_cell_and_one_more_for_the_public() -> None:
    case, _framework = fact_sheet()
    snapshot, _job = make_documents(case, by=None)
    assert printed(document_for(snapshot, Audience.PUBLIC)) == [
        ["Aktivitetsparate", "1.286", "62 (4,8\u00a0%)", "•"],
        ["Ressourceforloeb", "1.236", "8 (0,6\u00a0%)", "•"],
        ["Sygemeldte", "3.393", "206 (6,1\u00a0%)", "9 (0,3\u00a0%)"],
        ["Ledighedsydelse", "175", "24 (13,7\u00a0%)", "0 (0,0\u00a0%)"],
        ["I alt (unikke borgere)", "6.065", "300 (4,9\u00a0%)", "15 (0,2\u00a0%)"],
    ]


def test_a_figure_is_hidden_in_every_paper_that_shows_it() -> None:
    """With the 5 and the 15 alone in one paper and the others in another, a reader of both would have the 1."""
    case, framework = fact_sheet()
    _job, education = case.body[0].value["content"][0].value["measures"]
    group = BenefitGroup.objects.get(code="aktivitetsparate")
    figure = {"measure": education.pk, "period": "2022", "framework": framework.pk}
    marks = (
        {"type": "figure", "value": {**figure, "name": "fem", "benefit_group": group.pk}},
        {"type": "figure", "value": {**figure, "name": "alle"}},
    )
    other = case_with(text_block("<p>Det er {fem} af {alle}.</p>", *marks))
    snapshot, _job = make_documents(other, by=None)
    shown = [node.text for node in walk(document_for(snapshot, Audience.PUBLIC)) if isinstance(node, t.Value)]
    assert shown == ["•", "15"]
    assert len(assemble(other.newest_text()).evidence) == 2


def test_inside_the_municipality_every_figure_is_printed() -> None:
    case, _framework = fact_sheet()
    snapshot, _job = make_documents(case, by=None)
    rows = printed(document_for(snapshot, Audience.INTERNAL))
    assert [row[3].replace("\u00a0", " ") for row in rows[:2]] == ["5 (0,4 %) †", "1 (0,1 %) †"]


def test_public_evidence_has_no_hidden_figure_but_every_entry() -> None:
    case, _framework = fact_sheet()
    snapshot, _job = make_documents(case, by=None)
    inside, public = (evidence_for(snapshot, audience)["evidence"] for audience in (Audience.INTERNAL, Audience.PUBLIC))
    assert set(inside) == set(public)
    hidden = [key for key, entry in public.items() if "•" in entry["values"].values()]
    assert sorted(inside[key]["values"]["outcomes"] for key in hidden) == [1, 5]


def test_every_evidence_id_of_the_tree_resolves() -> None:
    case, _framework = fact_sheet()
    paper = assemble(case.newest_text())
    named = {key for node in walk(paper.document) for key in getattr(node, "evidence", ())}
    assert named
    assert named == set(paper.evidence)


def test_a_frozen_case_stays_when_its_data_are_withdrawn() -> None:
    case, _framework = fact_sheet()
    snapshot, _job = make_documents(case, by=None)
    before = printed(document_for(snapshot, Audience.PUBLIC))
    from results.models import Delivery

    delivery = Delivery.objects.get()
    delivery.is_validated = False
    delivery.save()
    assert printed(document_for(Snapshot.objects.get(pk=snapshot.pk), Audience.PUBLIC)) == before
    newer, _job = make_documents(case, by=None)
    assert newer.number == 2


def test_an_unchanged_case_gives_the_same_snapshot() -> None:
    case, _framework = fact_sheet()
    first, _job = make_documents(case, by=None)
    second, _job = make_documents(case, by=None)
    assert first == second


def test_the_total_is_explained_as_unique_persons() -> None:
    case, _framework = fact_sheet()
    (table,) = [node for node in walk(assemble(case.newest_text()).document) if isinstance(node, t.Table)]
    assert any("6.090" in node.text for note in table.notes for node in note if isinstance(node, t.Value))


def supplier_table(*outcomes: int, totals: tuple[int, int]) -> CommitteeCase:
    """Return a case with a row of 100 persons for each supplier, and the source's total of unique persons."""
    framework, delivery = FrameworkAgreementFactory(), DeliveryFactory()
    measure = measure_with("job_2m", (), totals, framework=framework, delivery=delivery)
    common = {"measure_version": measure.versions.get(), "delivery": delivery, "framework": framework, **YEAR}
    for count in outcomes:
        ObservationFactory(**common, supplier=SupplierFactory(), benefit_group=None, denominator=100, outcomes=count)
    return case_with(results_block([measure], framework, is_by_supplier=True))


def test_suppliers_add_up_to_the_sum_of_groups_and_unique_persons_are_told_in_the_note() -> None:
    paper = assemble(supplier_table(20, 30, 40, totals=(290, 85)).newest_text())
    assert printed(paper.document)[-1] == ["I alt (sum af grupper)", "300", "90 (30,0\u00a0%)"]
    (table,) = [node for node in walk(paper.document) if isinstance(node, t.Table)]
    (note,) = ["".join(node.text for node in note) for note in table.notes]  # type: ignore[union-attr]
    assert note.endswith("Leverandørerne har tilsammen haft 290 unikke borgere.")
    (_label, base, outcome) = table.rows[-1].cells
    assert [len(cell.children[0].evidence) for cell in (base, outcome)] == [3, 3]  # type: ignore[union-attr]


def test_a_sum_of_suppliers_is_hidden_with_any_of_its_parts() -> None:
    snapshot, _job = make_documents(supplier_table(2, 30, 40, totals=(290, 72)), by=None)
    rows = printed(document_for(snapshot, Audience.PUBLIC))
    assert rows[-1] == ["I alt (sum af grupper)", "300", "•"]


def test_suppliers_whose_sum_is_the_total_have_no_note() -> None:
    paper = assemble(supplier_table(20, 30, totals=(200, 50)).newest_text())
    assert printed(paper.document)[-1] == ["I alt (sum af grupper)", "200", "50 (25,0\u00a0%)"]
    assert [node.notes for node in walk(paper.document) if isinstance(node, t.Table)] == [()]


def test_data_as_of_is_the_newest_extraction() -> None:
    case, _framework = fact_sheet()
    assert assemble(case.newest_text()).data_as_of == dt.date(2023, 8, 7)


def test_footnotes_and_references_stand_where_their_marks_do() -> None:
    footnote = {"type": "footnote", "value": {"name": "note", "text": "<p>Se loven.</p>"}}
    reference = {"type": "reference", "value": {"name": "henvisning", "target": "tabel"}}
    case = case_with(
        text_block("<p>Antallet{note} står i {henvisning}.</p>", footnote, reference),
        typed_block("Gruppe\tAntal\nA\t10"),
    )
    paragraph = assemble(case.newest_text()).parts[0].nodes[1]
    assert paragraph == t.Paragraph(
        (
            t.Text("Antallet"),
            t.Footnote((t.Text("Se loven."),)),
            t.Text(" står i "),
            t.Reference("tabel"),
            t.Text("."),
        )
    )


def test_a_typed_table_keeps_its_cells_and_sets_numbers_as_numbers() -> None:
    case = case_with(typed_block("Gruppe\tAntal\tBemærkning\nA\t1.286\tny\nI alt\t1.286\t"))
    table = assemble(case.newest_text()).parts[0].nodes[1]
    assert isinstance(table, t.Table)
    assert [column.is_numeric for column in table.columns] == [False, True, False]
    assert [row.kind for row in table.rows] == ["body", "total"]


@pytest.mark.parametrize("supplier_rows", [1, 30])
def test_assembling_takes_the_same_number_of_queries_for_any_number_of_rows(
    django_assert_num_queries: object, supplier_rows: int
) -> None:
    from tests.cases.rows import figures_for_suppliers

    measure, framework = figures_for_suppliers(supplier_rows)
    case = case_with(results_block([measure], framework, is_by_supplier=True)).newest_text()
    with django_assert_num_queries(11):  # type: ignore[operator]
        assemble(case)
