"""What an attack found, in words for staff."""

from __future__ import annotations

from django.utils.translation import gettext as _

from results.disclosure.observations import FigureLeak


def leak_text(leak: FigureLeak) -> str:
    """Return a sentence that says which number can be computed, and what to do."""
    if leak.figure is None:
        texts = dict.fromkeys(f"{each.whom or _('All')}, {each.period.label}" for each in leak.beside)
        message = _(
            "A small number that stands nowhere can be computed by subtracting what is shown or public already: %(figures)s. "
            "Leave one of them out, or show another period."
        )
        return message % {"figures": "; ".join(texts)}
    message = _(
        "The hidden number of “%(measure)s” for %(whom)s, %(period)s, can be computed from what is shown and what is public "
        "already. Leave out the row or the table, or show another breakdown or period."
    )
    return message % {
        "measure": leak.figure.measure_version.measure,
        "whom": leak.figure.whom or _("All"),
        "period": leak.figure.period.label,
    }
