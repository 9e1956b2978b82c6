"""What an order costs, and what came of it."""

ORDER_TOTAL = """
WITH sums AS (SELECT order_id, SUM(amount) AS goods FROM orders_orderline GROUP BY order_id)
SELECT 'order ' || o.number,
       CASE WHEN s.order_id IS NULL THEN 'has no line'
            ELSE format('total %s, lines %s, delivery %s', o.total, s.goods, o.delivery_cost) END
FROM orders_order o LEFT JOIN sums s ON s.order_id = o.id
WHERE s.order_id IS NULL OR o.goods_total <> s.goods OR o.total <> s.goods + o.delivery_cost
"""

ORDER_LINE = """
SELECT 'order ' || o.number || ' line ' || line.id,
       format('price %s × %s is not %s (accepted %s for %s)',
              line.price, line.quantity, line.amount, line.accepted_quantity, line.accepted_amount)
FROM orders_orderline line JOIN orders_order o ON o.id = line.order_id
WHERE line.amount <> round(line.price * line.quantity)
   OR (line.accepted_quantity IS NOT NULL
       AND line.accepted_amount IS DISTINCT FROM round(line.price * line.accepted_quantity)::bigint)
"""

# Over all deliveries a line adds up to what the order says was sent, and was accepted. What came in place of goods was
# sent once, and is accepted anew only as far as no earlier invoice bears it.
ACCEPTED = """
WITH came AS (
    SELECT l.order_line_id, SUM(l.accepted + l.decided - l.rejected - l.covered) AS quantity,
           SUM(l.amount + l.added_amount) AS amount
    FROM orders_deliveryline l JOIN orders_delivery d ON d.id = l.delivery_id
    WHERE d.state = 'accepted' GROUP BY l.order_line_id
)
SELECT 'order ' || o.number || ' line ' || line.id,
       format('accepted %s for %s, deliveries say %s for %s', line.accepted_quantity, line.accepted_amount,
              COALESCE(c.quantity, 0), COALESCE(c.amount, 0))
FROM orders_orderline line
JOIN orders_order o ON o.id = line.order_id
LEFT JOIN came c ON c.order_line_id = line.id
WHERE COALESCE(line.accepted_quantity, 0) <> COALESCE(c.quantity, 0)
   OR COALESCE(line.accepted_amount, 0) <> COALESCE(c.amount, 0)
UNION ALL
SELECT 'order ' || o.number || ' line ' || line.id,
       format('sent %s, deliveries say %s', line.sent_quantity, COALESCE(SUM(l.sent), 0))
FROM orders_orderline line
JOIN orders_order o ON o.id = line.order_id
LEFT JOIN (orders_deliveryline l
           JOIN orders_delivery d ON d.id = l.delivery_id AND d.state NOT IN ('missed', 'withdrawn')
           AND d.remedy_id IS NULL)
       ON l.order_line_id = line.id
GROUP BY o.id, line.id HAVING line.sent_quantity <> COALESCE(SUM(l.sent), 0)
UNION ALL
SELECT 'order ' || o.number || ' date ' || day.number,
       format('sent %s, deliveries say %s', due.sent_quantity, COALESCE(SUM(l.sent), 0))
FROM orders_dueamount due
JOIN orders_dueday day ON day.id = due.day_id
JOIN orders_order o ON o.id = day.order_id
LEFT JOIN (orders_deliveryline l
           JOIN orders_delivery d ON d.id = l.delivery_id AND d.state NOT IN ('missed', 'withdrawn'))
       ON l.order_line_id = due.order_line_id AND d.due_day_id = day.id
GROUP BY o.number, day.number, due.id HAVING due.sent_quantity <> COALESCE(SUM(l.sent), 0)
"""

