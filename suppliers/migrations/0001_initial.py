import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import modelcluster.fields
import records.migrating
import simple_history.models
import suppliers.validators
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('records', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        records.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Supplier',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('street', models.CharField(blank=True, max_length=200, verbose_name='street and number')),
                        ('postal_code', models.CharField(blank=True, max_length=4, validators=[suppliers.validators.validate_postal_code], verbose_name='postal code')),
                        ('city', models.CharField(blank=True, max_length=100, verbose_name='city')),
                        ('cvr', models.CharField(error_messages={'unique': 'A supplier with this CVR number already exists.'}, max_length=8, unique=True, validators=[suppliers.validators.validate_cvr], verbose_name='CVR number')),
                        ('name', models.CharField(max_length=200, verbose_name='name')),
                        ('short_name', models.CharField(blank=True, help_text='Used in narrow tables and pictures.', max_length=40, verbose_name='short name')),
                        ('phone', models.CharField(blank=True, max_length=30, verbose_name='phone')),
                        ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                        ('website', models.URLField(blank=True, verbose_name='website')),
                        ('note', models.TextField(blank=True, verbose_name='note')),
                        ('status', models.CharField(choices=[('active', 'In cooperation'), ('watched', 'Under observation'), ('paused', 'No new referrals'), ('ended', 'Cooperation ended')], default='active', max_length=10, verbose_name='status')),
                        ('status_reason', models.CharField(blank=True, max_length=300, verbose_name='reason for the status')),
                        ('status_since', models.DateField(blank=True, null=True, verbose_name='status since')),
                        ('merged_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='merged')),
                        ('merged_into', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='suppliers.supplier', verbose_name='merged into')),
                    ],
                    options={
                        'verbose_name': 'supplier',
                        'verbose_name_plural': 'suppliers',
                        'ordering': ['name'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('status', 'active'), models.Q(models.Q(('status_reason', ''), _negated=True), ('status_since__isnull', False)), _connector='OR'), name='supplier_status_has_reason', violation_error_code='status_reason', violation_error_message='Write a reason and a day for the status: only “In cooperation” stands without them.'), models.CheckConstraint(condition=models.Q(models.Q(('merged_at__isnull', True), ('merged_into__isnull', True)), models.Q(('merged_at__isnull', False), ('merged_into__isnull', False)), _connector='OR'), name='supplier_merge_has_time'), models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), models.Q(('merged_into', models.F('id')), _negated=True), _connector='OR'), name='supplier_not_merged_into_itself')],
                    },
                ),
                migrations.CreateModel(
                    name='Membership',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('role', models.CharField(choices=[('administrator', 'Administrator'), ('submitter', 'Submitter'), ('editor', 'Editor'), ('viewer', 'Viewer')], max_length=15, verbose_name='role')),
                        ('joined_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='joined')),
                        ('left_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='left')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                        ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='suppliers.supplier', verbose_name='supplier')),
                    ],
                    options={
                        'verbose_name': 'membership',
                        'verbose_name_plural': 'memberships',
                        'ordering': ['supplier', 'user__first_name', 'user__last_name', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('left_at__isnull', True)), fields=('user', 'supplier'), name='membership_active_once', violation_error_message='The person is on the team already.'), models.CheckConstraint(condition=models.Q(('left_at__isnull', True), ('left_at__gte', models.F('joined_at')), _connector='OR'), name='membership_left_after_joining')],
                    },
                ),
                migrations.CreateModel(
                    name='Invitation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                        ('role', models.CharField(choices=[('administrator', 'Administrator'), ('submitter', 'Submitter'), ('editor', 'Editor'), ('viewer', 'Viewer')], max_length=15, verbose_name='role')),
                        ('state', models.CharField(choices=[('waiting', 'Waiting'), ('accepted', 'Accepted'), ('withdrawn', 'Withdrawn')], default='waiting', editable=False, max_length=10, verbose_name='state')),
                        ('number', models.PositiveSmallIntegerField(default=1, editable=False, verbose_name='times sent')),
                        ('expires_at', models.DateTimeField(editable=False, verbose_name='expires')),
                        ('invited_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='invited')),
                        ('mail', models.CharField(choices=[('waiting', 'On its way'), ('sending', 'Being sent'), ('sent', 'Sent'), ('failed', 'Could not be sent')], default='waiting', editable=False, max_length=10, verbose_name='mail')),
                        ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='last asked to be sent')),
                        ('settled_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='accepted or withdrawn')),
                        ('invited_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='invited by')),
                        ('membership', models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitation', to='suppliers.membership', verbose_name='membership')),
                        ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='suppliers.supplier', verbose_name='supplier')),
                    ],
                    options={
                        'verbose_name': 'invitation',
                        'verbose_name_plural': 'invitations',
                        'ordering': ['-invited_at', '-pk'],
                        'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), models.F('supplier'), condition=models.Q(('state', 'waiting')), name='invitation_waiting_once', violation_error_message='The address has been invited already. Send the invitation again instead.'), models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('settled_at__isnull', False)), _connector='OR'), name='invitation_settled_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('membership__isnull', False), ('state', 'accepted')), models.Q(models.Q(('state', 'accepted'), _negated=True), ('membership__isnull', True)), _connector='OR'), name='invitation_accepted_by_a_member')],
                    },
                ),
                migrations.CreateModel(
                    name='HistoricalUnit',
                    fields=[
                        ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                        ('street', models.CharField(blank=True, max_length=200, verbose_name='street and number')),
                        ('postal_code', models.CharField(blank=True, max_length=4, validators=[suppliers.validators.validate_postal_code], verbose_name='postal code')),
                        ('city', models.CharField(blank=True, max_length=100, verbose_name='city')),
                        ('name', models.CharField(max_length=150, verbose_name='name')),
                        ('p_number', models.CharField(blank=True, help_text='Ten digits, from CVR.', max_length=10, validators=[suppliers.validators.validate_p_number], verbose_name='P-number')),
                        ('history_id', models.AutoField(primary_key=True, serialize=False)),
                        ('history_date', models.DateTimeField(db_index=True)),
                        ('history_change_reason', models.CharField(max_length=100, null=True)),
                        ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                        ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('supplier', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='suppliers.supplier', verbose_name='supplier')),
                    ],
                    options={
                        'verbose_name': 'historical unit',
                        'verbose_name_plural': 'historical units',
                        'ordering': ('-history_date', '-history_id'),
                        'get_latest_by': ('history_date', 'history_id'),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name='HistoricalSupplier',
                    fields=[
                        ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                        ('street', models.CharField(blank=True, max_length=200, verbose_name='street and number')),
                        ('postal_code', models.CharField(blank=True, max_length=4, validators=[suppliers.validators.validate_postal_code], verbose_name='postal code')),
                        ('city', models.CharField(blank=True, max_length=100, verbose_name='city')),
                        ('cvr', models.CharField(db_index=True, error_messages={'unique': 'A supplier with this CVR number already exists.'}, max_length=8, validators=[suppliers.validators.validate_cvr], verbose_name='CVR number')),
                        ('name', models.CharField(max_length=200, verbose_name='name')),
                        ('short_name', models.CharField(blank=True, help_text='Used in narrow tables and pictures.', max_length=40, verbose_name='short name')),
                        ('phone', models.CharField(blank=True, max_length=30, verbose_name='phone')),
                        ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                        ('website', models.URLField(blank=True, verbose_name='website')),
                        ('note', models.TextField(blank=True, verbose_name='note')),
                        ('status', models.CharField(choices=[('active', 'In cooperation'), ('watched', 'Under observation'), ('paused', 'No new referrals'), ('ended', 'Cooperation ended')], default='active', max_length=10, verbose_name='status')),
                        ('status_reason', models.CharField(blank=True, max_length=300, verbose_name='reason for the status')),
                        ('status_since', models.DateField(blank=True, null=True, verbose_name='status since')),
                        ('merged_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='merged')),
                        ('history_id', models.AutoField(primary_key=True, serialize=False)),
                        ('history_date', models.DateTimeField(db_index=True)),
                        ('history_change_reason', models.CharField(max_length=100, null=True)),
                        ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                        ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('merged_into', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='suppliers.supplier', verbose_name='merged into')),
                    ],
                    options={
                        'verbose_name': 'historical supplier',
                        'verbose_name_plural': 'historical suppliers',
                        'ordering': ('-history_date', '-history_id'),
                        'get_latest_by': ('history_date', 'history_id'),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name='HistoricalMembership',
                    fields=[
                        ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                        ('role', models.CharField(choices=[('administrator', 'Administrator'), ('submitter', 'Submitter'), ('editor', 'Editor'), ('viewer', 'Viewer')], max_length=15, verbose_name='role')),
                        ('joined_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='joined')),
                        ('left_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='left')),
                        ('history_id', models.AutoField(primary_key=True, serialize=False)),
                        ('history_date', models.DateTimeField(db_index=True)),
                        ('history_change_reason', models.CharField(max_length=100, null=True)),
                        ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                        ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('user', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                        ('supplier', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='suppliers.supplier', verbose_name='supplier')),
                    ],
                    options={
                        'verbose_name': 'historical membership',
                        'verbose_name_plural': 'historical memberships',
                        'ordering': ('-history_date', '-history_id'),
                        'get_latest_by': ('history_date', 'history_id'),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name='HistoricalInvitation',
                    fields=[
                        ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                        ('key', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                        ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                        ('role', models.CharField(choices=[('administrator', 'Administrator'), ('submitter', 'Submitter'), ('editor', 'Editor'), ('viewer', 'Viewer')], max_length=15, verbose_name='role')),
                        ('state', models.CharField(choices=[('waiting', 'Waiting'), ('accepted', 'Accepted'), ('withdrawn', 'Withdrawn')], default='waiting', editable=False, max_length=10, verbose_name='state')),
                        ('number', models.PositiveSmallIntegerField(default=1, editable=False, verbose_name='times sent')),
                        ('expires_at', models.DateTimeField(editable=False, verbose_name='expires')),
                        ('invited_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='invited')),
                        ('mail', models.CharField(choices=[('waiting', 'On its way'), ('sending', 'Being sent'), ('sent', 'Sent'), ('failed', 'Could not be sent')], default='waiting', editable=False, max_length=10, verbose_name='mail')),
                        ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='last asked to be sent')),
                        ('settled_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='accepted or withdrawn')),
                        ('history_id', models.AutoField(primary_key=True, serialize=False)),
                        ('history_date', models.DateTimeField(db_index=True)),
                        ('history_change_reason', models.CharField(max_length=100, null=True)),
                        ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                        ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('invited_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='invited by')),
                        ('membership', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='suppliers.membership', verbose_name='membership')),
                        ('supplier', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='suppliers.supplier', verbose_name='supplier')),
                    ],
                    options={
                        'verbose_name': 'historical invitation',
                        'verbose_name_plural': 'historical invitations',
                        'ordering': ('-history_date', '-history_id'),
                        'get_latest_by': ('history_date', 'history_id'),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name='HistoricalContact',
                    fields=[
                        ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                        ('name', models.CharField(max_length=150, verbose_name='name')),
                        ('title', models.CharField(blank=True, max_length=120, verbose_name='title')),
                        ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                        ('phone', models.CharField(blank=True, max_length=30, verbose_name='phone')),
                        ('level', models.CharField(choices=[('staff', 'Staff'), ('management', 'Management'), ('director', 'Director')], default='staff', max_length=10, verbose_name='meeting level')),
                        ('is_active', models.BooleanField(default=True, verbose_name='active')),
                        ('history_id', models.AutoField(primary_key=True, serialize=False)),
                        ('history_date', models.DateTimeField(db_index=True)),
                        ('history_change_reason', models.CharField(max_length=100, null=True)),
                        ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                        ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('supplier', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='suppliers.supplier', verbose_name='supplier')),
                    ],
                    options={
                        'verbose_name': 'historical contact',
                        'verbose_name_plural': 'historical contacts',
                        'ordering': ('-history_date', '-history_id'),
                        'get_latest_by': ('history_date', 'history_id'),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name='Contact',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=150, verbose_name='name')),
                        ('title', models.CharField(blank=True, max_length=120, verbose_name='title')),
                        ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                        ('phone', models.CharField(blank=True, max_length=30, verbose_name='phone')),
                        ('level', models.CharField(choices=[('staff', 'Staff'), ('management', 'Management'), ('director', 'Director')], default='staff', max_length=10, verbose_name='meeting level')),
                        ('is_active', models.BooleanField(default=True, verbose_name='active')),
                        ('supplier', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='suppliers.supplier', verbose_name='supplier')),
                    ],
                    options={
                        'verbose_name': 'contact',
                        'verbose_name_plural': 'contacts',
                        'ordering': ['-is_active', 'name', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Unit',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('street', models.CharField(blank=True, max_length=200, verbose_name='street and number')),
                        ('postal_code', models.CharField(blank=True, max_length=4, validators=[suppliers.validators.validate_postal_code], verbose_name='postal code')),
                        ('city', models.CharField(blank=True, max_length=100, verbose_name='city')),
                        ('name', models.CharField(max_length=150, verbose_name='name')),
                        ('p_number', models.CharField(blank=True, help_text='Ten digits, from CVR.', max_length=10, validators=[suppliers.validators.validate_p_number], verbose_name='P-number')),
                        ('supplier', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='units', to='suppliers.supplier', verbose_name='supplier')),
                    ],
                    options={
                        'verbose_name': 'unit',
                        'verbose_name_plural': 'units',
                        'ordering': ['name', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('p_number', ''), _negated=True), fields=('supplier', 'p_number'), name='unit_once_per_supplier_and_p_number', violation_error_code='p_number', violation_error_message='Two units of the supplier have the same P-number.')],
                    },
                ),
            ],
        ),
    ]
