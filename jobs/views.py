"""What the pages of other rooms answer about a job of theirs."""

from __future__ import annotations

from django.http import JsonResponse

from jobs.models import Job


def progress_of(job: Job | None) -> JsonResponse:
    """Tell how far work has come, as `jobs/progress.js` asks for the line of `jobs/_progress.html`; none is finished work."""
    if job is None:
        return JsonResponse({"is_open": False, "percent": 100, "text": ""})
    text = job.message or str(job.get_state_display())
    return JsonResponse({"is_open": job.is_open, "percent": job.progress, "text": text})
