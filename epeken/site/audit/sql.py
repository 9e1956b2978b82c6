"""The questions of `audit_books`. Two columns each: what is wrong, and how."""

# --- 1 · stock ----------------------------------------------------------------------------------------------------
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
    WHERE kind IN ('hold', 'release', 'deliver') AND reference NOT IN (SELECT number FROM procurement_purchaserequest)
    GROUP BY product_id, reference
)
SELECT 'product ' || COALESCE(w.product_id, l.product_id) || ' order ' || COALESCE(w.reference, l.reference),
       format('ledger holds %s, order wants %s', COALESCE(l.held, 0), COALESCE(w.held, 0))
FROM wanted w FULL JOIN ledger l ON l.product_id = w.product_id AND l.reference = w.reference
WHERE COALESCE(w.held, 0) <> COALESCE(l.held, 0)
"""

# One order may be made on several days, none of them after its delivery.
CAPACITY_ORDERS = """
WITH wanted AS (
    SELECT line.product_id, o.number AS reference, o.deliver_at,
           CASE WHEN o.state = 'closed' THEN 0 ELSE line.quantity END AS used
    FROM orders_orderline line JOIN orders_order o ON o.id = line.order_id WHERE line.stock_mode = 'daily'
),
ledger AS (
    SELECT d.product_id, e.reference, SUM(e.used_delta) AS used, MAX(d.day) AS last
    FROM umkm_capacityentry e JOIN umkm_capacityday d ON d.id = e.capacity_day_id
    WHERE e.reference NOT IN (SELECT number FROM procurement_purchaserequest)
    GROUP BY d.product_id, e.reference
)
SELECT 'product ' || COALESCE(w.product_id, l.product_id) || ' order ' || COALESCE(w.reference, l.reference),
       format('ledger %s up to %s, order wants %s by %s',
              COALESCE(l.used, 0), l.last, COALESCE(w.used, 0), w.deliver_at)
FROM wanted w FULL JOIN ledger l ON l.product_id = w.product_id AND l.reference = w.reference
WHERE COALESCE(w.used, 0) <> COALESCE(l.used, 0) OR l.last > (w.deliver_at + interval '1 day')::date
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

