"""Exit 0 when a worker finished its canary task within half a minute: being alive is not enough, it must work."""

import sys

import psycopg2

from epeken.core.environment import url

try:
    line = psycopg2.connect(url("DATABASE_URL"), connect_timeout=3, options="-c statement_timeout=3000")
    with line, line.cursor() as cursor:
        cursor.execute("SELECT max(at) > now() - interval '30 seconds' FROM core_heartbeat WHERE name = 'worker'")
        sys.exit(0 if cursor.fetchone() == (True,) else "no task finished within half a minute")
except psycopg2.Error as problem:
    sys.exit(type(problem).__name__)
