"""The settings of real workers in tests: everything embedded but what the environment names.

Without `FLOOR_WHOLE` only the lowest rooms are loaded, so that a worker starts in a moment.
"""

from __future__ import annotations

import os

from config.settings import *  # noqa: F403

CELERY_TASK_DEFAULT_QUEUE = os.environ["FLOOR_QUEUE"]
CELERY_BEAT_SCHEDULE = {"jobs.sweep": {"task": "jobs.sweep", "schedule": 1.0}}
JOB_MAX_ATTEMPTS = int(os.environ.get("FLOOR_MAX_ATTEMPTS", "3"))
if "FLOOR_WHOLE" not in os.environ:
    INSTALLED_APPS = ["jobs", "accounts", "simple_history", "django.contrib.auth", "django.contrib.contenttypes"]
    MIDDLEWARE: list[str] = []
    TEMPLATES: list[dict[str, object]] = []
    ROOT_URLCONF = "tests.jobs.floor_settings"
    urlpatterns: list[object] = []
