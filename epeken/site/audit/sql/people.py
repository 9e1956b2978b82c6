"""Who did what: nobody two sides of one purchase, and a seller only what was shown to them."""

SEGREGATION = """
WITH sides AS (
    SELECT o.number, r.requester_id AS person, 'requester' AS side
    FROM orders_order o JOIN procurement_purchaserequest r ON r.id = o.request_id
    UNION SELECT o.number, r.approver_id, 'approver'
    FROM orders_order o JOIN procurement_purchaserequest r ON r.id = o.request_id
    UNION SELECT o.number, o.issuer_id, 'approver' FROM orders_order o WHERE o.request_id IS NOT NULL
    UNION SELECT o.number, c.receiver_id, 'receiver'
    FROM orders_order o JOIN orders_delivery c ON c.order_id = o.id WHERE o.request_id IS NOT NULL
    UNION SELECT o.number, e.actor_id, 'receiver'
    FROM orders_order o JOIN orders_delivery c ON c.order_id = o.id JOIN orders_deliveryevent e ON e.delivery_id = c.id
    WHERE o.request_id IS NOT NULL AND e.acted_as <> 'seller'
    UNION SELECT o.number, b.approver_id, 'approver'
    FROM orders_order o JOIN orders_invoice b ON b.order_id = o.id WHERE o.request_id IS NOT NULL
    UNION SELECT o.number, e.actor_id, CASE e.action WHEN 'approve' THEN 'approver' ELSE 'treasurer' END
    FROM orders_order o JOIN orders_invoice b ON b.order_id = o.id JOIN orders_invoiceevent e ON e.invoice_id = b.id
    WHERE o.request_id IS NOT NULL AND e.action IN ('approve', 'verify', 'pay')
    UNION SELECT o.number, b.verifier_id, 'treasurer'
    FROM orders_order o JOIN orders_invoice b ON b.order_id = o.id WHERE o.request_id IS NOT NULL
    UNION SELECT o.number, p.recorded_by_id, 'treasurer'
    FROM orders_order o JOIN orders_invoice b ON b.order_id = o.id JOIN orders_payment p ON p.invoice_id = b.id
    WHERE o.request_id IS NOT NULL
)
SELECT 'order ' || number, format('person %s is %s', person, string_agg(side, ' and ' ORDER BY side))
FROM sides WHERE person IS NOT NULL GROUP BY number, person HAVING COUNT(*) > 1
UNION ALL
SELECT 'request ' || r.number, format('person %s is requester and approver', r.requester_id)
FROM procurement_purchaserequest r WHERE r.approver_id = r.requester_id
"""

# Every BAST of a department and every payment a treasurer recorded asks its seller; of a reversed one nobody asks. What
# is confirmed is the BAST of that delivery or the kuitansi of that payment, with the hash of what it states.
CONFIRMATIONS = """
SELECT 'delivery ' || d.number, 'its BAST was not put before the seller'
FROM orders_delivery d JOIN orders_order o ON o.id = d.order_id
WHERE d.state = 'accepted' AND o.agency_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM orders_sellerconfirmation c WHERE c.delivery_id = d.id)
UNION ALL
SELECT 'payment ' || p.id, format('confirmation %s', COALESCE(c.state, 'missing'))
FROM orders_payment p
JOIN orders_invoice b ON b.id = p.invoice_id JOIN orders_order o ON o.id = b.order_id
LEFT JOIN orders_sellerconfirmation c ON c.payment_id = p.id
WHERE o.agency_id IS NOT NULL AND (c.state IS NULL OR (c.state = 'void') <> EXISTS (
    SELECT 1 FROM orders_paymentreversal r WHERE r.payment_id = p.id AND r.state = 'released'))
UNION ALL
SELECT 'confirmation ' || c.id, format('of %s %s, hash %s', x.kind, x.code, c.sha256)
FROM orders_sellerconfirmation c
JOIN orders_document x ON x.id = c.document_id
LEFT JOIN orders_payment p ON p.id = c.payment_id
WHERE (x.made_at IS NOT NULL AND x.stated_sha256 <> c.sha256)
   OR (c.delivery_id IS NOT NULL AND (x.kind <> 'bast' OR x.delivery_id <> c.delivery_id))
   OR (c.payment_id IS NOT NULL AND (x.kind <> 'kuitansi' OR x.invoice_id <> p.invoice_id))
"""
