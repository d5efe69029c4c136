import dataclasses
import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import tree
from documents.numbering import numbered, walk
from documents.serialisation import UnknownNodeError, digest, from_data, to_data
from documents.tree import Document, Paragraph, Text
from tests.documents.generated import documents


@given(st.integers(0, 10_000))
def test_a_document_survives_as_json(seed):
    document = numbered(documents(seed))
    assert from_data(json.loads(json.dumps(to_data(document)))) == document


@given(st.text())
def test_any_text_survives(text):
    assert from_data(json.loads(json.dumps(to_data(Text(text))))) == Text(text)


def test_the_generator_makes_every_kind_of_node():
    kinds = {type(node) for seed in range(60) for node in walk(documents(seed))}
    assert kinds == {each for each in vars(tree).values() if dataclasses.is_dataclass(each)}


def test_the_digest_follows_the_content():
    first, second = documents(1), documents(2)
    assert digest(first) == digest(documents(1))
    assert digest(first) != digest(second)
    assert digest(first) != digest(dataclasses.replace(first, keywords=("andet",)))


def test_the_digest_is_the_same_in_every_version_of_the_program():
    paper = Document("Titel", "Kort", "Center", "Emne", dt.date(2023, 8, 7), (Paragraph((Text("Ærø"),)),))
    assert digest(paper) == "adcf270ce83251c95ae1cfc80df4e289a63462bed73ceee9d11264171677fb94"


def test_fields_with_their_default_are_left_out():
    assert to_data(Paragraph((Text("a"),))) == {"type": "Paragraph", "children": [{"type": "Text", "text": "a"}]}
    assert "evidence" not in to_data(tree.Value("5"))


@pytest.mark.parametrize(
    "data",
    [
        {"type": "Nothing"},
        {"text": "a"},
        {"type": "Text", "words": "a"},
        {"type": "Text"},
        {"type": "date", "day": "2023-02-30"},
        {"type": "Literal"},
    ],
)
def test_data_that_is_no_node_is_refused(data):
    with pytest.raises(UnknownNodeError):
        from_data(data)


def test_a_value_that_json_cannot_hold_is_refused():
    with pytest.raises(UnknownNodeError):
        to_data(Text(object()))
