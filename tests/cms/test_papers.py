from dataclasses import replace

from cms.papers import Entry, Source, paper, searchable_text, summary
from documents.numbering import numbered
from documents.redaction import redacted
from documents.tree import Document, Footnote, Heading, Paragraph
from tests.cms.papers import SECRET_COUNT, fact_sheet, recommendation, words


def shown(document: Document):
    return paper(redacted(numbered(document)), assets=lambda _sha256: b"")


def test_paper_contents_are_chapters_and_annexes_with_their_numbers():
    assert shown(fact_sheet()).contents == (
        Entry("afsnit-1", "1 Indledning"),
        Entry("afsnit-5", "2 Resultater"),
        Entry("metode", "3 Kilder og metode"),
        Entry("bilag-ordliste", "Bilag 1: Ordliste"),
    )


def test_paper_contents_lead_to_places_in_the_body():
    found = shown(fact_sheet())
    assert [entry.anchor for entry in found.contents if f'id="{entry.anchor}"' not in found.body_html] == []


def test_paper_sources_name_each_table_and_figure_once():
    extract = "Fasit og DREAM, udtræk den 2. maj 2023"
    assert shown(fact_sheet()).sources == (
        Source("tabel-resultater", "Tabel 1", extract),
        Source("figur-andel", "Figur 1", extract),
    )


def test_paper_puts_facts_and_lead_outside_the_body():
    found = shown(fact_sheet(lead="Kort sagt."))
    assert "Kort sagt." in found.lead_html
    assert "Kort sagt." not in found.body_html
    assert "Ellen Kvistbjerg" not in found.body_html
    assert found.facts[1].value == "Arbejdsmarkedsudvalget"


def test_paper_keeps_a_lead_with_a_footnote_in_the_body_so_that_notes_stay_in_one_list():
    base = fact_sheet()
    noted = replace(base, lead=(*base.lead, Footnote(words("Opgjort i 2022."))))
    found = shown(noted)
    assert found.lead_html == ""
    assert found.body_html.count('role="doc-endnotes"') == 1
    assert "Opgjort i 2022." in found.body_html


def test_paper_finds_the_decision_and_stops_at_the_next_heading():
    base = recommendation(decision="Udvalget tog sagen til efterretning.")
    longer = replace(base, children=(*base.children, Heading(2, words("Bemærkninger")), Paragraph(words("Ingen."))))
    found = shown(longer)
    assert found.decision == ("Udvalget tog sagen til efterretning.",)
    assert not found.awaits_decision


def test_paper_awaits_a_decision_only_when_something_is_recommended():
    assert shown(recommendation()).awaits_decision
    assert not shown(fact_sheet()).awaits_decision


def test_paper_tells_of_hidden_figures_without_their_values():
    found = shown(fact_sheet())
    assert found.has_hidden_figures
    assert SECRET_COUNT not in found.body_html
    assert not shown(recommendation()).has_hidden_figures


def test_searchable_text_holds_the_words_of_tables_and_notes_once_redacted():
    text = searchable_text(redacted(numbered(fact_sheet())))
    assert "Borgere i ressourceforløb" in text
    assert "jobafklaringsforløb er lagt sammen" in text
    assert SECRET_COUNT not in text


def test_method_is_the_first_heading_about_method():
    assert shown(fact_sheet()).method == Entry("metode", "3 Kilder og metode")
    assert shown(recommendation()).method is None


def test_summary_is_the_lead_else_the_first_paragraph_else_the_subject():
    base = recommendation()
    assert summary(base).startswith("Otte leverandører")
    assert summary(replace(base, lead=())) == "Forvaltningen indstiller,"
    assert summary(replace(base, lead=(), children=())) == base.subject
