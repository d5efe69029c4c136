import django.db.models.deletion
import documents.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.CreateModel(
            name='Asset',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, unique=True, verbose_name='SHA-256')),
                ('media_type', models.CharField(max_length=40, verbose_name='media type')),
                ('file', models.FileField(max_length=250, upload_to=documents.models.asset_path, verbose_name='file')),
            ],
            options={
                'verbose_name': 'asset',
                'verbose_name_plural': 'assets',
            },
        ),
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('number', models.PositiveIntegerField(verbose_name='version')),
                ('tree', models.JSONField(verbose_name='document tree')),
                ('evidence', models.JSONField(verbose_name='evidence')),
                ('findings', models.JSONField(blank=True, default=list, help_text='What the checks said when the paper was frozen.', verbose_name='findings')),
                ('digest', models.CharField(max_length=64, verbose_name='digest')),
                ('data_as_of', models.DateField(blank=True, null=True, verbose_name='data as of')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='created by')),
            ],
            options={
                'verbose_name': 'snapshot',
                'verbose_name_plural': 'snapshots',
                'ordering': ['-created_at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('content_type', 'object_id', 'number'), name='snapshot_version_unique')],
            },
        ),
        migrations.CreateModel(
            name='Rendition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('audience', models.CharField(choices=[('internal', 'Inside the municipality'), ('public', 'Public')], max_length=10, verbose_name='audience')),
                ('format', models.CharField(choices=[('html', 'Web page'), ('pdf', 'PDF'), ('docx', 'Word'), ('evidence', 'Evidence (JSON)')], max_length=10, verbose_name='format')),
                ('file', models.FileField(max_length=250, upload_to=documents.models.rendition_path, verbose_name='file')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('size_bytes', models.PositiveBigIntegerField(verbose_name='size in bytes')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='renditions', to='documents.snapshot', verbose_name='snapshot')),
            ],
            options={
                'verbose_name': 'rendition',
                'verbose_name_plural': 'renditions',
                'ordering': ['snapshot', 'audience', 'format'],
                'constraints': [models.UniqueConstraint(fields=('snapshot', 'audience', 'format'), name='rendition_once_per_snapshot')],
            },
        ),
    ]
