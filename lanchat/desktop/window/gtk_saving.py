"""Shows below GTK's web view what is being saved: how far it has come, and a way to stop it."""

# GObject's types are made at run time.
# pyright: reportMissingImports=false, reportUnknownLambdaType=false

from typing import Any

from gi.repository import GLib, Gtk

from lanchat.core.base.i18n import translate

SHOWN = 6  # s after all is saved


class SavingRows:
    """In `box`, one for each download; that of one which failed stays until it is put away."""

    def __init__(self, box: Any, language: str) -> None:
        self._box, self._language = box, language

    def add(self, download: Any, name: str) -> None:
        _Row(self._box, self._language, download, name)


class _Row:
    def __init__(self, box: Any, language: str, download: Any, name: str) -> None:
        self._language, self._download, self._name = language, download, name
        self._has_failed = False
        self._row = Gtk.Box(spacing=12, border_width=8)
        self._label = Gtk.Label(label=name, xalign=0, hexpand=True, selectable=False)
        self._label.set_ellipsize(2)  # in the middle
        self._progress = Gtk.ProgressBar(valign=Gtk.Align.CENTER, show_text=True)
        self._stop = Gtk.Button(label=self._say("stop"))
        for part in (self._label, self._progress, self._stop):
            self._row.add(part)
        self._stop.connect("clicked", lambda _: self._download.cancel())
        download.connect("received-data", lambda *_: self._go_on())
        download.connect("failed", lambda *_: self._fail())
        download.connect("finished", lambda _: self._end())
        box.pack_end(self._row, False, False, 0)
        self._row.show_all()

    def _go_on(self) -> None:
        """What is made while it is fetched has no length before."""
        response = self._download.get_response()
        if response is not None and response.get_content_length() > 0:
            self._progress.set_fraction(self._download.get_estimated_progress())
        else:
            self._progress.pulse()
        self._progress.set_text(GLib.format_size(self._download.get_received_data_length()))

    def _fail(self) -> None:
        """Stopped on purpose as well; what has come of it is put away by WebKit."""
        self._has_failed = True

    def _end(self) -> None:
        self._progress.hide()
        self._label.set_text(self._say("failed" if self._has_failed else "done"))
        self._stop.set_label(self._say("close"))
        self._stop.connect("clicked", lambda _: self._row.destroy())
        if not self._has_failed:
            GLib.timeout_add_seconds(SHOWN, lambda: self._row.destroy() and False)

    def _say(self, key: str) -> str:
        return translate(f"saving.{key}", self._language, {"name": self._name})