# What decisions took off an invoice is what its deduction says; no more money is returned than was paid, no more goods
# are to come again than came, what came again is what its deliveries say, of which as much is on no invoice of its own
# as an earlier one bears, what counts as accepted beside the receipt, or was refused after it, was decided, and a
# decision that gives something has its remedy.
REMEDIES = """
WITH off AS (
    SELECT delivery_id, SUM(applied) AS sum FROM orders_remedy
    WHERE kind = 'deduction' AND state = 'applied' GROUP BY delivery_id
),
back AS (
    SELECT delivery_id, SUM(amount) AS sum FROM orders_remedy
    WHERE kind = 'refund' AND state NOT IN ('lapsed', 'void') GROUP BY delivery_id
),
again AS (
    SELECT delivery_id, order_line_id, SUM(quantity - came) AS sum FROM orders_remedy
    WHERE kind = 'replacement' AND state IN ('owed', 'sent') GROUP BY delivery_id, order_line_id
),
shipped AS (
    SELECT d.remedy_id, SUM(l.accepted + l.decided) AS came, SUM(l.covered) AS covered
    FROM orders_delivery d JOIN orders_deliveryline l ON l.delivery_id = d.id
    WHERE d.remedy_id IS NOT NULL AND d.state = 'accepted' GROUP BY d.remedy_id
)
SELECT 'delivery ' || d.number || ' line ' || l.order_line_id,
       format('%s decided to count as accepted, decisions say %s', l.decided, c.sum)
FROM orders_deliveryline l
JOIN orders_delivery d ON d.id = l.delivery_id
CROSS JOIN LATERAL (
    SELECT COALESCE(SUM(COALESCE(r.quantity, l.sent)), 0) AS sum FROM orders_remedy r
    WHERE r.delivery_id = d.id AND r.kind = 'acceptance' AND r.state = 'counted'
      AND (r.order_line_id = l.order_line_id OR r.order_line_id IS NULL)
) c
WHERE l.decided <> c.sum
UNION ALL
SELECT 'delivery ' || d.number || ' line ' || l.order_line_id,
       format('%s decided to be refused, decisions say %s', l.rejected + l.returned, c.sum)
FROM orders_deliveryline l
JOIN orders_delivery d ON d.id = l.delivery_id
CROSS JOIN LATERAL (
    -- Without a line it is all that was kept when it was decided.
    SELECT COALESCE(SUM(r.quantity), 0) AS sum, COUNT(*) FILTER (WHERE r.order_line_id IS NULL) AS whole
    FROM orders_remedy r
    WHERE r.delivery_id = d.id AND r.kind = 'refusal' AND r.state = 'refused'
      AND (r.order_line_id = l.order_line_id OR r.order_line_id IS NULL)
) c
WHERE CASE WHEN c.whole = 0 THEN l.rejected + l.returned <> c.sum ELSE l.rejected + l.returned < c.sum END
UNION ALL
SELECT 'remedy ' || r.id,
       format('came %s of %s, %s refused before; its deliveries say %s, covered %s', r.came, r.quantity, r.refused,
              COALESCE(s.came, 0), COALESCE(s.covered, 0))
FROM orders_remedy r LEFT JOIN shipped s ON s.remedy_id = r.id
WHERE r.kind = 'replacement'
  AND (r.came <> COALESCE(s.came, 0) OR COALESCE(s.covered, 0) <> LEAST(r.came, r.quantity - r.refused)
       OR (r.state = 'came') <> (r.came = r.quantity)
       OR (r.state = 'sent') <> EXISTS (SELECT 1 FROM orders_delivery d WHERE d.remedy_id = r.id
                                        AND d.state IN ('shipped', 'arrived', 'inspected')))
UNION ALL
SELECT 'invoice ' || b.number, format('deducted %s, decided %s', b.deduction, COALESCE(o.sum, 0))
FROM orders_invoice b LEFT JOIN off o ON o.delivery_id = b.delivery_id
WHERE b.state <> 'void' AND b.deduction <> COALESCE(o.sum, 0)
UNION ALL
SELECT 'delivery ' || d.number, format('returned %s, paid %s', k.sum, COALESCE(SUM(b.paid), 0))
FROM back k JOIN orders_delivery d ON d.id = k.delivery_id
LEFT JOIN orders_invoice b ON b.delivery_id = d.id AND b.state <> 'void'
GROUP BY d.number, k.sum HAVING k.sum > COALESCE(SUM(b.paid), 0)
UNION ALL
SELECT 'delivery ' || d.number || ' line ' || l.order_line_id, format('replaced %s of %s', a.sum, l.sent)
FROM again a
JOIN orders_deliveryline l ON l.delivery_id = a.delivery_id AND l.order_line_id = a.order_line_id
JOIN orders_delivery d ON d.id = a.delivery_id
WHERE a.sum > l.sent
UNION ALL
SELECT 'dispute ' || p.id, format('decided %s, remedies %s', p.outcome, COUNT(r.id))
FROM orders_dispute p LEFT JOIN orders_remedy r ON r.dispute_id = p.id AND r.follows_id IS NULL
WHERE p.state IN ('decided', 'lapsed')
GROUP BY p.id HAVING COUNT(r.id) <> CASE WHEN p.outcome IN ('', 'nothing') THEN 0 ELSE 1 END
UNION ALL
SELECT 'remedy ' || r.id,
       format('is about order %s, its dispute %s, its delivery %s', r.order_id, p.order_id, d.order_id)
FROM orders_remedy r JOIN orders_dispute p ON p.id = r.dispute_id JOIN orders_delivery d ON d.id = r.delivery_id
WHERE r.order_id <> p.order_id OR r.order_id <> d.order_id
"""
