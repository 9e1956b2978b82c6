"""Budget lines against what requests, frames, orders and compensations put on them."""

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
           SUM(d.amount + d.added_amount)::bigint AS amount
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

# What a frame counts is what its requests hold and its orders bind or have paid; what was given up is the frame's
# again.
FRAME_DRAWN = """
WITH bound AS (
    SELECT o.request_id, SUM(CASE WHEN o.state = 'closed' THEN 0 ELSE c.amount END) AS amount
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
