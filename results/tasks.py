"""Thin Celery tasks that beat starts."""

from celery import shared_task
from django.utils import timezone

from results.services.derivations import sweep_derivations


@shared_task(name="results.sweep_derivations", expires=600)
def sweep_old_derivations() -> int:
    return sweep_derivations(now=timezone.now())
