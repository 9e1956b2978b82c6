"""What is billed and paid, and what was taken back."""

# The later line of a kind replaces the earlier one.
INVOICE_TOTAL = """
WITH goods AS (
    SELECT delivery_id, SUM(amount + added_amount) AS goods FROM orders_deliveryline GROUP BY delivery_id
),
latest AS (
    SELECT DISTINCT ON (invoice_id, kind) invoice_id, amount FROM orders_taxline ORDER BY invoice_id, kind, id DESC
),
tax AS (SELECT invoice_id, SUM(amount) AS tax FROM latest GROUP BY invoice_id)
SELECT 'order ' || o.number || ' invoice ' || b.number,
       format('gross %s, accepted %s + delivery %s - deducted %s; withheld %s, tax lines %s; net %s',
              b.gross, g.goods, b.delivery_cost, b.deduction, b.withheld, COALESCE(t.tax, 0), b.net)
FROM orders_invoice b
JOIN orders_order o ON o.id = b.order_id
JOIN orders_delivery d ON d.id = b.delivery_id
LEFT JOIN goods g ON g.delivery_id = b.delivery_id
LEFT JOIN tax t ON t.invoice_id = b.id
-- A void one bears what its delivery came to before a decision added or refused something.
WHERE (b.state <> 'void' AND b.goods_total IS DISTINCT FROM g.goods)
   OR b.gross <> b.goods_total + b.delivery_cost - b.deduction
   OR b.withheld <> COALESCE(t.tax, 0) OR b.net <> b.gross - b.withheld
   OR (b.state <> 'void' AND d.state <> 'accepted') OR d.order_id <> b.order_id
UNION ALL
SELECT 'order ' || o.number || ' delivery ' || d.number, 'was accepted and has no invoice'
FROM orders_delivery d JOIN orders_order o ON o.id = d.order_id
WHERE d.state = 'accepted'
  AND (d.remedy_id IS NULL OR EXISTS (SELECT 1 FROM orders_deliveryline l WHERE l.delivery_id = d.id AND l.amount > 0))
  AND NOT EXISTS (SELECT 1 FROM orders_invoice b WHERE b.delivery_id = d.id AND b.state <> 'void')
UNION ALL
SELECT 'order ' || c.number, format('delivery cost %s, invoiced %s', c.cost, c.billed)
FROM (
    SELECT o.number, o.delivery_cost AS cost, SUM(b.delivery_cost) AS billed, COUNT(DISTINCT b.cost_day_id) AS days,
           (SELECT COUNT(*) FROM orders_dueday d WHERE d.order_id = o.id AND d.dropped_at IS NULL) AS dates
    FROM orders_order o JOIN orders_invoice b ON b.order_id = o.id AND b.state <> 'void' GROUP BY o.id
) c
-- Of a schedule each date that was billed bears its even part, whole rupiah.
WHERE CASE WHEN c.dates = 0 THEN c.billed <> c.cost
           ELSE abs(c.billed * c.dates - c.cost * c.days) >= c.dates * c.days END
"""

COMMITMENT = """
WITH sums AS (
    SELECT order_id, SUM(gross) AS gross, bool_and(state = 'paid') AS paid
    FROM orders_invoice WHERE state <> 'void' GROUP BY order_id
)
SELECT 'order ' || o.number || ' commitment',
       format('%s %s, order %s over %s, invoices %s', c.state, c.amount, o.state, o.total, COALESCE(s.gross, 0))
FROM orders_order o
LEFT JOIN orders_commitment c ON c.order_id = o.id
LEFT JOIN sums s ON s.order_id = o.id
WHERE c.id IS NULL OR c.amount > o.total OR c.amount < COALESCE(s.gross, 0)
   OR (c.state = 'void') <> (o.state = 'closed') OR (c.state = 'settled') <> (o.state = 'finished')
   OR (c.state = 'void' AND s.gross IS NOT NULL)
   OR (c.state = 'settled' AND (c.amount <> s.gross OR NOT s.paid))
"""

