"""Jobs that wait name the notice, no longer its letter: the letter of a new notice is made when it is sent."""

from django.db import migrations

NAME_THE_NOTICE = """
    UPDATE core_job SET arguments = jsonb_build_object('notification_pk', letter.notification_id)
    FROM notifications_notificationdelivery letter
    WHERE core_job.name = 'notifications.deliver' AND core_job.done_at IS NULL AND core_job.dead_at IS NULL
        AND letter.id = (core_job.arguments ->> 'delivery_pk')::bigint
"""


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial"), ("core", "0001_initial")]

    operations = [migrations.RunSQL(NAME_THE_NOTICE, migrations.RunSQL.noop)]
