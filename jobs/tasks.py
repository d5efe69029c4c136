"""Thin Celery tasks: an id in, a service called."""

from celery import shared_task

from jobs import services


@shared_task(name="jobs.run")
def run(job_id: int) -> bool:
    return services.run(job_id)


# Sweeps that nobody ran in time are not worth running one after the other.
@shared_task(name="jobs.sweep", expires=60)
def sweep() -> int:
    return services.sweep()
