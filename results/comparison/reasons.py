"""Sentences that say why something cannot be compared, or is to be read with care."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents import formats
from results.comparison.enums import COUNT_FROM, SHARE_FROM, ReasonKind, Size
from results.models import MeasureVersion


@dataclass(frozen=True)
class Reason:
    """A kind, for whoever counts or filters, and the sentence that is read."""

    kind: ReasonKind
    text: str


def of_size(size: Size, base: int) -> tuple[Reason, ...]:
    """Return what the size of a figure means for what it can say; nothing for an ordinary one."""
    if size is Size.FEW:
        text = _("Fewer than %(limit)s: the figure says something about single persons.") % {"limit": COUNT_FROM}
        return (Reason(ReasonKind.TOO_FEW, text),)
    if size is Size.COUNTS_ONLY:
        text = _("Fewer than %(limit)s: only the counts are shown.") % {"limit": SHARE_FROM}
        return (Reason(ReasonKind.TOO_FEW, text),)
    if size is Size.SMALL:
        return (Reason(ReasonKind.SMALL_GROUP, _("Small group: the share is very uncertain.")),)
    return ()


def of_answers(size: Size) -> tuple[Reason, ...]:
    """Return what the number of answers means for what a mean of them can say."""
    if size is Size.FEW:
        text = _("Fewer than %(limit)s answers: the mean is not shown.") % {"limit": COUNT_FROM}
        return (Reason(ReasonKind.TOO_FEW, text),)
    if size is Size.NORMAL:
        return ()
    return (Reason(ReasonKind.SMALL_GROUP, _("Few answers: the mean is very uncertain.")),)


def of_pending(pending: int, base: int) -> Reason:
    text = _("%(pending)s of %(all)s are not yet measurable (%(share)s).") % {
        "pending": formats.number(pending),
        "all": formats.number(pending + base),
        "share": formats.percent(pending, pending + base),
    }
    return Reason(ReasonKind.PENDING, text)


def no_reference(groups: Iterable[str], *, what: str) -> Reason:
    """Name the benefit groups in which there is nobody to be compared with."""
    text = _("There is nothing to compare with in %(groups)s (%(what)s).")
    return Reason(ReasonKind.NO_REFERENCE, text % {"groups": joined(groups), "what": what})


def all_alike(groups: Iterable[str]) -> Reason:
    text = _("In %(groups)s either nobody or everybody has the outcome, so the group tells nothing apart.")
    return Reason(ReasonKind.ALL_ALIKE, text % {"groups": joined(groups)})


def opposite(above: Iterable[str], below: Iterable[str]) -> Reason:
    text = _(
        "The results point in opposite directions: above the expected in %(above)s, below it in %(below)s. One number for all "
        "groups would mislead, so there is none."
    )
    return Reason(ReasonKind.OPPOSITE, text % {"above": joined(above), "below": joined(below)})


def not_divided() -> Reason:
    text = _("The figures are not divided by benefit group, so the mix of citizens is not allowed for.")
    return Reason(ReasonKind.NOT_DIVIDED, text)


def not_a_share() -> Reason:
    return Reason(ReasonKind.NOT_A_SHARE, _("The measure is no share, so nothing is expected and nothing is tested."))


def mean_is_shown() -> Reason:
    text = _(
        "The measure is a mean of answers. It is shown with the number of answers and not judged: it says nothing of those who "
        "did not answer, and who they are may differ between the suppliers."
    )
    return Reason(ReasonKind.NOT_A_SHARE, text)


def spread_unknown() -> Reason:
    text = _("The source gives no standard deviation for some of the means, so their uncertainty is not known.")
    return Reason(ReasonKind.NOT_A_SHARE, text)


def answers_unknown() -> Reason:
    text = _("The source does not say how many answers some of the means are of, so nobody can tell how much they say.")
    return Reason(ReasonKind.NOT_A_SHARE, text)


def means_not_pooled() -> Reason:
    text = _("Means are not added up to one number for the others together, so the others are not shown.")
    return Reason(ReasonKind.SHARING, text)


def unripe_counted(version: MeasureVersion) -> Reason:
    text = _("%(version)s counts courses whose window has not passed as no outcome, so the share may still rise.")
    return Reason(ReasonKind.PENDING, text % {"version": version.code})


def unvalidated_shown() -> Reason:
    return Reason(ReasonKind.UNVALIDATED, _("The figures are not validated by their source."))


def left_out_unvalidated(suppliers: Iterable[str]) -> Reason:
    text = _("The figures of %(suppliers)s are not validated, and are not compared with those that are.")
    return Reason(ReasonKind.UNVALIDATED, text % {"suppliers": joined(suppliers)})


def left_out_validated(suppliers: Iterable[str]) -> Reason:
    text = _("The figures of %(suppliers)s are validated, and are not compared with those that are not.")
    return Reason(ReasonKind.UNVALIDATED, text % {"suppliers": joined(suppliers)})


def left_out_definition(suppliers: Iterable[str], *, theirs: MeasureVersion, ours: MeasureVersion) -> Reason:
    """Name those counted by another definition, and the population when that is what differs."""
    words = {"suppliers": joined(suppliers), "theirs": theirs.code, "ours": ours.code}
    if theirs.population != ours.population:
        text = _("%(suppliers)s: counted by %(theirs)s, whose population is another than that of %(ours)s.") % words
        return Reason(ReasonKind.POPULATION, text)
    text = _("%(suppliers)s: counted by %(theirs)s, which is another definition than %(ours)s.") % words
    return Reason(ReasonKind.DEFINITION, text)


def left_out_unit(suppliers: Iterable[str], *, theirs: str, ours: str) -> Reason:
    text = _("%(suppliers)s: the figures count %(theirs)s, not %(ours)s.")
    return Reason(ReasonKind.POPULATION, text % {"suppliers": joined(suppliers), "theirs": theirs, "ours": ours})


def other_definition_before(*, theirs: MeasureVersion, ours: MeasureVersion) -> Reason:
    text = _("The previous period is counted by %(theirs)s, this one by %(ours)s, so they are not compared.")
    return Reason(ReasonKind.DEFINITION, text % {"theirs": theirs.code, "ours": ours.code})


def series_break(name: str, *, on: dt.date, explanation: str) -> Reason:
    text = _("%(name)s from %(day)s: %(explanation)s")
    return Reason(ReasonKind.SERIES_BREAK, text % {"name": name, "day": formats.day(on), "explanation": explanation})


def few_behind(number: int) -> Reason:
    """Say that the others may not be shown, since with so few the single ones could be worked out."""
    text = ngettext(
        "Only %(number)s other supplier has figures that you may share, so the others are not shown: with so few behind a "
        "number, the single ones could be worked out.",
        "Only %(number)s other suppliers have figures that you may share, so the others are not shown: with so few behind a "
        "number, the single ones could be worked out.",
        number,
    )
    return Reason(ReasonKind.SHARING, text % {"number": number})


def not_shared() -> Reason:
    return Reason(ReasonKind.SHARING, _("Your contracts do not share the other suppliers' results with you."))


def joined(names: Iterable[str]) -> str:
    """Return "a, b and c", each once, in order."""
    unique = list(dict.fromkeys(names))
    if len(unique) < 2:
        return "".join(unique)
    return _("%(first)s and %(last)s") % {"first": ", ".join(unique[:-1]), "last": unique[-1]}
