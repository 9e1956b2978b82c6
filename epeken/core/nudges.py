"""Tells workers that a job waits, from a thread of its own: a request never waits for the broker.

A frozen broker takes a connection and answers nothing, so each message costs its time-out; after the commit of a
checkout that was ten seconds. A nudge that is not sent is no loss: the sweep finds the job's row.
"""

import logging
import os
import queue
import threading

logger = logging.getLogger(__name__)

MOST_WAITING = 1000


class Sender:
    """One thread a process, started with the first nudge (also after a fork, which copies no threads)."""

    def __init__(self) -> None:
        self._waiting: queue.Queue[int] = queue.Queue(MOST_WAITING)
        self._lock = threading.Lock()
        self._process = 0

    def send(self, pk: int) -> None:
        """Never waits and never raises."""
        if self._process != os.getpid():
            self._start()
        try:
            self._waiting.put_nowait(pk)
        except queue.Full:
            logger.warning("Broker not reached, job %s waits for the sweep", pk)

    def _start(self) -> None:
        with self._lock:
            if self._process == os.getpid():
                return
            self._waiting = queue.Queue(MOST_WAITING)
            threading.Thread(target=self._work, args=[self._waiting], name="nudges", daemon=True).start()
            self._process = os.getpid()

    def _work(self, waiting: "queue.Queue[int]") -> None:
        from epeken.core.tasks import run_job

        while True:
            pk = waiting.get()
            try:
                run_job.apply_async(kwargs={"pk": pk}, retry=False, expires=60)
            except Exception as problem:  # any broker fault; the rows stay and are swept
                dropped = 1
                while not waiting.empty():
                    waiting.get_nowait()
                    dropped += 1
                logger.warning("Broker not reached, %s jobs wait for the sweep: %s", dropped, type(problem).__name__)


sender = Sender()
