"""Makes pywebview's GTK view a place for a host's pages alone: links, downloads, context menu, zoom and find."""

# GObject's types are made at run time, and pywebview's own say less than its signals do.
# pyright: reportMissingImports=false, reportIncompatibleMethodOverride=false, reportUnknownLambdaType=false
# pyright: reportPrivateUsage=false
# ruff: noqa: SLF001

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import webview
from gi.repository import Gdk, Gio, GLib, Gtk, WebKit2
from webview.platforms import gtk

from lanchat.desktop.window.bridge import Bridge
from lanchat.desktop.window.gtk_saving import SavingRows
from lanchat.desktop.window.menu import next_zoom
from lanchat.desktop.window.navigation_guard import FILES, Guard, open_outside

MENU = WebKit2.ContextMenuAction
KEPT_IN_MENU = {
    MENU.COPY, MENU.CUT, MENU.PASTE, MENU.PASTE_AS_PLAIN_TEXT, MENU.SELECT_ALL, MENU.DELETE, MENU.INPUT_METHODS,
    MENU.COPY_LINK_TO_CLIPBOARD, MENU.COPY_IMAGE_TO_CLIPBOARD, MENU.DOWNLOAD_IMAGE_TO_DISK, MENU.INSERT_EMOJI,
    MENU.SPELLING_GUESS, MENU.NO_GUESSES_FOUND, MENU.IGNORE_SPELLING, MENU.LEARN_SPELLING, MENU.UNICODE,
}  # fmt: skip

log = logging.getLogger(__name__)


class View(gtk.BrowserView):
    """pywebview has no hooks for these, so its view is extended; `install` puts it in place."""

    guard: Guard
    bridge: Bridge
    language: str
    on_unreachable: Callable[[str], None]

    def __init__(self, window: webview.Window) -> None:
        state: Any = webview._state
        # Else pywebview takes the context menu away, and with it copy and paste: an option is asked for in
        # https://github.com/r0x0r/pywebview/issues/1772
        state["debug"] = True
        super().__init__(window)
        state["debug"] = False
        self.webview.get_settings().set_enable_developer_extras(False)
        self.webview.get_context().set_preferred_languages([self.language])  # pages speak as the menu does
        self.webview.connect("context-menu", self.on_context_menu)
        self.webview.connect("notify::title", self.on_title)
        self.webview.connect("load-failed", self.on_load_failed)
        self.webview.connect("web-process-terminated", lambda *_: self.webview.reload())
        self._search = _SearchBar(self.window, self.webview)
        self._saving = SavingRows(self.window.get_child(), self.language)

    def on_navigation(self, view: Any, decision: Any, kind: Any) -> bool:
        """Only the chosen host's pages open here; a click on any other link opens the system's browser."""
        if kind == WebKit2.PolicyDecisionType.RESPONSE:
            _decide_response(decision)
            return True
        action = decision.get_navigation_action()
        address = action.get_request().get_uri()
        if kind == WebKit2.PolicyDecisionType.NAVIGATION_ACTION and self.guard.allows(address):
            decision.use()
            return True
        decision.ignore()
        if self.guard.is_chosen(address) and urlsplit(address).path.startswith(FILES):
            view.download_uri(address)  # the system's browser would lack the cookie that files need
        elif action.is_user_gesture():
            open_outside(address)
        return True

    def on_download_decide_destination(self, download: Any, suggested_filename: str) -> bool:
        """Ask where to. pywebview's own way fails where the person has no folder for downloads."""
        dialog = Gtk.FileChooserNative.new(None, self.window, Gtk.FileChooserAction.SAVE, None, None)
        dialog.set_do_overwrite_confirmation(True)
        dialog.set_current_folder(GLib.get_user_special_dir(GLib.UserDirectory.DIRECTORY_DOWNLOAD) or str(Path.home()))
        dialog.set_current_name(Path(suggested_filename).name or "download")
        if dialog.run() == Gtk.ResponseType.ACCEPT:
            download.set_allow_overwrite(True)
            download.set_destination(dialog.get_uri())
            self._saving.add(download, Path(dialog.get_filename()).name)
        else:
            download.cancel()
        dialog.destroy()
        return True

    def on_js_bridge_call(self, _: Any, message: Any) -> None:
        self.bridge.take_message(self.webview.get_uri(), message.get_js_value().to_string())

    def on_load_failed(self, _: Any, __: Any, address: str, error: Any) -> bool:
        """Not for what was stopped on purpose: a link that went outside, a download, a newer address."""
        if error.domain == "WebKitPolicyError" or error.code == WebKit2.NetworkError.CANCELLED:
            return False
        log.warning("the page could not be loaded: %s", error.message)
        self.on_unreachable(address)
        return True

    def on_context_menu(self, _: Any, menu: Any, *__: Any) -> bool:
        """Without what belongs to a browser: reload, back, open in a new window."""
        for item in menu.get_items():
            if not item.is_separator() and item.get_stock_action() not in KEPT_IN_MENU:
                menu.remove(item)
        return menu.get_n_items() == 0

    def on_title(self, view: Any, _: Any) -> None:
        self.window.set_title(view.get_title() or "LanChat")

    def come_forward(self) -> None:
        self.window.deiconify()
        self.window.present_with_time(Gdk.CURRENT_TIME)

    def prepare(self, keys: dict[str, tuple[str, ...]], zoom: float) -> None:
        self.webview.set_zoom_level(zoom)
        application = Gio.Application.get_default()
        for name in gtk._app_actions:
            for title, accelerators in keys.items():
                if application is not None and name.endswith("_" + title.replace(" ", "_")):
                    application.set_accels_for_action(f"app.{name}", list(accelerators))

    def zoom(self, steps: int, note: Callable[[float], None]) -> None:
        level = next_zoom(self.webview.get_zoom_level(), steps)
        self.webview.set_zoom_level(level)
        note(level)

    def find(self) -> None:
        self._search.open()

    def show_about(self, version: str, licence: str) -> None:
        dialog = Gtk.AboutDialog(transient_for=self.window, modal=True, program_name="LanChat", version=version)
        dialog.set_logo_icon_name("lanchat")
        if licence:
            dialog.set_license(licence)
        dialog.run()
        dialog.destroy()


