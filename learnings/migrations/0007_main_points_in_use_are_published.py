"""Main points with evidence stand in cases already: they are published. Those without never should have."""

from django.db import migrations
from django.utils import timezone


def publish(apps, schema_editor):
    main_points = apps.get_model("learnings", "MainPoint").objects.using(schema_editor.connection.alias)
    with_evidence = main_points.filter(excerpts__isnull=False).values("pk")
    main_points.filter(pk__in=list(with_evidence.values_list("pk", flat=True)), published_at__isnull=True).update(
        published_at=timezone.now()
    )


class Migration(migrations.Migration):
    dependencies = [("learnings", "0006_coding_desk")]

    operations = [migrations.RunPython(publish, migrations.RunPython.noop)]