# --- 2 · budget ---------------------------------------------------------------------------------------------------
# Requests hold until they are ordered, a signed frame what no request of it took, and the draft of an award what was
# awarded; orders bind their commitment, less what dates that were given up were to bring and what was already paid; an
# agreed compensation binds its own line until it is paid.
# On each budget line: the goods charged to it,
# and a seller's delivery cost on the request's own line where any of its goods is, else where the first of them is.
BUDGET_DOCUMENTS = """
WITH RECURSIVE asked AS (
    SELECT r.id, r.line_id AS main, l.id AS goods, l.seller_id, COALESCE(l.charged_to_id, r.line_id) AS line_id,
           l.amount
    FROM procurement_purchaserequest r JOIN procurement_requestline l ON l.request_id = r.id
    WHERE r.state IN ('submitted', 'approved') AND l.dropped_at IS NULL
),
brought AS (
    SELECT DISTINCT ON (id, seller_id) id, seller_id, line_id
    FROM asked ORDER BY id, seller_id, (line_id = main) DESC, goods
),
holders AS (
    SELECT line_id, amount AS reserved FROM asked
    UNION ALL
    SELECT b.line_id, s.delivery_cost
    FROM brought b JOIN procurement_requestseller s ON s.request_id = b.id AND s.seller_id = b.seller_id
    UNION ALL
    SELECT line_id, amount - drawn FROM procurement_approvalframe WHERE state = 'signed'
    UNION ALL
    SELECT line_id, total FROM procurement_purchaserequest
    WHERE state IN ('draft', 'sent_back') AND from_quotation_id IS NOT NULL AND held_until IS NOT NULL
),
held AS (SELECT line_id, SUM(reserved) AS reserved FROM holders GROUP BY line_id),
issued AS (
    SELECT o.id, r.line_id AS main, COALESCE(o.delivery_charged_to_id, r.line_id) AS cost_line,
           o.delivery_cost - COALESCE(d.missed, 0) AS cost_left,
           o.total - COALESCE(d.missed, 0)
               - (SELECT SUM(l.missed_amount) FROM orders_orderline l WHERE l.order_id = o.id) AS total,
           c.amount, c.state
    FROM orders_order o
    LEFT JOIN (SELECT order_id, SUM(missed_cost)::bigint AS missed FROM orders_dueday GROUP BY 1) d ON d.order_id = o.id
    JOIN orders_commitment c ON c.order_id = o.id
    JOIN procurement_purchaserequest r ON r.id = o.request_id
),
ordered AS (
    SELECT i.id, COALESCE(l.charged_to_id, i.main) AS line_id, SUM(l.amount - l.missed_amount) AS amount
    FROM issued i JOIN orders_orderline l ON l.order_id = i.id GROUP BY 1, 2
    UNION ALL
    SELECT id, cost_line, cost_left FROM issued
),
came AS (
    SELECT v.id AS invoice, i.id, v.state, v.deduction, COALESCE(l.charged_to_id, i.main) AS line_id,
           SUM(d.amount)::bigint AS amount
    FROM issued i
    JOIN orders_invoice v ON v.order_id = i.id AND v.state <> 'void'
    JOIN orders_deliveryline d ON d.delivery_id = v.delivery_id
    JOIN orders_orderline l ON l.id = d.order_line_id
    GROUP BY 1, 2, 3, 4, 5
    UNION ALL
    SELECT v.id, i.id, v.state, v.deduction, i.cost_line, v.delivery_cost
    FROM issued i JOIN orders_invoice v ON v.order_id = i.id AND v.state <> 'void' WHERE v.delivery_cost > 0
),
full_charge AS (
    SELECT invoice, id, state, deduction, line_id, SUM(amount)::bigint AS amount,
           row_number() OVER (PARTITION BY invoice ORDER BY line_id) AS n
    FROM came WHERE amount > 0 GROUP BY invoice, id, state, deduction, line_id
),
-- What is taken off an invoice is shared among its lines one after the other, half a rupiah rounded up.
lowered AS (
    SELECT f.invoice, f.id, f.state, f.line_id, f.n, f.amount, f.deduction AS rest,
           (SELECT SUM(g.amount) FROM full_charge g WHERE g.invoice = f.invoice)::bigint AS whole
    FROM full_charge f WHERE f.n = 1
    UNION ALL
    SELECT f.invoice, f.id, f.state, f.line_id, f.n, f.amount,
           p.rest - div(2 * p.rest::numeric * p.amount + p.whole, 2 * p.whole)::bigint, p.whole - p.amount
    FROM lowered p JOIN full_charge f ON f.invoice = p.invoice AND f.n = p.n + 1
),
-- A debt of one year is borne by the lines of the year it was carried to; of several times the last one counts.
carried AS (
    SELECT DISTINCT ON (v.id, k.from_line_id) v.id AS invoice, k.from_line_id, k.to_line_id
    FROM orders_invoice v
    JOIN orders_carrieddebt d ON d.delivery_id = v.delivery_id
    JOIN orders_carriedcharge k ON k.debt_id = d.id
    ORDER BY v.id, k.from_line_id, d.id DESC
),
billed AS (
    SELECT l.id, COALESCE(c.to_line_id, l.line_id) AS line_id, l.line_id AS ordered_on, l.state,
           l.amount - div(2 * l.rest::numeric * l.amount + l.whole, 2 * l.whole)::bigint AS amount
    FROM lowered l LEFT JOIN carried c ON c.invoice = l.invoice AND c.from_line_id = l.line_id
),
moved AS (
    SELECT b.* FROM billed b JOIN issued i ON i.id = b.id
    WHERE b.line_id <> b.ordered_on AND i.state = 'committed' AND i.amount = i.total
),
documents AS (
    SELECT o.line_id, o.amount AS committed, 0 AS realised
    FROM ordered o JOIN issued i ON i.id = o.id WHERE i.state = 'committed' AND i.amount = i.total
    UNION ALL
    SELECT ordered_on, -amount, 0 FROM moved
    UNION ALL
    SELECT line_id, amount, 0 FROM moved
    UNION ALL
    SELECT b.line_id, b.amount, 0
    FROM billed b JOIN issued i ON i.id = b.id WHERE i.state = 'committed' AND i.amount <> i.total
    UNION ALL
    SELECT b.line_id, CASE WHEN i.state = 'committed' THEN -b.amount ELSE 0 END, b.amount
    FROM billed b JOIN issued i ON i.id = b.id WHERE b.state = 'paid'
    UNION ALL
    SELECT line_id, CASE WHEN state = 'charged' THEN amount ELSE 0 END, CASE WHEN state = 'paid' THEN amount ELSE 0 END
    FROM orders_compensation WHERE line_id IS NOT NULL
),
bound AS (SELECT line_id, SUM(committed) AS committed, SUM(realised) AS realised FROM documents GROUP BY line_id)
SELECT 'budget line ' || b.id,
       format('reserved %s, requests and frames %s; committed %s, orders %s; realised %s, paid %s',
              b.reserved, COALESCE(h.reserved, 0), b.committed, COALESCE(n.committed, 0),
              b.realised, COALESCE(n.realised, 0))
FROM procurement_budgetline b
LEFT JOIN held h ON h.line_id = b.id
LEFT JOIN bound n ON n.line_id = b.id
WHERE b.reserved <> COALESCE(h.reserved, 0) OR b.committed <> COALESCE(n.committed, 0)
   OR b.realised <> COALESCE(n.realised, 0)
"""

