"""What is carried out once, and what is still to leave."""

CLAIMS = """
SELECT 'claim ' || c.person || '/' || c.key, 'has no result' FROM core_claim c WHERE c.result = ''
UNION ALL
SELECT 'claim ' || c.person || '/' || c.key, format('stands %s times', COUNT(*)) FROM core_claim c
GROUP BY c.person, c.key HAVING COUNT(*) > 1
UNION ALL
SELECT 'core_claim', 'the unique index is gone'
WHERE NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'claim_once' AND contype = 'u' AND convalidated)
"""

JOBS = """
SELECT 'job ' || id || ' ' || name,
       CASE WHEN dead_at IS NOT NULL THEN 'was given up without a reason'
            ELSE format('waits since %%s after %%s attempts', due_at, attempts) END
FROM core_job
WHERE (done_at IS NULL AND dead_at IS NULL AND due_at <= %(now)s - interval '15 minutes')
   OR (dead_at IS NOT NULL AND last_error = '')
"""

# A waiting message with a waiting job is on its way, however old the news it brings.
MAIL = """
WITH moving AS (
    SELECT name, arguments FROM core_job
    WHERE done_at IS NULL AND dead_at IS NULL AND name IN
        ('notifications.deliver', 'notifications.send_mail', 'notifications.send_text')
),
waiting AS (
    SELECT d.message_id, d.created_at, d.sent_at, d.dead_at, d.reason, m.name IS NOT NULL AS moves
    FROM notifications_notificationdelivery d
    LEFT JOIN moving m ON m.name = 'notifications.deliver'
        AND (m.arguments->>'notification_pk')::bigint = d.notification_id
    UNION ALL
    SELECT o.message_id, o.created_at, o.sent_at, o.dead_at, o.reason, m.name IS NOT NULL
    FROM notifications_outgoingmail o
    LEFT JOIN moving m ON m.name = 'notifications.send_mail' AND (m.arguments->>'mail_pk')::bigint = o.id
    UNION ALL
    SELECT o.message_id, o.created_at, o.sent_at, o.dead_at, o.reason, m.name IS NOT NULL
    FROM notifications_outgoingtext o
    LEFT JOIN moving m ON m.name = 'notifications.send_text' AND (m.arguments->>'text_pk')::bigint = o.id
)
SELECT 'message ' || message_id,
       CASE WHEN dead_at IS NOT NULL THEN 'was given up without a reason'
            ELSE format('waits since %%s and nothing sends it', created_at) END
FROM waiting
WHERE (sent_at IS NULL AND dead_at IS NULL AND NOT moves AND created_at <= %(now)s - interval '5 minutes')
   OR (dead_at IS NOT NULL AND reason = '')
"""
