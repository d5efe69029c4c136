import django.core.validators
import django.db.models.deletion
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
            name='Mail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('at_once', 'At once'), ('digest', "The day's reminders"), ('letter', 'Letter')], max_length=10, verbose_name='kind')),
                ('day', models.DateField(verbose_name='day')),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sending', 'Being sent'), ('sent', 'Sent'), ('uncertain', 'Perhaps sent'), ('refused', 'Refused'), ('needless', 'Not needed any longer')], default='waiting', max_length=10, verbose_name='state')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('try_at', models.DateTimeField(verbose_name='tried not before')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recipient')),
            ],
            options={
                'verbose_name': 'mail',
                'verbose_name_plural': 'mails',
                'ordering': ['-created_at', '-pk'],
                'indexes': [models.Index(fields=['state', 'try_at'], name='notificatio_state_20cee7_idx'), models.Index(fields=['recipient', 'created_at'], name='notificatio_recipie_b8ee4d_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'digest')), fields=('recipient', 'day'), name='mail_one_digest_a_day'), models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('recipient',), name='mail_one_waiting_a_person'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='mail_sent_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='MailLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('to', models.EmailField(max_length=254, verbose_name='to')),
                ('subject', models.CharField(blank=True, max_length=300, verbose_name='subject line')),
                ('body', models.TextField(blank=True, verbose_name='text')),
                ('kind', models.CharField(choices=[('at_once', 'At once'), ('digest', "The day's reminders"), ('letter', 'Letter')], max_length=10, verbose_name='kind')),
                ('logged_at', models.DateTimeField(auto_now_add=True, verbose_name='tried')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent')),
                ('error', models.TextField(blank=True, verbose_name='error')),
                ('mail', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='log', to='notifications.mail', verbose_name='mail')),
            ],
            options={
                'verbose_name': 'mail in the log',
                'verbose_name_plural': 'mail log',
                'ordering': ['-logged_at', '-pk'],
                'indexes': [models.Index(fields=['logged_at'], name='notificatio_logged__aa30ea_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('error', ''), ('sent_at__isnull', False)), models.Q(('sent_at__isnull', True), models.Q(('error', ''), _negated=True)), _connector='OR'), name='mail_log_sent_or_error'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'letter'), ('mail__isnull', True)), models.Q(models.Q(('kind', 'letter'), _negated=True), ('mail__isnull', False)), _connector='OR'), name='mail_log_of_a_mail_or_letter')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60, verbose_name='kind')),
                ('title', models.CharField(max_length=250, verbose_name='title')),
                ('url', models.CharField(max_length=500, validators=[django.core.validators.RegexValidator('^/(?!/)', 'The address must be a path within the site, such as /admin/.')], verbose_name='address within the site')),
                ('object_id', models.PositiveBigIntegerField(blank=True, null=True)),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due')),
                ('cause', models.CharField(db_index=True, help_text='The same cause never gives a person a second notice.', max_length=250, verbose_name='cause')),
                ('state', models.CharField(choices=[('open', 'Waiting'), ('snoozed', 'Put off'), ('resolved', 'Done')], default='open', max_length=10, verbose_name='state')),
                ('snoozed_until', models.DateField(blank=True, null=True, verbose_name='put off until')),
                ('resolved_at', models.DateTimeField(blank=True, null=True, verbose_name='done')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('content_type', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('mail', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='notifications.mail', verbose_name='mail')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL, verbose_name='recipient')),
                ('resolved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='done by')),
            ],
            options={
                'verbose_name': 'reminder',
                'verbose_name_plural': 'reminders',
                'ordering': ['-created_at', '-pk'],
                'indexes': [models.Index(fields=['recipient', 'state', 'due_on'], name='notificatio_recipie_d44550_idx'), models.Index(fields=['content_type', 'object_id'], name='notificatio_content_34452e_idx')],
                'constraints': [models.UniqueConstraint(fields=('recipient', 'cause'), name='notice_once_per_cause'), models.CheckConstraint(condition=models.Q(models.Q(('snoozed_until__isnull', False), ('state', 'snoozed')), models.Q(models.Q(('state', 'snoozed'), _negated=True), ('snoozed_until__isnull', True)), _connector='OR'), name='notice_snoozed_until_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('resolved_at__isnull', False), ('state', 'resolved')), models.Q(models.Q(('state', 'resolved'), _negated=True), ('resolved_at__isnull', True), ('resolved_by__isnull', True)), _connector='OR'), name='notice_resolved_at_a_time'), models.CheckConstraint(condition=models.Q(('url__startswith', '/')), name='notice_url_within_the_site')],
            },
        ),
        migrations.CreateModel(
            name='Preference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('frequency', models.CharField(choices=[('at_once', 'At once'), ('daily', 'Gathered, once a day'), ('off', 'Never')], default='daily', max_length=10, verbose_name='mail about reminders')),
                ('muted_kinds', models.JSONField(blank=True, default=list, verbose_name='no mail about')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='mail_preference', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'choice of mail',
                'verbose_name_plural': 'choices of mail',
            },
        ),
    ]
