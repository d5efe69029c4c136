"""Count from the registers: ask for it, do it in the background, save what came of it, and take the files away.

The uploaded files are gone as soon as they are counted or found wrong, and after a day whatever happened.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from contracts.models import Lot
from jobs.handlers import Progress, TakesTooLongError
from jobs.models import Job
from jobs.services import enqueue
from records.sheets.errors import ImportRefusedError
from records.sheets.personal import has_cpr
from results.deriving.folders import run_folder, sweep_folders
from results.deriving.refusals import FilesRefusedError, Problem
from results.models import Delivery, Derivation
from results.models.derivation import COUNT, EXTRACTS, SAVE
from results.services.counting_rules import definitions_in_use
from results.services.derived import (
    FILES,
    KEPT_WORDS,
    keep_outcome,
    remove_after_commit,
    remove_files,
    save_derivation,
)

if TYPE_CHECKING:
    from results.deriving.running import Derivation as Outcome

KEPT = dt.timedelta(hours=24)
ALONE = dt.timedelta(hours=1)  # how long a stored file may be without its row, which is written right after it


def work_folder() -> Path:
    """Return where runs have their own folders."""
    return Path(settings.VAR_DIR) / "deriving"


def frameworks_of_lots() -> dict[str, str]:
    return dict(Lot.objects.values_list("code", "framework__code"))


def request_derivation(
    *,
    courses: File,
    register: File,
    as_of: dt.date,
    source: str,
    extracted_on: dt.date,
    count_unknown: bool,
    by: User,
) -> Derivation:
    """Keep two files and begin to count them; raises ValidationError for a name that looks like a person's number.

    The files go again when that fails.
    """
    asked = Derivation(
        courses_name=checked_name(courses.name),
        register_name=checked_name(register.name),
        as_of=as_of,
        source=source,
        extracted_on=extracted_on,
        count_unknown=count_unknown,
        asked_by=by,
    )
    try:
        with transaction.atomic():
            asked.courses_file.save("forloeb", courses, save=False)
            asked.register_file.save("register", register, save=False)
            asked.save()
            enqueue(COUNT, str(asked.pk), key=str(asked.pk), by=by)
    except BaseException:
        for name in FILES:
            getattr(asked, name).delete(save=False)
        raise
    return asked


@transaction.atomic
def count_again(asked: Derivation, *, count_unknown: bool, by: User) -> Job:
    """Begin the count anew, while the files are still there; raises ValidationError when they are not."""
    if not asked.courses_file or asked.delivery_id:
        raise ValidationError(_("The files have been removed. Upload them again."))
    asked.count_unknown, asked.facts = count_unknown, {}
    asked.save(update_fields=["count_unknown", "facts"])
    return enqueue(COUNT, str(asked.pk), key=str(asked.pk), by=by)


class DiscardedError(Exception):
    """Somebody let the count go while it was at work."""


@dataclass(frozen=True)
class _Watched:
    """Tells how far the work has come, and ends it when its count is discarded."""

    progress: Progress
    asked_id: int

    def __call__(self, percent: int, message: str = "") -> None:
        if not Derivation.objects.filter(pk=self.asked_id).exists():
            raise DiscardedError
        self.progress(percent, message)


def run_count(asked_id: str, progress: Progress) -> None:
    """Count what was asked for and keep the figures, or what is wrong. Safe to run twice."""
    asked = Derivation.objects.filter(pk=asked_id).first()
    if asked is None or asked.is_counted or not asked.courses_file:
        return
    try:
        with _on_disk(asked) as (courses, register):
            outcome = _derived(asked, courses, register, tell=_Watched(progress, asked.pk))
    except DiscardedError:
        return
    except FilesRefusedError as refusal:
        _keep_problems(asked, refusal)
    except TakesTooLongError:
        _keep_problems(asked, _takes_too_long())
    else:
        progress(90, _("Keeping the figures …"))
        keep_outcome(asked, outcome)


@transaction.atomic
def confirm_derivation(
    asked: Derivation, *, supersedes: Delivery | None, is_validated: bool, note: str, by: User
) -> Job:
    """Begin to save the figures as a delivery; raises ValidationError when nothing is counted, or it is saved already."""
    if not asked.is_counted or asked.delivery_id:
        raise ValidationError(_("There is nothing to save here. Reload the page."))
    if has_cpr(note):
        raise ValidationError({"note": _("The note holds what looks like a CPR number. Remove it.")})
    confirmed = {"supersedes": supersedes.pk if supersedes else None, "is_validated": is_validated, "note": note}
    asked.facts = {**asked.facts, "confirmed": confirmed, "refused": []}
    asked.save(update_fields=["facts"])
    return enqueue(SAVE, str(asked.pk), key=str(asked.pk), by=by)


def run_save(asked_id: str, progress: Progress) -> None:
    """Save confirmed figures as a delivery, or keep why they are refused. Safe to run twice."""
    asked = Derivation.objects.select_related("asked_by").filter(pk=asked_id).first()
    if asked is None or asked.delivery_id or "confirmed" not in asked.facts:
        return
    progress(10, _("Holding the figures against the registers …"))
    confirmed = asked.facts["confirmed"]
    try:
        save_derivation(asked, **confirmed, by=asked.asked_by)
    except Derivation.DoesNotExist:
        return
    except ImportRefusedError as refusal:
        errors = [str(error) for error in refusal.errors[:KEPT_WORDS]]
        facts = {name: value for name, value in asked.facts.items() if name != "confirmed"}
        Derivation.objects.filter(pk=asked.pk).update(
            facts={**facts, "refused": errors, "refused_count": len(refusal.errors)}
        )


@transaction.atomic
def discard_derivation(asked: Derivation) -> None:
    """Remove a count that was not saved, with its files, and end its work; raises ValidationError for one that was saved."""
    locked = Derivation.objects.select_for_update().filter(pk=asked.pk).first()
    if locked is None:
        return
    asked = locked
    if asked.delivery_id:
        raise ValidationError(_("The figures are saved as a delivery. Withdraw that one instead."))
    stored = [getattr(asked, name) for name in (*FILES, "output_file")]
    asked.delete()
    for file in stored:
        remove_after_commit(file)


def sweep_derivations(*, now: dt.datetime) -> int:
    """Remove what a killed run left behind, and counts that nobody saved in a day; return how many there were."""
    left = sweep_folders(work_folder()) + _sweep_uploads(older_than=now - KEPT) + _sweep_orphans(older_than=now - ALONE)
    old = list(Derivation.objects.unsaved().asked_before(now - KEPT))
    for asked in old:
        discard_derivation(asked)
    return left + len(old)


def _sweep_uploads(*, older_than: dt.datetime) -> int:
    """Remove what web processes that died were receiving."""
    found = [path for path in Path(settings.FILE_UPLOAD_TEMP_DIR).glob("*.upload*") if path.is_file()]
    old = [path for path in found if path.stat().st_mtime < older_than.timestamp()]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _sweep_orphans(*, older_than: dt.datetime) -> int:
    """Remove stored extracts whose row a dying process never wrote, or took away before the file."""
    storage = Derivation().courses_file.storage
    try:
        stored = {f"{EXTRACTS}{name}" for name in storage.listdir(EXTRACTS)[1]}
    except FileNotFoundError:
        return 0
    known = {name for row in Derivation.objects.values_list(*FILES) for name in row}
    alone = [name for name in stored - known if storage.get_modified_time(name) < older_than]
    for name in alone:
        storage.delete(name)
    return len(alone)


def _takes_too_long() -> FilesRefusedError:
    return FilesRefusedError(
        [
            Problem(
                None,
                _("The count takes longer than it may here."),
                _("Use the command derive_results, which has no limit of time."),
            )
        ]
    )


def _derived(asked: Derivation, courses: Path, register: Path, *, tell: Progress) -> Outcome:
    from results.deriving.running import derive  # DuckDB is loaded by who counts

    return derive(
        courses,
        register,
        names=(asked.courses_name, asked.register_name),
        as_of=asked.as_of,
        definitions=definitions_in_use(),
        frameworks=frameworks_of_lots(),
        work_in=work_folder(),
        count_unknown_as_not_found=asked.count_unknown,
        tell=tell,
    )


@contextmanager
def _on_disk(asked: Derivation) -> Iterator[tuple[Path, Path]]:
    """Give both files as paths: their own where the storage has such, else copies in a folder of the run."""
    with run_folder(work_folder()) as folder:
        yield tuple(_path(getattr(asked, name), folder / name) for name in FILES)  # type: ignore[misc]


def _path(stored: models.fields.files.FieldFile, copy: Path) -> Path:
    try:
        return Path(stored.path)
    except NotImplementedError:
        with stored.open("rb") as source, copy.open("wb") as target:
            shutil.copyfileobj(source, target)
        return copy


def _keep_problems(asked: Derivation, refusal: FilesRefusedError) -> None:
    """Keep what is wrong. The files go, unless the same ones can be counted in another way."""
    facts = {"problems": [str(problem) for problem in refusal.problems], "may_count_unknown": refusal.may_go_on}
    with transaction.atomic():
        if Derivation.objects.filter(pk=asked.pk).update(facts=facts) and not refusal.may_go_on:
            remove_files(asked)


def checked_name(given: str | None) -> str:
    """Return a file's name as it is kept; raises ValidationError when it looks like a person's number."""
    name = Path(given or "").name
    if has_cpr(name):
        raise ValidationError(_("The file's name holds what looks like a CPR number. Give the file another name."))
    return name[-255:]