# What the ledger says was paid for an invoice, less what was reversed, is its gross while it is paid; likewise of a
# compensation.
BUDGET_PAYMENTS = """
WITH entries AS (
    SELECT reference, document, SUM(realised_delta) AS realised, SUM(committed_delta) AS bound
    FROM procurement_budgetentry WHERE kind IN ('realise', 'reverse') GROUP BY reference, document
)
SELECT 'invoice ' || COALESCE(b.number, e.document),
       format('realised %s, bound %s; invoice is %s over %s',
              COALESCE(e.realised, 0), COALESCE(e.bound, 0), b.state, b.gross)
FROM (
    SELECT i.number, i.state, CASE WHEN i.state = 'paid' THEN i.gross ELSE 0 END AS gross, o.number AS of
    FROM orders_invoice i JOIN orders_order o ON o.id = i.order_id WHERE o.request_id IS NOT NULL
    UNION ALL
    SELECT number, state, CASE WHEN state = 'paid' THEN amount ELSE 0 END, number FROM orders_compensation
) b
FULL JOIN entries e ON e.document = b.number AND e.reference = b.of
WHERE COALESCE(e.realised, 0) <> COALESCE(b.gross, 0) OR COALESCE(e.bound, 0) <> -COALESCE(b.gross, 0)
"""

# Goods are paid by budget lines of the department that buys them, and a request that waits holds what they cost.
CHARGES = """
SELECT 'request ' || r.number || ' line ' || l.id, format('is charged to budget line %s of another department', b.id)
FROM procurement_requestline l
JOIN procurement_purchaserequest r ON r.id = l.request_id
JOIN procurement_budgetline b ON b.id = l.charged_to_id
WHERE b.agency_id <> r.agency_id
UNION ALL
SELECT 'order ' || o.number || ' line ' || l.id, format('is charged to budget line %s of another buyer', b.id)
FROM orders_orderline l JOIN orders_order o ON o.id = l.order_id JOIN procurement_budgetline b ON b.id = l.charged_to_id
WHERE b.agency_id IS DISTINCT FROM o.agency_id
UNION ALL
SELECT 'order ' || o.number, format('has its delivery charged to budget line %s of another buyer', b.id)
FROM orders_order o JOIN procurement_budgetline b ON b.id = o.delivery_charged_to_id
WHERE b.agency_id IS DISTINCT FROM o.agency_id
UNION ALL
SELECT 'request ' || r.number, format('total %s, its goods and their delivery %s', r.total, SUM(p.goods + p.delivery))
FROM procurement_purchaserequest r
JOIN (
    SELECT l.request_id, SUM(l.amount) AS goods, MAX(s.delivery_cost) AS delivery
    FROM procurement_requestline l
    JOIN procurement_requestseller s ON s.request_id = l.request_id AND s.seller_id = l.seller_id
    WHERE l.dropped_at IS NULL GROUP BY l.request_id, l.seller_id
) p ON p.request_id = r.id
WHERE r.state IN ('submitted', 'approved')
GROUP BY r.id HAVING r.total <> SUM(p.goods + p.delivery)
"""

