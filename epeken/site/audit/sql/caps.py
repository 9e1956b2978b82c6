"""What owners use of their months."""

# What was given up before it was sent counts no longer, nor does the delivery of dates for which nothing left: each
# date bears its even part of the delivery cost, the first ones a rupiah more where it cannot be divided.
_COUNTED = """
dates AS (
    SELECT d.id, d.order_id, d.missed_at, d.missed_cost,
           EXISTS (SELECT 1 FROM orders_dueamount a WHERE a.day_id = d.id AND a.sent_quantity > 0) AS is_begun,
           o.delivery_cost / COUNT(*) OVER (PARTITION BY o.id)
               + (ROW_NUMBER() OVER (PARTITION BY o.id ORDER BY d.number)
                  <= mod(o.delivery_cost, COUNT(*) OVER (PARTITION BY o.id)))::int AS cost
    FROM orders_dueday d JOIN orders_order o ON o.id = d.order_id WHERE d.dropped_at IS NULL
),
orders AS (
    SELECT o.id, o.number, o.seller_id, o.cap_month,
           (SELECT SUM(round(l.price * CASE WHEN o.rest_closed_at IS NOT NULL THEN l.sent_quantity
                                            ELSE l.quantity - l.missed_quantity END))
            FROM orders_orderline l WHERE l.order_id = o.id)
           + o.delivery_cost
           - COALESCE((SELECT SUM(CASE WHEN d.missed_cost > 0 THEN d.missed_cost ELSE d.cost END) FROM dates d
                       WHERE d.order_id = o.id AND NOT d.is_begun
                         AND (d.missed_at IS NOT NULL OR o.rest_closed_at IS NOT NULL)), 0) AS total
    FROM orders_order o WHERE o.state <> 'closed'
)"""

# Executed with the zone of the city. A request counts in the month in which it was sent.
CAP_MONTHS = f"""
WITH {_COUNTED},
kept AS (
    SELECT request_id, seller_id, SUM(amount) AS goods FROM procurement_requestline
    WHERE dropped_at IS NULL GROUP BY request_id, seller_id
),
counted AS (
    SELECT s.owner_id, o.cap_month AS month, o.total FROM orders o JOIN umkm_seller s ON s.id = o.seller_id
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
"""  # noqa: S608 - a part of our own text

CAP_ORDERS = f"""
WITH {_COUNTED},
ledger AS (
    SELECT e.reference, SUM(e.used_delta) AS used FROM umkm_turnoverentry e GROUP BY e.reference
),
documents AS (
    SELECT number, total AS used FROM orders
    UNION ALL
    SELECT number, CASE WHEN state IN ('submitted', 'approved') THEN total ELSE 0 END FROM procurement_purchaserequest
)
SELECT 'order or request ' || COALESCE(d.number, l.reference),
       format('holds %s of the cap, should hold %s', COALESCE(l.used, 0), COALESCE(d.used, 0))
FROM documents d FULL JOIN ledger l ON l.reference = d.number
WHERE COALESCE(l.used, 0) <> COALESCE(d.used, 0)
"""  # noqa: S608 - a part of our own text
