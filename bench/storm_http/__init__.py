"""The whole stack in use while its parts are killed and frozen: is anything lost, done twice, or wrong in the books?

python -m bench.storm_http [--checkouts 300] [--purchases 24] [--browsers 8] [--every 12] [--calm]

__main__   starts the stack on its own ports and folder (var/storm), drives it, judges, reports
city       the invented shops, offices and people
browser    somebody at a browser: fills the form a page shows; sends the same form again until it is answered
visits     what they do: checkouts of citizens, purchases of offices
faults     kills and freezes web, worker, Valkey and PostgreSQL in turn
judgement  every answer of success against the database, the books, the chains of acts (`verify`), the outbox
"""