class _SearchBar:
    """Finds text in the page, as browsers do."""

    def __init__(self, window: Any, view: Any) -> None:
        self._finder = view.get_find_controller()
        self._entry = Gtk.SearchEntry(width_chars=32)
        self._bar = Gtk.SearchBar(show_close_button=True)
        self._bar.add(self._entry)
        self._bar.connect_entry(self._entry)
        scroller = window.get_child()
        window.remove(scroller)
        box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL)
        box.pack_start(self._bar, False, False, 0)
        box.pack_start(scroller, True, True, 0)
        window.add(box)
        self._entry.connect("search-changed", self._search)
        self._entry.connect("activate", lambda _: self._finder.search_next())
        self._entry.connect("next-match", lambda _: self._finder.search_next())
        self._entry.connect("previous-match", lambda _: self._finder.search_previous())
        self._bar.connect("notify::search-mode-enabled", self._on_mode)

    def open(self) -> None:
        self._bar.set_search_mode(True)
        self._entry.grab_focus()

    def _search(self, entry: Any) -> None:
        options = WebKit2.FindOptions.CASE_INSENSITIVE | WebKit2.FindOptions.WRAP_AROUND
        self._finder.search(entry.get_text(), options, 1000)

    def _on_mode(self, bar: Any, _: Any) -> None:
        if not bar.get_search_mode():
            self._finder.search_finish()


def install(guard: Guard, bridge: Bridge, language: str, on_unreachable: Callable[[str], None]) -> None:
    View.guard, View.bridge, View.language = guard, bridge, language
    View.on_unreachable = staticmethod(on_unreachable)
    gtk.BrowserView = View


def call(window: webview.Window, method: str, *arguments: object) -> None:
    """From any thread."""
    view = gtk.BrowserView.instances.get(window.uid)
    if view is not None:
        GLib.idle_add(lambda: getattr(view, method)(*arguments) and False)


def _decide_response(decision: Any) -> None:
    """What the server calls an attachment is saved, and so is what can't be shown."""
    headers = decision.get_response().get_http_headers()
    disposition = (headers.get_one("Content-Disposition") or "") if headers is not None else ""
    if disposition.lower().startswith("attachment") or not decision.is_mime_type_supported():
        decision.download()
    else:
        decision.use()
