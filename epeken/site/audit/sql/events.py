"""States against their events, and the triggers that guard them."""

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
