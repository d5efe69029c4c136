"""Pictures of results: one drawing for screen and document, with the sentence it shows and the table behind it.

Pure functions from frozen dataclasses: see docs/charts.md. A `Figure` holds a `documents.tree.Chart` for papers and the
narrow drawing for phones; the template tag `picture` prints it on a page.
"""

from results.pictures.case_mix import CaseMix, Mix, case_mix_figure
from results.pictures.forest.data import Forest, ForestRow
from results.pictures.forest.figure import forest_figure
from results.pictures.funnel.data import Funnel, FunnelPoint, Outside, Reference
from results.pictures.funnel.figure import funnel_figure
from results.pictures.over_time.data import OutsideSeries, OverTime
from results.pictures.over_time.figure import over_time_figure
from results.pictures.parts import UNKNOWN, About, Amount, Figure
from results.pictures.phases import Break, Series, TimePoint
from results.pictures.showing import ShownFigure, shown

__all__ = [
    "UNKNOWN",
    "About",
    "Amount",
    "Break",
    "CaseMix",
    "Figure",
    "Forest",
    "ForestRow",
    "Funnel",
    "FunnelPoint",
    "Mix",
    "Outside",
    "OutsideSeries",
    "OverTime",
    "Reference",
    "Series",
    "ShownFigure",
    "TimePoint",
    "case_mix_figure",
    "forest_figure",
    "funnel_figure",
    "over_time_figure",
    "shown",
]
