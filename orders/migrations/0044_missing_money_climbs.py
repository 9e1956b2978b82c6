"""A treasurer's silence about money that did not come goes on to the head and the inspectorate."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0043_drafted_acts"),
    ]

    operations = [
        migrations.AddField(
            model_name="sellerconfirmation",
            name="climbs_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="diteruskan pada"),
        ),
        migrations.AddField(
            model_name="sellerconfirmation",
            name="escalations",
            field=models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="berapa kali diteruskan"),
        ),
    ]
