"""The numbers of events: one sequence for all event tables, and who may still be writing below which number.

A transaction that takes its first number holds, until it ends, a shared advisory lock whose key says after which
number its events begin (`epeken.core.events` reads these keys). A savepoint that is rolled back gives up lock and
setting together.
"""

from django.db import migrations

NUMBERS = """
CREATE SEQUENCE epeken_event;
SELECT setval('epeken_event', 1);  -- from here on every number taken is above the last value read before it
CREATE FUNCTION epeken_next_event() RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    before bigint;
BEGIN
    IF COALESCE(current_setting('epeken.events_begin_after', true), '') = '' THEN
        SELECT last_value INTO before FROM epeken_event;
        PERFORM pg_advisory_xact_lock_shared((17744::bigint << 48) | before);
        PERFORM set_config('epeken.events_begin_after', before::text, true);
    END IF;
    RETURN nextval('epeken_event');
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0003_reference_data")]
    # Their event tables number their rows with it.
    run_before = [("umkm", "0001_squashed_0048_refused_goods")]

    operations = [migrations.RunSQL(NUMBERS, "DROP FUNCTION epeken_next_event(); DROP SEQUENCE epeken_event")]