# A reversed payment counts no longer. A transfer that stands paid one seller of a department, and no invoice twice.
PAYMENT = """
WITH standing AS (
    SELECT p.* FROM orders_payment p
    WHERE NOT EXISTS (SELECT 1 FROM orders_paymentreversal r WHERE r.payment_id = p.id AND r.state = 'released')
),
sums AS (SELECT invoice_id, SUM(amount) AS paid FROM standing GROUP BY invoice_id)
SELECT 'invoice ' || b.number,
       format('payments %s, noted %s, net %s, invoice is %s', COALESCE(p.paid, 0), b.paid, b.net, b.state)
FROM orders_invoice b
LEFT JOIN sums p ON p.invoice_id = b.id
WHERE b.paid <> COALESCE(p.paid, 0) OR b.paid > b.net OR (b.state = 'paid') <> (b.paid = b.net)
   OR (b.state = 'void' AND b.paid > 0)
UNION ALL
SELECT 'invoice ' || b.number, format('is %s, payment approved by %s', b.state, COALESCE(b.approver_id::text, 'nobody'))
FROM orders_invoice b WHERE b.state <> 'paid' AND (b.state = 'approved') <> (b.approver_id IS NOT NULL)
UNION ALL
SELECT 'transfer ' || lower(p.reference),
       format('of department %s paid %s sellers, %s payments of %s invoices', o.agency_id, COUNT(DISTINCT o.seller_id),
              COUNT(*), COUNT(DISTINCT p.invoice_id))
FROM standing p JOIN orders_invoice b ON b.id = p.invoice_id JOIN orders_order o ON o.id = b.order_id
WHERE p.method = 'transfer' AND p.reference <> ''
GROUP BY o.agency_id, lower(p.reference)
HAVING COUNT(DISTINCT o.seller_id) > 1 OR COUNT(*) > COUNT(DISTINCT p.invoice_id)
"""

# Two people, neither of the shop: who asked and whoever paid are not who released.
REVERSALS = """
SELECT 'reversal ' || r.id, format('person %s asked or paid, and decided', r.decided_by_id)
FROM orders_paymentreversal r
JOIN orders_payment p ON p.id = r.payment_id
WHERE r.decided_by_id IN (r.asked_by_id, p.recorded_by_id)
UNION ALL
SELECT 'reversal ' || r.id, format('is %s, of invoice %s', r.state, b.number)
FROM orders_paymentreversal r
JOIN orders_payment p ON p.id = r.payment_id
JOIN orders_invoice b ON b.id = p.invoice_id
JOIN orders_order o ON o.id = b.order_id
WHERE (r.state = 'released' AND (r.decided_by_id IS NULL OR b.reversed_at IS NULL OR b.reversed_at < r.ended_at))
   OR o.agency_id IS NULL
"""

# One payment that stands while it is paid, none else, by somebody who neither agreed to it nor named its line; what
# was reversed two people reversed.
COMPENSATIONS = """
WITH standing AS (
    SELECT p.* FROM orders_compensationpayment p
    WHERE NOT EXISTS (SELECT 1 FROM orders_compensationreversal r WHERE r.payment_id = p.id AND r.state = 'released')
)
SELECT 'compensation ' || c.number,
       format('is %s over %s, %s payments that stand over %s', c.state, c.amount, COUNT(p.id),
              COALESCE(SUM(p.amount), 0))
FROM orders_compensation c LEFT JOIN standing p ON p.compensation_id = c.id
GROUP BY c.id
HAVING COUNT(p.id) <> CASE WHEN c.state = 'paid' THEN 1 ELSE 0 END
    OR SUM(p.amount) <> c.amount OR MIN(p.paid_on) <> c.paid_on OR MIN(p.line_id) <> c.line_id
UNION ALL
SELECT 'compensation ' || c.number, format('person %s agreed to it or named its line, and paid', p.recorded_by_id)
FROM orders_compensationpayment p JOIN orders_compensation c ON c.id = p.compensation_id
WHERE p.recorded_by_id IN (c.agreed_by_id, p.approver_id)
UNION ALL
SELECT 'compensation ' || c.number, format('person %s asked or paid, and reversed it', r.decided_by_id)
FROM orders_compensationreversal r
JOIN orders_compensationpayment p ON p.id = r.payment_id
JOIN orders_compensation c ON c.id = p.compensation_id
WHERE r.decided_by_id IN (r.asked_by_id, p.recorded_by_id)
UNION ALL
SELECT 'compensation ' || c.number, format('a payment was reversed at %s, noted %s', r.ended_at, c.reversed_at)
FROM orders_compensationreversal r
JOIN orders_compensationpayment p ON p.id = r.payment_id
JOIN orders_compensation c ON c.id = p.compensation_id
WHERE r.state = 'released' AND (c.reversed_at IS NULL OR c.reversed_at < r.ended_at)
UNION ALL
SELECT 'number ' || lower(p.reference), format('paid a compensation of shop %s, and bills of another', o.seller_id)
FROM standing p
JOIN orders_compensation c ON c.id = p.compensation_id
JOIN orders_order o ON o.id = c.order_id
WHERE p.method = 'transfer' AND EXISTS (
    SELECT 1 FROM orders_payment b
    JOIN orders_invoice i ON i.id = b.invoice_id
    JOIN orders_order other ON other.id = i.order_id
    WHERE b.method = 'transfer' AND lower(b.reference) = lower(p.reference) AND other.agency_id = o.agency_id
      AND other.seller_id <> o.seller_id
      AND NOT EXISTS (SELECT 1 FROM orders_paymentreversal r WHERE r.payment_id = b.id AND r.state = 'released')
)
"""
