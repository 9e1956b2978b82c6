"""What nobody outside may read."""

PRIVATE_FILES = """
WITH private AS (
    SELECT file AS name FROM umkm_sellerdocument
    UNION ALL SELECT file FROM orders_document WHERE file <> ''
    UNION ALL SELECT file FROM orders_attachment
    UNION ALL SELECT file FROM orders_inspectionphoto
    UNION ALL SELECT proof FROM orders_payment WHERE proof <> ''
)
SELECT 'file ' || p.name, 'stands in the public store' FROM private p JOIN core_upload u ON u.name = p.name AND u.public
UNION ALL
SELECT 'file ' || p.name, 'is shown as a picture of goods'
FROM private p JOIN umkm_productphoto f ON p.name IN (f.image, f.small)
"""

PERSONAL_DATA = r"""
SELECT 'notification ' || n.id, 'holds sixteen digits in a row' FROM notifications_notification n
WHERE EXISTS (
    -- Each value as it reads: in the text of the whole, a line break is the letter n before the number.
    SELECT FROM jsonb_path_query(n.parameters, 'strict $.**') value
    WHERE jsonb_typeof(value) NOT IN ('object', 'array') AND value #>> '{}' ~ '\m\d{16}\M'
)
UNION ALL
SELECT 'job ' || id, 'error text holds a personal number' FROM core_job
WHERE last_error <> '' AND last_error ~ '(\m\d{16}\M|\+62\d{8,})'
"""
