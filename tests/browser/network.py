"""A line between a phone and the product that can be cut."""

import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit


class Network:
    """Between phone and product: `up`, `down`, or `deaf`, when what is sent arrives and no answer comes back.

    `cut_at`: the next POST longer than so many bytes loses its line there, and the network is down."""

    def __init__(self, product: str) -> None:
        self.there = (urlsplit(product).hostname, urlsplit(product).port)
        self.state = "up"
        self.cut_at = 0
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.base = f"http://localhost:{self.listening.getsockname()[1]}"
        self.open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def become(self, state: str) -> None:
        """Lines that are open break."""
        self.state = state
        lines, self.open = self.open, []
        for line in lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while True:
            try:
                phone, _address = self.listening.accept()
            except OSError:
                return
            if self.state == "down":
                phone.close()
                continue
            threading.Thread(target=self._carry, args=(phone,), daemon=True).start()

    def _carry(self, phone: socket.socket) -> None:
        product = socket.create_connection(self.there)  # type: ignore[arg-type]
        self.open += [phone, product]
        posts = threading.Event()

        def back() -> None:
            with suppress(OSError):
                while data := product.recv(65536):
                    if self.state == "deaf" and posts.is_set():
                        break
                    phone.sendall(data)
            for line in (phone, product):
                with suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)

        threading.Thread(target=back, daemon=True).start()
        sent = 0
        with suppress(OSError):
            while data := phone.recv(65536):
                if data.startswith(b"POST "):
                    posts.set()
                    sent = 0
                sent += len(data)
                if posts.is_set() and 0 < self.cut_at < sent:
                    product.sendall(data[: self.cut_at - sent])
                    self.cut_at = 0
                    self.become("down")
                    return
                product.sendall(data)
