"""The paragraphs and categories that a Danish municipality begins with; both are edited in their registers."""

from django.db import migrations

# Udbudsloven (the public procurement act), part III; the shares are for services. Editable in the register.
LEGAL_BASES = (
    ("aendringsklausul", "Klar ændringsklausul i udbuddet", "Udbudslovens § 179", None, False),
    ("bagatel", "Mindre ændring (bagatelgrænse)", "Udbudslovens § 180", 10, True),
    ("supplerende", "Nødvendige supplerende ydelser", "Udbudslovens § 181", 50, False),
    ("kontraktpart", "Ny kontraktpart", "Udbudslovens § 182", None, False),
    ("uforudsete", "Uforudsete forhold", "Udbudslovens § 183", 50, False),
)
CATEGORIES = (
    ("Kontrakt", True, False),
    ("Databehandleraftale", True, False),
    ("Forsikringsbevis", False, True),
    ("Tillæg", False, False),
    ("Revisionserklæring", False, True),
    ("Andet", False, False),
)


def fill(apps, schema_editor):
    basis = apps.get_model("contracts", "LegalBasis")
    for code, name, paragraph, limit, is_cumulative in LEGAL_BASES:
        values = {"name": name, "paragraph": paragraph, "limit_percent": limit, "is_cumulative": is_cumulative}
        basis.objects.get_or_create(code=code, defaults=values)
    category = apps.get_model("contracts", "DocumentCategory")
    for name, is_required, expires in CATEGORIES:
        category.objects.get_or_create(name=name, defaults={"is_required": is_required, "expires": expires})


class Migration(migrations.Migration):
    dependencies = [("contracts", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
