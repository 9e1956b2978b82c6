"""What was recorded as paid becomes a row of its own. `verify` calls it written by no act until the next one of that
order states it."""

from django.db import migrations

FORWARDS = """
INSERT INTO orders_compensationpayment (
    compensation_id, amount, line_id, approver_id, method, reference, paid_on, proof, proof_type, proof_sha256,
    recorded_by_id, recorded_at
)
SELECT id, amount, line_id, charged_by_id, method, reference, paid_on, proof, proof_type, proof_sha256, paid_by_id,
       paid_at
FROM orders_compensation WHERE state = 'paid' ORDER BY id
"""
BACKWARDS = """
UPDATE orders_compensation c
SET method = p.method, reference = p.reference, paid_by_id = p.recorded_by_id, proof = p.proof,
    proof_type = p.proof_type, proof_sha256 = p.proof_sha256
FROM (
    SELECT DISTINCT ON (compensation_id) * FROM orders_compensationpayment ORDER BY compensation_id, id DESC
) p
WHERE p.compensation_id = c.id AND c.state = 'paid'
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0061_compensation_payments")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
