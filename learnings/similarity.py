"""Find passages that are like others: stems of Danish words, weighed by TF-IDF, compared by their cosine.

No database and no network. The only door to scikit-learn.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import snowballstemmer

from learnings.passages import Span

LIKE_FROM = 0.2
GROUPED_FROM = 0.3
FEWEST_WORDS = 4
WORD = re.compile(r"[^\W\d_]{2,}")
# A full stop before a small letter ends an abbreviation, not a sentence.
BREAK = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ0-9“\"–-])|\n+")
# Words that say nothing about what a passage is about.
WITHOUT_MEANING = """ad af aldrig alle alt altid anden andet andre at bare bliver blev blive da de deres den denne der derfor
det dette dem dig din du efter eller en end endnu er et få fik for fordi fra får gør ham han har havde have hende her hos hun
hvad hvem hver hvilke hvis hvor hvordan hvornår ikke ind ingen jeg jer jo kan kom kommer kun kunne man mange med meget men mere
mest mig min mod må ned noget nogle nogen nok nu når og også om op os over på samme selv sig sin sit skal skulle som så sådan til
ud under var ved vi vil ville være været vores"""
STOP_WORDS = frozenset(WITHOUT_MEANING.split())


@dataclass(frozen=True)
class Likeness:
    """A candidate by its place among those given, with its cosine to the example that it is most like."""

    place: int
    score: float


def stems(text: str) -> list[str]:
    """Return the stems of the words that carry meaning, in order."""
    words = (word.lower() for word in WORD.findall(text))
    return [_stem(word) for word in words if word not in STOP_WORDS]


def sentences(text: str) -> list[Span]:
    """Return the spans of the sentences with four words or more: what is short is like too much."""
    breaks = [match.span() for match in BREAK.finditer(text)]
    borders = zip([0, *(end for _start, end in breaks)], [*(start for start, _end in breaks), len(text)], strict=True)
    spans = [_stripped(text, span) for span in borders]
    return [span for span in spans if len(text[slice(*span)].split()) >= FEWEST_WORDS]


def most_like(examples: Sequence[str], candidates: Sequence[str], *, at_most: int = 20) -> list[Likeness]:
    """Return the candidates most like any of the examples, the likest first; none without a word in common."""
    if not any(map(stems, examples)) or not candidates:
        return []
    matrix = _weighed([*examples, *candidates])
    given, asked = matrix[: len(examples)], matrix[len(examples) :]
    scores = (asked @ given.T).max(axis=1).toarray().ravel()
    best = sorted(((score, -place) for place, score in enumerate(scores) if score >= LIKE_FROM), reverse=True)
    return [Likeness(-place, float(score)) for score, place in best[:at_most]]


def alike(texts: Sequence[str]) -> list[list[int]]:
    """Return the places of the texts in groups of similar ones, the largest group first; each stands in one group."""
    if not any(map(stems, texts)):
        return [[place] for place in range(len(texts))]
    matrix = _weighed(texts)
    label = list(range(len(texts)))
    for one, other in zip(*(matrix @ matrix.T >= GROUPED_FROM).nonzero(), strict=True):
        joined, left = sorted((label[one], label[other]))
        label = [joined if each == left else each for each in label] if joined != left else label
    groups: dict[int, list[int]] = {}
    for place, each in enumerate(label):
        groups.setdefault(each, []).append(place)
    return sorted(groups.values(), key=lambda group: (-len(group), group[0]))


def _weighed(texts: Sequence[str]) -> Any:
    """Return a sparse row for each text, of length one, or empty where no word carries meaning."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # slow to load: only who asks for suggestions waits

    return TfidfVectorizer(analyzer=stems, sublinear_tf=True).fit_transform(texts)


@functools.cache
def _stemmer() -> snowballstemmer.danish_stemmer.DanishStemmer:
    return snowballstemmer.stemmer("danish")


@functools.lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    stem: str = _stemmer().stemWord(word)
    return stem


def _stripped(text: str, span: Span) -> Span:
    piece = text[slice(*span)]
    start = span[0] + len(piece) - len(piece.lstrip())
    return start, start + len(piece.strip())
