"""Owns the few things that the page in the window may ask of the desktop: a notification, and a badge.

pywebview's own bridge calls whatever attribute a page names, and answers failures with our stack. It is put
out of action: a page of the chosen host gets the two calls below, checked, and any other page gets nothing.
"""

import json
import logging
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from lanchat.core.base.schemas import Input
from lanchat.desktop.window.navigation_guard import Guard

MAX_CALLS = 30  # in CALL_TIME; a page that asks for more is not heard
CALL_TIME = 10.0  # s

SCRIPT = """
((news) => {
  if (globalThis.lanchatDesktop !== undefined) return
  // Qt's way is called by an object that comes a moment later.
  const transport = globalThis.qt?.webChannelTransport
  const ours = transport && new Promise((found) => new QWebChannel(transport, ({ objects }) => found(objects.external)))
  const post = (name, value) => {
    const text = JSON.stringify(value)
    if (ours) ours.then((bridge) => bridge.call(name, text))
    else if (globalThis.chrome?.webview) chrome.webview.postMessage([name, text, ''])
    else webkit.messageHandlers.jsBridge.postMessage(JSON.stringify({ funcName: name, params: text, id: '' }))
  }
  const desktop = {
    notify: (title, body, path) => post('notify', { title, body, path }),
    badge: (count) => post('badge', { count }),
    ...news,
  }
  Object.defineProperty(globalThis, 'lanchatDesktop', { value: Object.freeze(desktop) })
  dispatchEvent(new Event('lanchat:desktop'))
})"""

log = logging.getLogger(__name__)


class Notify(Input):
    title: str = Field(max_length=200)
    body: str = Field(max_length=400)
    path: str = Field(max_length=200, pattern=r"^/([^/\\][^\\]*)?$")


class Badge(Input):
    count: int = Field(ge=0, le=99999)


class Message(Input):
    funcName: str  # noqa: N815, pywebview's name for it
    params: str


Request = Notify | Badge
KINDS: dict[str, TypeAdapter[Any]] = {"notify": TypeAdapter(Notify), "badge": TypeAdapter(Badge)}


class Bridge:
    def __init__(self, guard: Guard, on_request: Callable[[Request], None]) -> None:
        """`on_request` is called on whatever thread the web view uses."""
        self.moved_from: int | None = None  # told to the next page: the port where guests may still look
        self._guard = guard
        self._on_request = on_request
        self._calls: deque[float] = deque(maxlen=MAX_CALLS)

    def install(self, toolkit: Literal["gtk", "qt", "edgechromium", "cocoa"]) -> None:
        """Take the place of pywebview's bridge. Call it once its module for this toolkit is loaded."""
        module = sys.modules[f"webview.platforms.{toolkit}"]
        for name in ("js_bridge_call", "inject_pywebview"):
            if not hasattr(module, name):
                raise RuntimeError(f"pywebview has no {name} any more")
        module.js_bridge_call = self._on_call  # pyright: ignore[reportAttributeAccessIssue]
        module.inject_pywebview = self._on_load  # pyright: ignore[reportAttributeAccessIssue]

    def take_message(self, page: str | None, message: str) -> None:
        """A call as WebKit delivers it. A page may send anything here."""
        try:
            call = Message.model_validate_json(message)
        except ValidationError:
            return
        self.take(page, call.funcName, call.params)

    def take(self, page: str | None, name: str, text: object) -> None:
        """A call of the page with this address. What isn't exactly one of ours is dropped."""
        kind = KINDS.get(name)
        if kind is None or not isinstance(text, str) or not self._guard.is_chosen(page):
            return
        now = time.monotonic()
        if len(self._calls) == MAX_CALLS and now - self._calls[0] < CALL_TIME:
            return
        self._calls.append(now)
        try:
            request = kind.validate_json(text)
        except ValidationError:
            log.debug("the page's call was malformed: %s", name)
            return
        self._on_request(request)

    def _on_call(self, window: Any, name: str, text: object, _: str) -> None:
        # Asking the window for its address from the thread that draws it would wait for itself.
        threading.Thread(target=lambda: self.take(window.get_current_url(), name, text), daemon=True).start()

    def _on_load(self, _: str, window: Any) -> None:
        """What pywebview signals when a page has loaded, without what it would put into the page."""
        window.events.before_load.set()
        window.events.loaded.set()
        threading.Thread(target=self._offer, args=(window,), daemon=True).start()

    def _offer(self, window: Any) -> None:
        if self._guard.is_chosen(window.get_current_url()):
            moved_from, self.moved_from = self.moved_from, None
            news = {} if moved_from is None else {"movedFrom": moved_from}
            window.run_js(f"{SCRIPT}({json.dumps(news)})")