# What a frame counts is what its requests hold and its orders bind; of a closed order what was not given back.
FRAME_DRAWN = """
WITH bound AS (
    SELECT o.request_id, SUM(CASE WHEN o.state = 'closed' THEN o.total - c.amount ELSE o.total END) AS amount
    FROM orders_order o JOIN orders_commitment c ON c.order_id = o.id
    WHERE o.request_id IS NOT NULL GROUP BY o.request_id
),
used AS (
    SELECT r.frame_id, SUM(CASE WHEN r.state IN ('submitted', 'approved') THEN r.total
                                WHEN r.state = 'ordered' THEN b.amount ELSE 0 END) AS drawn
    FROM procurement_purchaserequest r LEFT JOIN bound b ON b.request_id = r.id
    WHERE r.frame_id IS NOT NULL GROUP BY r.frame_id
)
SELECT 'frame ' || f.number, format('drawn %s, requests and orders %s', f.drawn, COALESCE(u.drawn, 0))
FROM procurement_approvalframe f LEFT JOIN used u ON u.frame_id = f.id
WHERE f.drawn <> COALESCE(u.drawn, 0)
UNION ALL
SELECT 'request ' || r.number, format('of frame %s on another budget line, or approved by another', f.number)
FROM procurement_purchaserequest r JOIN procurement_approvalframe f ON f.id = r.frame_id
WHERE r.line_id <> f.line_id
   OR EXISTS (SELECT 1 FROM procurement_requestline l
              WHERE l.request_id = r.id AND l.dropped_at IS NULL AND l.charged_to_id <> f.line_id)
   OR (r.state IN ('approved', 'ordered')
       AND (r.approver_id <> f.signer_id OR r.requester_id IN (f.signer_id, f.proposer_id)))
"""

# --- 3 · sums -----------------------------------------------------------------------------------------------------
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
    SELECT l.order_line_id, SUM(l.accepted - l.covered) AS quantity, SUM(l.amount) AS amount
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
LEFT JOIN (orders_deliveryline l JOIN orders_delivery d ON d.id = l.delivery_id AND d.state <> 'missed'
           AND d.remedy_id IS NULL)
       ON l.order_line_id = line.id
GROUP BY o.id, line.id HAVING line.sent_quantity <> COALESCE(SUM(l.sent), 0)
UNION ALL
SELECT 'order ' || o.number || ' date ' || day.number,
       format('sent %s, deliveries say %s', due.sent_quantity, COALESCE(SUM(l.sent), 0))
FROM orders_dueamount due
JOIN orders_dueday day ON day.id = due.day_id
JOIN orders_order o ON o.id = day.order_id
LEFT JOIN (orders_deliveryline l JOIN orders_delivery d ON d.id = l.delivery_id AND d.state <> 'missed')
       ON l.order_line_id = due.order_line_id AND d.due_day_id = day.id
GROUP BY o.number, day.number, due.id HAVING due.sent_quantity <> COALESCE(SUM(l.sent), 0)
"""

# The later line of a kind replaces the earlier one.
INVOICE_TOTAL = """
WITH goods AS (SELECT delivery_id, SUM(amount) AS goods FROM orders_deliveryline GROUP BY delivery_id),
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
WHERE b.goods_total IS DISTINCT FROM g.goods OR b.gross <> b.goods_total + b.delivery_cost - b.deduction
   OR b.withheld <> COALESCE(t.tax, 0) OR b.net <> b.gross - b.withheld
   OR d.state <> 'accepted' OR d.order_id <> b.order_id
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
           (SELECT COUNT(*) FROM orders_dueday d WHERE d.order_id = o.id) AS dates
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

# What decisions took off an invoice is what its deduction says; no more money is returned than was paid, no more goods
# are to come again than came, what came again is what its deliveries say, of which as much is on no invoice of its own
# as an earlier one bears, and a decision that gives something has its remedy.
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
    SELECT d.remedy_id, SUM(l.accepted) AS came, SUM(l.covered) AS covered
    FROM orders_delivery d JOIN orders_deliveryline l ON l.delivery_id = d.id
    WHERE d.remedy_id IS NOT NULL AND d.state = 'accepted' GROUP BY d.remedy_id
)
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
WHERE p.state = 'decided'
GROUP BY p.id HAVING COUNT(r.id) <> CASE WHEN p.outcome IN ('', 'nothing') THEN 0 ELSE 1 END
UNION ALL
SELECT 'remedy ' || r.id,
       format('is about order %s, its dispute %s, its delivery %s', r.order_id, p.order_id, d.order_id)
