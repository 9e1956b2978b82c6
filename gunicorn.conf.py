"""gunicorn, for the demo and for production. It never faces the street: nginx stands in front (deploy/nginx.conf)."""

import gc
import os
from typing import Any

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
preload_app = True  # read once, shared by the workers
# A worker that answers nothing for this long is replaced; the database gives up sooner (STATEMENT_TIMEOUT_MS).
timeout = 40
graceful_timeout = int(os.environ.get("WEB_GRACE", "5"))
keepalive = 5
backlog = 512
max_requests = 5000
max_requests_jitter = 500
# The workers' sign of life must not wait for a disk.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
# Nobody steers it while it runs: signals do.
control_socket_disable = True
# Only the proxy may say how a visitor reached us.
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
# Addresses of visitors stay out of our logs; the proxy keeps the access log, by its own retention rule.
accesslog = None
errorlog = "-"


def when_ready(_server: Any) -> None:
    """Before the workers are forked. What was read so far stays as long as they do: a full collection would go through
    it again each time (0.16 s of a visitor's wait), and copy the memory the workers share."""
    gc.collect()
    gc.freeze()


if os.environ.get("LOG_FORMAT") == "json":
    logconfig_dict = {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "epeken.core.logs.JsonFormatter"}},
        "handlers": {"error": {"class": "logging.StreamHandler", "formatter": "json"}},
        "loggers": {"gunicorn.error": {"handlers": ["error"], "level": "INFO", "propagate": False}},
    }
