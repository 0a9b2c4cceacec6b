"""Owns the one window: what it shows, where it stands, and its end."""

import importlib
import json
import logging
import threading
from collections.abc import Callable
from typing import Any

import webview
from pydantic import ValidationError
from webview.errors import WebViewException

from lanchat.core.base.build import ICON, licences, this_build
from lanchat.core.base.i18n import translate
from lanchat.desktop.saved_state import Memory, WindowState
from lanchat.desktop.window.bridge import Bridge
from lanchat.desktop.window.menu import Entry, make_menu, shortcuts
from lanchat.desktop.window.navigation_guard import Guard
from lanchat.desktop.window.toolkit import Toolkit
from lanchat.system.signals import closed_by_signals

TITLE = "LanChat"
PAPER = "#F6F1E7"  # what the first screen is painted on, so that nothing flashes
SMALLEST = (360, 480)
SHOW_TIME = 20.0  # s for the system to show a window

log = logging.getLogger(__name__)


class Window:
    """`run` on the main thread; everything else from any thread but that of the web view."""

    def __init__(self, toolkit: Toolkit, memory: Memory, language: str, bridge: Bridge, guard: Guard) -> None:
        self.on_choose: Callable[[], None] = lambda: None
        self.on_unreachable: Callable[[str], None] = lambda _: None
        self._toolkit: Toolkit = toolkit
        self._memory = memory
        self._language = language
        self._bridge = bridge
        self._guard = guard
        self._state = memory.now.window
        self._wanted: str | None = None
        self._showing = threading.Lock()
        self._window = self._create()

    def run(self, storage: str) -> None:
        """Until the window is closed. `storage` keeps what pages remember, such as who is logged in.

        Raises WebViewException where none can be shown.
        """
        settings: Any = webview.settings
        settings["ALLOW_DOWNLOADS"] = True
        settings["ALLOW_FILE_URLS"] = False
        settings["OPEN_DEVTOOLS_IN_DEBUG"] = False
        groups = self._menu()
        if (view := _view_of(self._toolkit)) is not None:
            view.install(self._guard, self._bridge, self._language, self._lose)
        with closed_by_signals(self.close):
            webview.start(
                self._when_running,
                (shortcuts(groups, self._language),),
                gui=self._toolkit,
                private_mode=False,
                storage_path=storage,
                menu=make_menu(groups, self._language),
                icon=str(ICON) if ICON.exists() else None,
            )
        if not self._window.events.shown.is_set():
            raise WebViewException("no window appeared")
        self._memory.keep(window=self._state)

    def show(self, address: str, moved_from: int | None = None) -> None:
        """Turn to a page, which its origin's further pages may follow and no other's."""
        with self._showing:
            self._guard.admit(address)
            self._bridge.moved_from = moved_from
            self._wanted = address
            if self._window.events.shown.is_set():
                self._window.load_url(address)

    def come_forward(self) -> None:
        if not self._window.events.shown.is_set():
            return
        if _view_of(self._toolkit) is not None:
            self._on_view("come_forward")
        else:
            self._window.restore()
            self._window.show()

    def close(self) -> None:
        if self._window.events.shown.wait(SHOW_TIME):
            self._window.destroy()

    def set_title(self, title: str) -> None:
        self._window.set_title(title)

    def open_path(self, path: str) -> None:
        """Tell the page where a click on a notification leads. It was the page that named the path."""
        self._window.run_js(f"dispatchEvent(new CustomEvent('lanchat:open', {{ detail: {json.dumps(path)} }}))")
        self.come_forward()

    def _create(self) -> webview.Window:
        state = self._state
        window = webview.create_window(
            TITLE,
            html=f"<body style='background:{PAPER}'>",
            width=state.width,
            height=state.height,
            x=state.x,
            y=state.y,
            maximized=state.is_maximized,
            min_size=SMALLEST,
            background_color=PAPER,
            text_select=True,
            zoomable=True,
        )
        assert window is not None
        window.events.resized += self._on_resized
        window.events.moved += self._on_moved
        window.events.maximized += lambda: self._note(is_maximized=True)
        window.events.restored += lambda: self._note(is_maximized=False)
        window.events.shown += self._on_shown
        return window

    def _menu(self) -> dict[str, list[Entry | None]]:
        zoom = [
            Entry("zoom_in", lambda: self._zoom(1), ("<Primary>plus", "<Primary>equal", "<Primary>KP_Add")),
            Entry("zoom_out", lambda: self._zoom(-1), ("<Primary>minus", "<Primary>KP_Subtract")),
            Entry("actual_size", lambda: self._zoom(0), ("<Primary>0",)),
            None,
        ]
        is_ours = _view_of(self._toolkit) is not None
        return {
            "lanchat": [
                Entry("choose", self._choose),
                Entry("about", self._about),
                None,
                Entry("quit", self.close, ("<Primary>q",)),
            ],
            **({"edit": [Entry("find", lambda: self._on_view("find"), ("<Primary>f",))]} if is_ours else {}),
            "view": [
                *(zoom if is_ours else []),
                Entry("full_screen", self._window.toggle_fullscreen, ("F11",)),
            ],
        }

    def _when_running(self, keys: dict[str, tuple[str, ...]]) -> None:
        """On a thread of its own, once the web view's module is loaded."""
        self._bridge.install(self._toolkit)
        if self._window.events.shown.wait(SHOW_TIME):
            self._on_view("prepare", keys, self._state.zoom)

    def _on_shown(self) -> None:
        with self._showing:
            if self._wanted is not None:
                self._window.load_url(self._wanted)

    def _on_resized(self, width: float, height: float) -> None:
        if not self._state.is_maximized:
            self._note(width=int(width), height=int(height))

    def _on_moved(self, x: float, y: float) -> None:
        # Wayland tells no position; all it says is zero.
        if not self._state.is_maximized and (x or y):
            self._note(x=int(x), y=int(y))

    def _note(self, **changes: object) -> None:
        try:
            self._state = WindowState.model_validate(self._state.model_dump() | changes)
        except ValidationError:
            log.debug("a window of this size or at this point isn't remembered: %s", changes)

    def _zoom(self, steps: int) -> None:
        self._on_view("zoom", steps, self._note_zoom)

    def _lose(self, address: str) -> None:
        self.on_unreachable(address)

    def _note_zoom(self, level: float) -> None:
        self._note(zoom=level)

    def _choose(self) -> None:
        if self._window.create_confirmation_dialog(TITLE, translate("menu.choose_question", self._language)):
            self.on_choose()

    def _about(self) -> None:
        if self._toolkit == "gtk":
            self._on_view("show_about", str(this_build()), licences())
        else:
            self._window.create_confirmation_dialog(TITLE, f"LanChat {this_build()}")

    def _on_view(self, method: str, *arguments: object) -> None:
        """Call a method of our own view, on the thread that it belongs to. The other systems have none."""
        if (view := _view_of(self._toolkit)) is not None:
            view.call(self._window, method, *arguments)


def _view_of(toolkit: Toolkit) -> Any:
    """The module that extends pywebview's view; None where that is left as it is."""
    if toolkit not in {"gtk", "qt"}:
        return None
    return importlib.import_module(f"lanchat.desktop.window.{toolkit}")
