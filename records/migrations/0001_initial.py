import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        # Others' before the records: with those in memory, each of theirs would take far longer.
        ('account', '0009_emailaddress_unique_primary_email'),
        ('notifications', '0001_initial'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('wagtailadmin', '0006_formstate'),
        ('wagtaildocs', '0014_alter_document_file_size'),
        ('wagtailembeds', '0009_embed_cache_until'),
        ('wagtailforms', '0005_alter_formsubmission_form_data'),
        ('wagtailimages', '0027_image_description'),
        ('wagtailredirects', '0008_add_verbose_name_plural'),
        ('wagtailsearch', '0010_add_text_fields'),
        ('wagtailusers', '0015_userprofile_keyboard_shortcuts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('register', models.CharField(help_text="The model's label, as app.model.", max_length=100, verbose_name='register')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('querystring', models.TextField(blank=True, verbose_name='choices')),
                ('is_shared', models.BooleanField(default=False, verbose_name='shared with colleagues')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_views', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
            ],
            options={
                'verbose_name': 'saved view',
                'verbose_name_plural': 'saved views',
                'ordering': ['name', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('owner', 'register', 'name'), name='saved_view_name_unique', violation_error_message='You already have a view with this name. Choose another name.')],
            },
        ),
        migrations.CreateModel(
            name='StagedSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(help_text='What imports it, as contracts.spend.', max_length=40, verbose_name='kind')),
                ('file', models.FileField(upload_to='records/staged/', verbose_name='file')),
                ('file_name', models.CharField(max_length=255, verbose_name='file name')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('facts', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, help_text='What was said of the file when it was brought.', verbose_name='facts')),
                ('uploaded_at', models.DateTimeField(auto_now_add=True, verbose_name='uploaded')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='uploaded by')),
            ],
            options={
                'verbose_name': 'staged sheet',
                'verbose_name_plural': 'staged sheets',
                'ordering': ['-uploaded_at'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'sha256', 'uploaded_by'), name='staged_sheet_once_per_person')],
            },
        ),
    ]
