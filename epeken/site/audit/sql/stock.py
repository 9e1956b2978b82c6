"""What is on the shelf, and what days can carry, against live orders and requests."""

# An order holds what no delivery has a result for yet: what is under way, also in place of other goods, and what is
# still to be sent.
STOCK_ORDERS = """
WITH taken AS (
    SELECT l.order_line_id, SUM(l.sent) AS sent
    FROM orders_deliveryline l JOIN orders_delivery d ON d.id = l.delivery_id
    WHERE d.state IN ('accepted', 'rejected') AND d.remedy_id IS NULL GROUP BY l.order_line_id
),
again AS (
    SELECT l.order_line_id, SUM(l.sent) AS sent
    FROM orders_deliveryline l JOIN orders_delivery d ON d.id = l.delivery_id
    WHERE d.state IN ('shipped', 'arrived', 'inspected') AND d.remedy_id IS NOT NULL GROUP BY l.order_line_id
),
wanted AS (
    SELECT line.product_id, o.number AS reference,
           CASE WHEN o.state = 'closed' THEN 0
                WHEN o.rest_closed_at IS NOT NULL THEN line.sent_quantity - COALESCE(t.sent, 0)
                ELSE line.quantity - line.missed_quantity - COALESCE(t.sent, 0) END + COALESCE(a.sent, 0) AS held
    FROM orders_orderline line
    JOIN orders_order o ON o.id = line.order_id
    LEFT JOIN taken t ON t.order_line_id = line.id
    LEFT JOIN again a ON a.order_line_id = line.id
    WHERE line.stock_mode = 'stock'
),
ledger AS (
    SELECT product_id, reference, SUM(held_delta) AS held
    FROM umkm_stockentry
    WHERE held_delta <> 0 AND reference NOT IN (SELECT number FROM procurement_purchaserequest)
    GROUP BY product_id, reference
)
SELECT 'product ' || COALESCE(w.product_id, l.product_id) || ' order ' || COALESCE(w.reference, l.reference),
       format('ledger holds %s, order wants %s', COALESCE(l.held, 0), COALESCE(w.held, 0))
FROM wanted w FULL JOIN ledger l ON l.product_id = w.product_id AND l.reference = w.reference
WHERE COALESCE(w.held, 0) <> COALESCE(l.held, 0)
"""

# One order may be made on several days, none of them after its delivery. Of a rest that was given up the days that were
# still to come are free.
CAPACITY_ORDERS = """
WITH wanted AS (
    SELECT line.product_id, o.number AS reference, o.deliver_at,
           CASE WHEN o.state = 'closed' THEN 0 ELSE line.quantity END AS used,
           CASE WHEN o.state = 'closed' THEN 0 WHEN o.rest_closed_at IS NOT NULL THEN line.sent_quantity
                ELSE line.quantity END AS least
    FROM orders_orderline line JOIN orders_order o ON o.id = line.order_id WHERE line.stock_mode = 'daily'
),
days AS (
    SELECT d.product_id, e.reference, d.day, SUM(e.used_delta) AS used
    FROM umkm_capacityentry e JOIN umkm_capacityday d ON d.id = e.capacity_day_id
    WHERE e.reference NOT IN (SELECT number FROM procurement_purchaserequest)
    GROUP BY d.product_id, e.reference, d.day
),
ledger AS (
    SELECT product_id, reference, SUM(used) AS used, MAX(day) FILTER (WHERE used <> 0) AS last
    FROM days GROUP BY product_id, reference
)
SELECT 'product ' || COALESCE(w.product_id, l.product_id) || ' order ' || COALESCE(w.reference, l.reference),
       format('ledger %s up to %s, order wants %s by %s',
              COALESCE(l.used, 0), l.last, COALESCE(w.used, 0), w.deliver_at)
FROM wanted w FULL JOIN ledger l ON l.product_id = w.product_id AND l.reference = w.reference
WHERE COALESCE(l.used, 0) NOT BETWEEN COALESCE(w.least, 0) AND COALESCE(w.used, 0)
   OR l.last > (w.deliver_at + interval '1 day')::date
"""

# A sent request holds each of its lines, on the shelf or of days; any other request holds nothing.
REQUEST_HOLDS = """
WITH wanted AS (
    SELECT line.product_id, r.number AS reference, line.quantity AS held
    FROM procurement_requestline line JOIN procurement_purchaserequest r ON r.id = line.request_id
    WHERE r.state IN ('submitted', 'approved') AND line.dropped_at IS NULL
),
entries AS (
    SELECT product_id, reference, held_delta AS held FROM umkm_stockentry
    UNION ALL
    SELECT d.product_id, e.reference, e.used_delta
    FROM umkm_capacityentry e JOIN umkm_capacityday d ON d.id = e.capacity_day_id
),
ledger AS (
    SELECT product_id, reference, SUM(held) AS held FROM entries
    WHERE reference IN (SELECT number FROM procurement_purchaserequest) GROUP BY product_id, reference
)
SELECT 'product ' || COALESCE(w.product_id, l.product_id) || ' request ' || COALESCE(w.reference, l.reference),
       format('ledger holds %s, request wants %s', COALESCE(l.held, 0), COALESCE(w.held, 0))
FROM wanted w FULL JOIN ledger l ON l.product_id = w.product_id AND l.reference = w.reference
WHERE COALESCE(w.held, 0) <> COALESCE(l.held, 0)
"""
