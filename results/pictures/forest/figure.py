"""The forest as a figure: its finding, description and alternative text."""

from __future__ import annotations

from collections.abc import Iterator

from documents import formats
from results.pictures import words
from results.pictures.forest.data import Forest, ForestRow
from results.pictures.forest.drawing import drawings_of
from results.pictures.forest.table import table_of
from results.pictures.parts import Figure, figure


def forest_figure(forest: Forest) -> Figure:
    """Return the forest as a figure; rows with hidden counts keep their name and have no mark."""
    about, finding = forest.about, _finding(forest)
    subject = f"{about.measure} ({about.scope})" if about.scope else about.measure
    description = (
        f"{subject}: observeret i forhold til forventet (O/E).",
        f"Det forventede er regnet ud fra {forest.expected_from} i de samme ydelsesgrupper; 1 er som forventet.",
        "Stregen er den statistiske usikkerhed (95 %)." if any(row.low is not None for row in forest.drawn) else "",
        *_left_out(forest),
    )
    return figure(
        about,
        headline=finding,
        description=description,
        alt=f"Observeret i forhold til forventet for {_count(forest)}: {words.lowered(subject)}. {finding}.",
        drawings=drawings_of(forest),
        table=table_of(forest),
    )


def _count(forest: Forest) -> str:
    return words.suppliers(len({row.name for row in forest.drawn}))


def _finding(forest: Forest) -> str:
    """Return whom the interval keeps away from 1, without a full stop."""
    if not forest.drawn:
        return words.NONE_DRAWN
    above = [_called(row) for row in forest.drawn if (bounds := row.bounds) and bounds[0] > 1]
    below = [_called(row) for row in forest.drawn if (bounds := row.bounds) and bounds[1] < 1]
    if not above and not below:
        who = "Ingen kan" if len(forest.drawn) > 1 else "Resultatet kan ikke"
        return f"{who} skelnes fra det forventede"
    told = [f"Flere end forventet: {words.listed(above)}" if above else ""]
    told.append(f"Færre end forventet: {words.listed(below)}" if below else "")
    return ". ".join(each for each in told if each)


def _called(row: ForestRow) -> str:
    return f"{row.name} ({words.lowered(row.group)})" if row.group else row.name


def _left_out(forest: Forest) -> Iterator[str]:
    rest = [row for row in forest.rows if row.ratio is None]
    hidden = sum(any(amount.is_hidden for amount in row.rests_on) for row in rest)
    if hidden:
        yield f"{_rows(hidden)} har intet mærke, fordi tallene handler om få personer."
    if len(rest) > hidden:
        yield f"{_rows(len(rest) - hidden)} har intet mærke, fordi intet er forventet, eller tallet mangler."


def _rows(count: int) -> str:
    return f"{formats.number(count)} {'række' if count == 1 else 'rækker'}"
