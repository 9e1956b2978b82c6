"""What was said when an order brought nothing, and since when its cancelling is asked, stand with the seller's part."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("procurement", "0033_ceiling_answers"),
    ]

    operations = [
        migrations.AddField(
            model_name="requestseller",
            name="cancel_asked_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="requestseller",
            name="unfilled_note",
            field=models.CharField(blank=True, editable=False, max_length=300),
        ),
    ]
