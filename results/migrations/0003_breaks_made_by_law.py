"""The breaks that the law has made and is known to make; they are edited in their register."""

import datetime as dt

from django.db import migrations

BREAKS = (
    (
        dt.date(2025, 7, 1),
        "Nyt kontanthjælpssystem",
        "Uddannelseshjælp, selvforsørgelses- og hjemrejseydelse og overgangsydelse er lagt sammen med kontanthjælp, så grupperne "
        "før og efter består af forskellige borgere.",
        "Kontanthjælpsreformen",
    ),
    (
        dt.date(2026, 2, 1),
        "Ingen nye ressourceforløb",
        "Der bevilges ikke nye ressourceforløb, og rehabiliteringsteamet afskaffes, så grupper og planer før og efter ikke kan "
        "sammenlignes. Hvilken af lovens to datoer der gælder for hvilken del, er ikke bekræftet.",
        "Lov nr. 1750 af 29. december 2025",
    ),
    (
        dt.date(2026, 7, 1),
        "Anden del af lov nr. 1750",
        "Lovens øvrige dele er trådt i kraft. Hvilken af lovens to datoer der gælder for hvilken del, er ikke bekræftet.",
        "Lov nr. 1750 af 29. december 2025",
    ),
)


def fill(apps, schema_editor):
    series_break = apps.get_model("results", "SeriesBreak")
    for day, name, explanation, source in BREAKS:
        values = {"explanation": explanation, "source": source}
        series_break.objects.get_or_create(takes_effect_on=day, name=name, defaults=values)


class Migration(migrations.Migration):
    dependencies = [("results", "0002_first_counting_rules")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
