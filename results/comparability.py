"""When two figures may stand beside each other, and why not."""

from __future__ import annotations

from django.utils.translation import gettext as _

from results.models import Observation


def why_not_comparable(a: Observation, b: Observation) -> str | None:
    """Return a sentence that says why two figures may not be compared, or None when they may.

    They may when measure version, population (unit and whether unripe courses count) and validation status agree. Needs
    `measure_version__measure` and `delivery` fetched.
    """
    if a.measure_version.measure_id != b.measure_version.measure_id:
        return _("The figures are of different measures: %(a)s and %(b)s.") % {
            "a": a.measure_version.measure,
            "b": b.measure_version.measure,
        }
    if a.measure_version_id != b.measure_version_id:
        return _("The figures are counted by different definitions: %(a)s and %(b)s.") % {
            "a": a.measure_version.code,
            "b": b.measure_version.code,
        }
    if a.unit != b.unit:
        return _("One figure counts %(a)s, the other %(b)s.") % {"a": a.get_unit_display(), "b": b.get_unit_display()}
    if a.delivery.is_validated != b.delivery.is_validated:
        return _("One figure is validated, the other is not.")
    return None
