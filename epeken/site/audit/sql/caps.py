"""What owners use of their months."""

# Executed with the zone of the city. A request counts in the month in which it was sent.
CAP_MONTHS = """
WITH kept AS (
    SELECT request_id, seller_id, SUM(amount) AS goods FROM procurement_requestline
    WHERE dropped_at IS NULL GROUP BY request_id, seller_id
),
counted AS (
    SELECT s.owner_id, o.cap_month AS month, o.total
    FROM orders_order o JOIN umkm_seller s ON s.id = o.seller_id WHERE o.state <> 'closed'
    UNION ALL
    SELECT s.owner_id, date_trunc('month', r.submitted_at AT TIME ZONE %(zone)s)::date, k.goods + p.delivery_cost
    FROM procurement_purchaserequest r
    JOIN kept k ON k.request_id = r.id
    JOIN procurement_requestseller p ON p.request_id = r.id AND p.seller_id = k.seller_id
    JOIN umkm_seller s ON s.id = k.seller_id
    WHERE r.state IN ('submitted', 'approved')
),
sums AS (SELECT owner_id, month, SUM(total) AS used FROM counted GROUP BY owner_id, month)
SELECT format('owner %%s in %%s', COALESCE(m.owner_id, s.owner_id), to_char(COALESCE(m.month, s.month), 'YYYY-MM')),
       format('used %%s, orders and requests %%s, cap %%s', COALESCE(m.used, 0), COALESCE(s.used, 0), m.cap)
FROM umkm_turnovermonth m FULL JOIN sums s ON s.owner_id = m.owner_id AND s.month = m.month
WHERE COALESCE(m.used, 0) <> COALESCE(s.used, 0)
"""

CAP_ORDERS = """
WITH ledger AS (
    SELECT e.reference, SUM(e.used_delta) AS used FROM umkm_turnoverentry e GROUP BY e.reference
),
documents AS (
    SELECT number, CASE WHEN state = 'closed' THEN 0 ELSE total END AS used FROM orders_order
    UNION ALL
    SELECT number, CASE WHEN state IN ('submitted', 'approved') THEN total ELSE 0 END FROM procurement_purchaserequest
)
SELECT 'order or request ' || COALESCE(d.number, l.reference),
       format('holds %s of the cap, should hold %s', COALESCE(l.used, 0), COALESCE(d.used, 0))
FROM documents d FULL JOIN ledger l ON l.reference = d.number
WHERE COALESCE(l.used, 0) <> COALESCE(d.used, 0)
"""
