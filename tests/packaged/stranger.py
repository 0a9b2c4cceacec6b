"""A host that somebody joined and nobody should trust: it serves a test's page, and hears what the page tells."""

import json
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.packaged.program import PATIENCE

TELL = "const tell = (what) => fetch('/told?' + encodeURIComponent(JSON.stringify(what)));"


class Stranger:
    """`script` runs on the page; what it gives to `tell` arrives at `told`. `paths` are all that was asked for."""

    def __init__(self, script: str = "", body: str = "") -> None:
        self.paths: list[str] = []
        self.told: queue.Queue[Any] = queue.Queue()
        self._answers = {
            "/api/info": ("application/json", json.dumps({"installation_id": "x", "name": "Stranger", "version": "1"})),
            "/": ("text/html", f"<!doctype html><title>Stranger</title><body>{body}<script src=/script.js></script>"),
            "/script.js": ("text/javascript; charset=utf-8", f"{TELL}\n{script}"),
            "/told": ("application/json", "{}"),
            "/files/notes.txt": ("text/plain", "what was said"),
        }
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.port = self.server.server_address[1]
        self.address = f"http://127.0.0.1:{self.port}"

    def hears(self) -> Any:
        return self.told.get(timeout=PATIENCE)

    def has_heard(self, what: object) -> bool:
        """Whether that was told in the last moments."""
        try:
            return self.told.get(timeout=0.5) == what
        except queue.Empty:
            return False

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        stranger = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                stranger.paths.append(parts.path)
                if parts.path == "/told":
                    stranger.told.put(json.loads(unquote(parts.query)))
                kind, content = stranger._answers.get(parts.path, ("text/plain", ""))
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(content.encode())))
                if parts.path.startswith("/files/"):
                    self.send_header("Content-Disposition", "attachment; filename=notes.txt")
                self.end_headers()
                self.wfile.write(content.encode())

            def log_message(self, *_: object) -> None:
                pass

        return Handler


@contextmanager
def strangers(*all_of_them: Stranger) -> Iterator[None]:
    threads = [threading.Thread(target=one.server.serve_forever, args=(0.05,)) for one in all_of_them]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for one, thread in zip(all_of_them, threads, strict=True):
            one.server.shutdown()
            thread.join(PATIENCE)
            one.server.server_close()
