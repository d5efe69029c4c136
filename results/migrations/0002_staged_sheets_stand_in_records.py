"""Uploads between preview and confirmation are now `records.StagedSheet`; those under way, a day old at most, are let go."""

from django.db import migrations


def remove_files(apps, schema_editor):
    for staged in apps.get_model("results", "StagedUpload").objects.all():
        staged.file.delete(save=False)


class Migration(migrations.Migration):
    dependencies = [("results", "0001_initial")]

    operations = [
        migrations.RunPython(remove_files, migrations.RunPython.noop),
        migrations.DeleteModel(name="StagedUpload"),
    ]
