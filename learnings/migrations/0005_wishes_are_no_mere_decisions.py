"""The plain choice of decisions has become wishes with a text of their own."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("learnings", "0004_reports_follow_from_obligations")]

    operations = [
        migrations.RemoveField(
            model_name='historicalround_wishes',
            name='decision',
        ),
        migrations.RemoveField(
            model_name='historicalround_wishes',
            name='history',
        ),
        migrations.RemoveField(
            model_name='historicalround_wishes',
            name='round',
        ),
        migrations.RemoveField(
            model_name='round',
            name='wishes',
        ),
        migrations.DeleteModel(
            name='HistoricalRound_wishes',
        ),
    ]
