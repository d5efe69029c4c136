"""Thin Celery tasks that beat starts."""

from celery import shared_task
from django.utils import timezone

from desk.services.dossiers import sweep_dossiers


@shared_task(name="desk.sweep_dossiers", expires=600)
def sweep_old_dossiers() -> int:
    return sweep_dossiers(now=timezone.now())
