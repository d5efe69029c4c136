from results.queries.disclosed import disclosed
from results.queries.figures import (
    FigureRequest,
    available_periods,
    outcome_interval,
    share,
    single_figure,
    single_figures,
)
from results.queries.satisfaction import SatisfactionRow, SatisfactionTable, satisfaction_table
from results.queries.siblings import with_siblings
from results.queries.tables import GroupSum, ResultsRow, ResultsTable, results_table

__all__ = [
    "FigureRequest",
    "GroupSum",
    "ResultsRow",
    "ResultsTable",
    "SatisfactionRow",
    "SatisfactionTable",
    "available_periods",
    "disclosed",
    "outcome_interval",
    "results_table",
    "satisfaction_table",
    "share",
    "single_figure",
    "single_figures",
    "with_siblings",
]