FROM orders_remedy r JOIN orders_dispute p ON p.id = r.dispute_id JOIN orders_delivery d ON d.id = r.delivery_id
WHERE r.order_id <> p.order_id OR r.order_id <> d.order_id
"""

# --- 4 · idempotency ----------------------------------------------------------------------------------------------
CLAIMS = """
SELECT 'claim ' || c.person || '/' || c.key, 'has no result' FROM core_claim c WHERE c.result = ''
UNION ALL
SELECT 'claim ' || c.person || '/' || c.key, format('stands %s times', COUNT(*)) FROM core_claim c
GROUP BY c.person, c.key HAVING COUNT(*) > 1
UNION ALL
SELECT 'core_claim', 'the unique index is gone'
WHERE NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'claim_once' AND contype = 'u' AND convalidated)
"""

# --- 5 · segregation ----------------------------------------------------------------------------------------------
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

# --- 6 · events ---------------------------------------------------------------------------------------------------
EVENTS = """
WITH chain AS (
    SELECT {key} AS owner, sequence, from_state, to_state,
           lag(to_state) OVER past AS before, row_number() OVER latest AS back
    FROM {events}
    WINDOW past AS (PARTITION BY {key} ORDER BY sequence), latest AS (PARTITION BY {key} ORDER BY sequence DESC)
)
SELECT '{name} ' || c.owner,
       format('event %s starts from "%s" after "%s"', c.sequence, c.from_state, COALESCE(c.before, ''))
FROM chain c WHERE c.from_state <> COALESCE(c.before, '')
UNION ALL
SELECT '{name} ' || t.id,
       CASE WHEN c.owner IS NULL THEN format('is %s without an event', t.state)
            ELSE format('is %s, last event says %s', t.state, c.to_state) END
FROM {table} t LEFT JOIN chain c ON c.owner = t.id AND c.back = 1
WHERE c.owner IS NULL OR c.to_state <> t.state
"""

# `%%s`: this one is executed with a parameter, the moves of the machine as "from|action|to".
EVENT_MOVES = """
SELECT '{name} ' || e.{key},
       format('event %%s: no move "%%s" leads from "%%s" to "%%s"', e.sequence, e.action, e.from_state, e.to_state)
FROM {events} e
WHERE e.from_state <> '' AND e.from_state <> e.to_state
  AND e.from_state || '|' || e.action || '|' || e.to_state <> ALL (%s)
"""

# One number, one event, whatever the table; and none that the sequence has not given out.
NUMBERED = "SELECT sequence FROM {events}"
EVENT_NUMBERS = """
WITH numbered AS ({numbered})
SELECT 'event ' || sequence, format('stands %s times', COUNT(*)) FROM numbered GROUP BY sequence HAVING COUNT(*) > 1
UNION ALL
SELECT 'event ' || sequence, 'has a number never given out'
FROM numbered WHERE sequence > (SELECT last_value FROM epeken_event)
"""

# A trigger's comment is the hash of the text it was made from.
TRIGGERS = """
SELECT t.name, format('has no enabled trigger %%s as the model declares it', t.trigger)
FROM unnest(%s::text[], %s::text[], %s::text[]) AS t(name, trigger, hash)
WHERE NOT EXISTS (
    SELECT 1 FROM pg_trigger g
    WHERE g.tgrelid = to_regclass(t.name) AND g.tgname = t.trigger AND g.tgenabled IN ('O', 'A')
      AND obj_description(g.oid, 'pg_trigger') = t.hash
)
"""

# --- 7 · outbox ---------------------------------------------------------------------------------------------------
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
    WHERE done_at IS NULL AND dead_at IS NULL AND name IN ('notifications.deliver', 'notifications.send_mail')
),
waiting AS (
    SELECT d.message_id, d.created_at, d.sent_at, d.dead_at, d.reason, m.name IS NOT NULL AS moves
    FROM notifications_notificationdelivery d
    LEFT JOIN moving m ON m.name = 'notifications.deliver' AND (m.arguments->>'delivery_pk')::bigint = d.id
    UNION ALL
    SELECT o.message_id, o.created_at, o.sent_at, o.dead_at, o.reason, m.name IS NOT NULL
    FROM notifications_outgoingmail o
    LEFT JOIN moving m ON m.name = 'notifications.send_mail' AND (m.arguments->>'mail_pk')::bigint = o.id
)
SELECT 'message ' || message_id,
       CASE WHEN dead_at IS NOT NULL THEN 'was given up without a reason'
            ELSE format('waits since %%s and nothing sends it', created_at) END
FROM waiting
WHERE (sent_at IS NULL AND dead_at IS NULL AND NOT moves AND created_at <= %(now)s - interval '5 minutes')
   OR (dead_at IS NOT NULL AND reason = '')
"""

# --- 8 · cap ------------------------------------------------------------------------------------------------------
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

# --- 9 · private things -------------------------------------------------------------------------------------------
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
