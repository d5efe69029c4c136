"""The Celery task that beat starts."""

from celery import shared_task
from django.utils import timezone

from learnings.services.telling import tell_teams


@shared_task(name="learnings.remind", expires=1800)
def remind() -> int:
    return tell_teams(today=timezone.localdate())
