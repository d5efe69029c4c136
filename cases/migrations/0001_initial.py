import django.core.validators
import django.db.models.deletion
import modelcluster.fields
import records.migrating
import simple_history.models
import wagtail.fields
import wagtail.models.preview
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('committees', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        records.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name='CaseTemplate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.SlugField(unique=True, verbose_name='code')),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('kind', models.CharField(choices=[('recommendation', 'Recommendation case'), ('fact_sheet', 'Fact sheet')], max_length=20, verbose_name='kind')),
                        ('committee', models.ForeignKey(blank=True, help_text='Leave empty for a template that every committee may use.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='templates', to='committees.committee', verbose_name='committee')),
                    ],
                    options={
                        'verbose_name': 'case template',
                        'verbose_name_plural': 'case templates',
                        'ordering': ['name'],
                    },
                ),
                migrations.CreateModel(
                    name='CommitteeCase',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('live', models.BooleanField(default=True, editable=False, verbose_name='live')),
                        ('has_unpublished_changes', models.BooleanField(default=False, editable=False, verbose_name='has unpublished changes')),
                        ('first_published_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at')),
                        ('last_published_at', models.DateTimeField(editable=False, null=True, verbose_name='last published at')),
                        ('go_live_at', models.DateTimeField(blank=True, null=True, verbose_name='go live date/time')),
                        ('expire_at', models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time')),
                        ('expired', models.BooleanField(default=False, editable=False, verbose_name='expired')),
                        ('locked', models.BooleanField(default=False, editable=False, verbose_name='locked')),
                        ('locked_at', models.DateTimeField(editable=False, null=True, verbose_name='locked at')),
                        ('slug', models.SlugField(error_messages={'unique': 'Another case already has this address.'}, help_text='The last part of the public address, and the name of the folder of its documents.', unique=True, verbose_name='address')),
                        ('title', models.CharField(max_length=250, verbose_name='title')),
                        ('short_title', models.CharField(help_text='Stands at the top of every page from page two.', max_length=80, verbose_name='short title')),
                        ('lead', models.TextField(blank=True, help_text='What the paper is about and comes to, in three lines.', verbose_name='lead')),
                        ('annex_number', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='annex number')),
                        ('dated_on', models.DateField(verbose_name='date of the paper')),
                        ('f2_case_number', models.CharField(blank=True, max_length=40, verbose_name='F2 case number')),
                        ('f2_document_number', models.CharField(blank=True, max_length=40, verbose_name='F2 document number')),
                        ('edoc_case_number', models.CharField(blank=True, max_length=40, verbose_name='eDoc case number')),
                        ('centre', models.CharField(blank=True, max_length=120, verbose_name='centre')),
                        ('address', models.TextField(blank=True, verbose_name='address of the centre')),
                        ('body', wagtail.fields.StreamField([('section', 75), ('annex', 76)], blank=True, block_lookup={0: ('cases.choosers.TemplateSectionChooserBlock', (), {'label': 'Section'}), 1: ('wagtail.blocks.CharBlock', (), {'help_text': "Leave empty for the template's own.", 'label': 'Heading', 'required': False}), 2: ('cases.choosers.DecisionPointChooserBlock', (), {'label': 'Point'}), 3: ('wagtail.blocks.ListBlock', (2,), {'default': [], 'label': 'Answers these points of the decision', 'required': False}), 4: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'ol', 'ul'], 'label': 'Text'}), 5: ('cases.blocks.names.NameBlock', (), {}), 6: ('cases.choosers.MeasureChooserBlock', (), {'label': 'Measure'}), 7: ('cases.blocks.text.PeriodBlock', (), {}), 8: ('cases.choosers.FrameworkChooserBlock', (), {'label': 'Framework agreement', 'required': False}), 9: ('cases.choosers.LotChooserBlock', (), {'label': 'Lot', 'required': False}), 10: ('cases.choosers.SupplierChooserBlock', (), {'label': 'Supplier', 'required': False}), 11: ('cases.choosers.BenefitGroupChooserBlock', (), {'label': 'Benefit group', 'required': False}), 12: ('cases.choosers.ServiceChooserBlock', (), {'label': 'Service', 'required': False}), 13: ('wagtail.blocks.BooleanBlock', (), {'help_text': 'Otherwise the number.', 'label': 'Show the share', 'required': False}), 14: ('wagtail.blocks.BooleanBlock', (), {'help_text': '“ca. 12.000” instead of the exact number.', 'label': 'Rounded', 'required': False}), 15: ('wagtail.blocks.StructBlock', [[('name', 5), ('measure', 6), ('period', 7), ('framework', 8), ('lot', 9), ('supplier', 10), ('benefit_group', 11), ('service', 12), ('is_share', 13), ('is_rounded', 14)]], {}), 16: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link'], 'label': 'Text of the footnote'}), 17: ('wagtail.blocks.StructBlock', [[('name', 5), ('text', 16)]], {}), 18: ('cases.blocks.names.NameBlock', (), {'help_text': 'The name of a table, figure or annex in this paper.', 'label': 'Refers to'}), 19: ('wagtail.blocks.StructBlock', [[('name', 5), ('target', 18)]], {}), 20: ('wagtail.blocks.StreamBlock', [[('figure', 15), ('footnote', 17), ('reference', 19)]], {'help_text': 'Give each a name, and write {name} where it is to stand in the text.', 'label': 'Figures, footnotes and references in the text', 'required': False}), 21: ('wagtail.blocks.StructBlock', [[('text', 4), ('marks', 20)]], {'group': 'Written'}), 22: ('cases.blocks.text.SubheadingBlock', (), {'group': 'Written'}), 23: ('wagtail.blocks.CharBlock', (), {'help_text': '“The administration recommends,”', 'label': 'Introduction'}), 24: ('wagtail.blocks.TextBlock', (), {'label': 'Point', 'rows': 2, 'validators': [django.core.validators.RegexValidator('^at\\b', 'Begin the point with “at”, as it continues the sentence of the introduction.')]}), 25: ('wagtail.blocks.ListBlock', (24,), {'label': 'Points'}), 26: ('wagtail.blocks.StructBlock', [[('introduction', 23), ('points', 25)]], {'group': 'Written'}), 27: ('wagtail.blocks.CharBlock', (), {'label': 'Title'}), 28: ('wagtail.blocks.StructBlock', [[('title', 27), ('text', 4)]], {'group': 'Written'}), 29: ('wagtail.blocks.CharBlock', (), {'label': 'Caption'}), 30: ('cases.blocks.tables.PastedTableBlock', (), {}), 31: ('wagtail.blocks.CharBlock', (), {'help_text': 'Where the figures come from, and when.', 'label': 'Source', 'required': False}), 32: ('wagtail.blocks.TextBlock', (), {'label': 'Note below the table', 'required': False, 'rows': 2}), 33: ('wagtail.blocks.BooleanBlock', (), {'default': True, 'help_text': 'Then small figures must be hidden. Take the mark away for meetings, weeks or kroner.', 'label': 'The figures count persons', 'required': False}), 34: ('wagtail.blocks.BooleanBlock', (), {'help_text': 'Then it need not be the sum of the groups, since a person may be in several.', 'label': 'The total counts unique persons', 'required': False}), 35: ('wagtail.blocks.StructBlock', [[('name', 5), ('caption', 29), ('cells', 30), ('source', 31), ('note', 32), ('is_about_persons', 33), ('is_unique_persons', 34)]], {'group': 'Written'}), 36: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Picture'}), 37: ('wagtail.blocks.CharBlock', (), {'help_text': 'What the picture says, for those who cannot see it.', 'label': 'Alternative text', 'required': False}), 38: ('wagtail.blocks.StructBlock', [[('name', 5), ('image', 36), ('caption', 29), ('alt', 37)]], {'group': 'Written'}), 39: ('cases.blocks.text.SignaturesBlock', (), {'group': 'Written'}), 40: ('wagtail.blocks.ListBlock', (6,), {'label': 'Measures'}), 41: ('wagtail.blocks.BooleanBlock', (), {'help_text': 'Otherwise a row for each benefit group.', 'label': 'A row for each supplier', 'required': False}), 42: ('wagtail.blocks.CharBlock', (), {'help_text': '“Number of citizens in a course in 2022”', 'label': 'Heading of the base'}), 43: ('wagtail.blocks.StructBlock', [[('name', 5), ('caption', 29), ('measures', 40), ('period', 7), ('framework', 8), ('lot', 9), ('is_by_supplier', 41), ('base_label', 42), ('note', 32)]], {'group': 'From the registers'}), 44: ('wagtail.blocks.StructBlock', [[('name', 5), ('caption', 29), ('measures', 40), ('period', 7), ('framework', 8), ('note', 32)]], {'group': 'From the registers'}), 45: ('wagtail.blocks.CharBlock', (), {'help_text': 'The finding, in one sentence: what should the reader see?', 'label': 'Headline'}), 46: ('wagtail.blocks.BooleanBlock', (), {'label': 'A row for each supplier', 'required': False}), 47: ('wagtail.blocks.CharBlock', (), {'label': 'Description below', 'required': False}), 48: ('wagtail.blocks.TextBlock', (), {'help_text': "Leave empty, and the picture's own figures are told.", 'label': 'Alternative text', 'required': False, 'rows': 2}), 49: ('wagtail.blocks.StructBlock', [[('name', 5), ('headline', 45), ('measure', 6), ('period', 7), ('framework', 8), ('lot', 9), ('is_by_supplier', 46), ('description', 47), ('alt', 48)]], {'group': 'From the registers'}), 50: ('cases.blocks.comparison.ReferenceBlock', (), {'label': 'Held against'}), 51: ('cases.blocks.comparison.PercentBlock', (), {'help_text': 'Only for a fixed target.', 'label': 'Target in per cent', 'max_value': 100, 'min_value': 0, 'required': False}), 52: ('cases.blocks.comparison.UnitBlock', (), {'label': 'Unit', 'required': False}), 53: ('wagtail.blocks.CharBlock', (), {'help_text': "The code of the measure's version. Leave empty for that of the newest delivery.", 'label': 'Definition', 'max_length': 40, 'required': False}), 54: ('wagtail.blocks.BooleanBlock', (), {'default': True, 'label': 'A row for each benefit group too', 'required': False}), 55: ('wagtail.blocks.BooleanBlock', (), {'label': 'With pictures', 'required': False}), 56: ('wagtail.blocks.BooleanBlock', (), {'help_text': 'Otherwise by name. The table is by name.', 'label': 'Order the pictures by size', 'required': False}), 57: ('wagtail.blocks.StructBlock', [[('name', 5), ('caption', 29), ('measure', 6), ('period', 7), ('framework', 8), ('lot', 9), ('benefit_group', 11), ('reference', 50), ('target_percent', 51), ('unit', 52), ('definition', 53), ('has_groups', 54), ('has_pictures', 55), ('is_by_size', 56), ('note', 32)]], {'group': 'From the registers'}), 58: ('cases.choosers.RoundChooserBlock', (), {'label': 'Round'}), 59: ('cases.choosers.QuestionChooserBlock', (), {'help_text': 'Leave empty for the whole round.', 'label': 'Question', 'required': False}), 60: ('wagtail.blocks.BooleanBlock', (), {'help_text': 'Otherwise they are only counted.', 'label': 'Name the suppliers', 'required': False}), 61: ('wagtail.blocks.StructBlock', [[('round', 58), ('question', 59), ('has_suppliers', 60)]], {'group': 'From the registers'}), 62: ('wagtail.blocks.BooleanBlock', (), {'default': True, 'label': 'With the reply to each', 'required': False}), 63: ('wagtail.blocks.BooleanBlock', (), {'help_text': 'Recommendation, reply and what came of it beside each other.', 'label': 'As a table', 'required': False}), 64: ('wagtail.blocks.StructBlock', [[('round', 58), ('has_replies', 62), ('is_table', 63)]], {'group': 'From the registers'}), 65: ('wagtail.blocks.BooleanBlock', (), {'label': 'Name the suppliers', 'required': False}), 66: ('wagtail.blocks.StructBlock', [[('round', 58), ('has_suppliers', 65)]], {'group': 'From the registers'}), 67: ('cases.choosers.ExcerptChooserBlock', (), {'label': 'Passage'}), 68: ('wagtail.blocks.ListBlock', (67,), {'label': 'Passages'}), 69: ('wagtail.blocks.BooleanBlock', (), {'default': True, 'label': 'Name the suppliers', 'required': False}), 70: ('wagtail.blocks.StructBlock', [[('excerpts', 68), ('is_named', 69)]], {'group': 'From the registers'}), 71: ('wagtail.blocks.CharBlock', (), {'label': 'Introduction', 'required': False}), 72: ('wagtail.blocks.StructBlock', [[('introduction', 71)]], {'group': 'From the registers'}), 73: ('wagtail.blocks.StructBlock', [[('title', 27)]], {'group': 'From the registers'}), 74: ('wagtail.blocks.StreamBlock', [[('text', 21), ('subheading', 22), ('at_points', 26), ('note', 28), ('typed_table', 35), ('picture', 38), ('signatures', 39), ('results_table', 43), ('satisfaction_table', 44), ('chart', 49), ('comparison', 57), ('main_points', 61), ('recommendations', 64), ('discussions', 66), ('quotes', 70), ('requested_points', 72), ('annex_list', 72), ('sources', 73)]], {'label': 'Content', 'required': False}), 75: ('wagtail.blocks.StructBlock', [[('section', 0), ('heading', 1), ('answers', 3), ('content', 74)]], {}), 76: ('wagtail.blocks.StructBlock', [[('name', 5), ('title', 27), ('content', 74)]], {})}, verbose_name='text')),
                        ('approved_digest', models.CharField(blank=True, editable=False, help_text='Text and figures together, as the snapshot has them.', max_length=64, verbose_name='digest of what was approved')),
                        ('annex_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='annexes', to='cases.committeecase', verbose_name='annex of')),
                        ('case_officer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to=settings.AUTH_USER_MODEL, verbose_name='case officer')),
                        ('committee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='committees.committee', verbose_name='committee')),
                        ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                        ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
                        ('locked_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='locked_%(class)ss', to=settings.AUTH_USER_MODEL, verbose_name='locked by')),
                        ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='committees.committeemeeting', verbose_name='meeting')),
                        ('requested_by', models.ForeignKey(blank=True, help_text='The decision that asked for this paper. Say in each section which of its points it answers.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='requested_cases', to='committees.decision', verbose_name='requested by')),
                        ('template', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='cases.casetemplate', verbose_name='case template')),
                    ],
                    options={
                        'verbose_name': 'case',
                        'verbose_name_plural': 'cases',
                        'ordering': ['-dated_on', 'title'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('annex_number__isnull', True), ('annex_of__isnull', True)), models.Q(('annex_number__gte', 1), ('annex_of__isnull', False)), _connector='OR'), name='case_annex_has_number', violation_error_code='annex_number', violation_error_message='An annex needs both the case that it belongs to and a number.'), models.UniqueConstraint(fields=('annex_of', 'annex_number'), name='case_annex_number_unique', violation_error_code='annex_number', violation_error_message='The case already has an annex with this number.')],
                    },
                    bases=(wagtail.models.preview.PreviewableMixin, models.Model),
                ),
                migrations.CreateModel(
                    name='HistoricalCaseTemplate',
                    fields=[
                        ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                        ('code', models.SlugField(verbose_name='code')),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('kind', models.CharField(choices=[('recommendation', 'Recommendation case'), ('fact_sheet', 'Fact sheet')], max_length=20, verbose_name='kind')),
                        ('history_id', models.AutoField(primary_key=True, serialize=False)),
                        ('history_date', models.DateTimeField(db_index=True)),
                        ('history_change_reason', models.CharField(max_length=100, null=True)),
                        ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                        ('committee', models.ForeignKey(blank=True, db_constraint=False, help_text='Leave empty for a template that every committee may use.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='committees.committee', verbose_name='committee')),
                        ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'historical case template',
                        'verbose_name_plural': 'historical case templates',
                        'ordering': ('-history_date', '-history_id'),
                        'get_latest_by': ('history_date', 'history_id'),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name='HistoricalCommitteeCase',
                    fields=[
                        ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                        ('first_published_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at')),
                        ('last_published_at', models.DateTimeField(editable=False, null=True, verbose_name='last published at')),
                        ('go_live_at', models.DateTimeField(blank=True, null=True, verbose_name='go live date/time')),
                        ('expire_at', models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time')),
                        ('expired', models.BooleanField(default=False, editable=False, verbose_name='expired')),
                        ('locked', models.BooleanField(default=False, editable=False, verbose_name='locked')),
                        ('locked_at', models.DateTimeField(editable=False, null=True, verbose_name='locked at')),
                        ('slug', models.SlugField(error_messages={'unique': 'Another case already has this address.'}, help_text='The last part of the public address, and the name of the folder of its documents.', verbose_name='address')),
                        ('title', models.CharField(max_length=250, verbose_name='title')),
                        ('short_title', models.CharField(help_text='Stands at the top of every page from page two.', max_length=80, verbose_name='short title')),
                        ('lead', models.TextField(blank=True, help_text='What the paper is about and comes to, in three lines.', verbose_name='lead')),
                        ('annex_number', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='annex number')),
                        ('dated_on', models.DateField(verbose_name='date of the paper')),
                        ('f2_case_number', models.CharField(blank=True, max_length=40, verbose_name='F2 case number')),
                        ('f2_document_number', models.CharField(blank=True, max_length=40, verbose_name='F2 document number')),
                        ('edoc_case_number', models.CharField(blank=True, max_length=40, verbose_name='eDoc case number')),
                        ('centre', models.CharField(blank=True, max_length=120, verbose_name='centre')),
                        ('address', models.TextField(blank=True, verbose_name='address of the centre')),
                        ('approved_digest', models.CharField(blank=True, editable=False, help_text='Text and figures together, as the snapshot has them.', max_length=64, verbose_name='digest of what was approved')),
                        ('history_id', models.AutoField(primary_key=True, serialize=False)),
                        ('history_date', models.DateTimeField(db_index=True)),
                        ('history_change_reason', models.CharField(max_length=100, null=True)),
                        ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                        ('annex_of', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='cases.committeecase', verbose_name='annex of')),
                        ('case_officer', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='case officer')),
                        ('committee', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='committees.committee', verbose_name='committee')),
                        ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('locked_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='locked by')),
                        ('meeting', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='committees.committeemeeting', verbose_name='meeting')),
                        ('requested_by', models.ForeignKey(blank=True, db_constraint=False, help_text='The decision that asked for this paper. Say in each section which of its points it answers.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='committees.decision', verbose_name='requested by')),
                        ('template', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='cases.casetemplate', verbose_name='case template')),
                    ],
                    options={
                        'verbose_name': 'historical case',
                        'verbose_name_plural': 'historical cases',
                        'ordering': ('-history_date', '-history_id'),
                        'get_latest_by': ('history_date', 'history_id'),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name='HistoricalTemplateSection',
                    fields=[
                        ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                        ('order', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='order')),
                        ('key', models.SlugField(help_text='Stays the same when the heading is changed.', verbose_name='key')),
                        ('heading', models.CharField(max_length=120, verbose_name='heading')),
                        ('help_text', models.CharField(blank=True, max_length=300, verbose_name='help text')),
                        ('is_required', models.BooleanField(default=True, verbose_name='required')),
                        ('is_after_meeting', models.BooleanField(default=False, help_text='For the decision, which nobody knows before the meeting.', verbose_name='only after the meeting')),
                        ('history_id', models.AutoField(primary_key=True, serialize=False)),
                        ('history_date', models.DateTimeField(db_index=True)),
                        ('history_change_reason', models.CharField(max_length=100, null=True)),
                        ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                        ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('template', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='cases.casetemplate', verbose_name='case template')),
                    ],
                    options={
                        'verbose_name': 'historical section of a template',
                        'verbose_name_plural': 'historical sections of a template',
                        'ordering': ('-history_date', '-history_id'),
                        'get_latest_by': ('history_date', 'history_id'),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name='TemplateSection',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('order', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='order')),
                        ('key', models.SlugField(help_text='Stays the same when the heading is changed.', verbose_name='key')),
                        ('heading', models.CharField(max_length=120, verbose_name='heading')),
                        ('help_text', models.CharField(blank=True, max_length=300, verbose_name='help text')),
                        ('is_required', models.BooleanField(default=True, verbose_name='required')),
                        ('is_after_meeting', models.BooleanField(default=False, help_text='For the decision, which nobody knows before the meeting.', verbose_name='only after the meeting')),
                        ('template', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='cases.casetemplate', verbose_name='case template')),
                    ],
                    options={
                        'verbose_name': 'section of a template',
                        'verbose_name_plural': 'sections of a template',
                        'ordering': ['template', 'order', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('template', 'key'), name='template_section_key_unique', violation_error_message='Two sections of the template have the same key.')],
                    },
                ),
            ],
        ),
    ]
