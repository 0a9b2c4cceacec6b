"""Makes pywebview's Qt view a place for a host's pages alone, as gtk.py does with GTK's."""

# PySide6 is an extra that developers need not have; and pywebview's Qt view says nothing of its types.
# pyright: reportMissingImports=false, reportIncompatibleMethodOverride=false, reportUntypedBaseClass=false
# pyright: reportPrivateUsage=false, reportUnknownParameterType=false, reportMissingParameterType=false
# pyright: reportUntypedFunctionDecorator=false, reportUnknownLambdaType=false
# ruff: noqa: N802, SLF001

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import webview
from qtpy import QtCore
from qtpy.QtWebEngineCore import QWebEngineLoadingInfo, QWebEnginePage, QWebEngineSettings
from qtpy.QtWidgets import QFileDialog, QInputDialog
from webview.platforms import qt

from lanchat.core.base.i18n import translate
from lanchat.desktop.window.bridge import Bridge
from lanchat.desktop.window.menu import next_zoom
from lanchat.desktop.window.navigation_guard import FILES, Guard, open_outside

log = logging.getLogger(__name__)


class View(qt.BrowserView):
    """pywebview has no hooks for these, so its view is extended; `install` puts it in place."""

    guard: Guard
    bridge: Bridge
    language: str
    on_unreachable: Callable[[str], None]
    asked = QtCore.Signal(object)  # work for the thread that draws

    def __init__(self, window: webview.Window) -> None:
        state: Any = webview._state
        qt._profile_storage_path = state["storage_path"]  # it was read when the module was loaded, which is too early
        super().__init__(window)
        self.asked.connect(lambda work: work())
        settings = self.profile.settings()
        settings.setAttribute(QWebEngineSettings.WebAttribute.JavascriptCanOpenWindows, False)  # but by a click
        self.profile.setHttpAcceptLanguage(self.language)
        page = self.webview.page()
        page.titleChanged.connect(lambda title: self.setWindowTitle(title or "LanChat"))
        page.loadingChanged.connect(self.on_loading_changed)

    def on_loading_changed(self, info: Any) -> None:
        """Not for what was stopped on purpose: a link that went outside, a download, a newer address."""
        status, domain = QWebEngineLoadingInfo.LoadStatus, QWebEngineLoadingInfo.ErrorDomain
        is_failed = info.status() == status.LoadFailedStatus and info.errorDomain() != domain.InternalErrorDomain
        if is_failed and self.guard.is_chosen(info.url().toString()):
            log.warning("the page could not be loaded: %s", info.errorString())
            self.on_unreachable(info.url().toString())

    def on_download_requested(self, download: Any) -> None:
        """Ask where to. pywebview's own way calls what Qt 6 has no more."""
        places = QtCore.QStandardPaths.standardLocations(QtCore.QStandardPaths.StandardLocation.DownloadLocation)
        folder = next((place for place in places if Path(place).is_dir()), Path.home())
        name = Path(download.downloadFileName()).name or "download"
        chosen, _ = QFileDialog.getSaveFileName(self, "", str(Path(folder) / name))
        if chosen:
            download.setDownloadDirectory(str(Path(chosen).parent))
            download.setDownloadFileName(Path(chosen).name)
            download.accept()
        else:
            download.cancel()

    def prepare(self, _: object, zoom: float) -> None:
        self.webview.setZoomFactor(zoom)

    def zoom(self, steps: int, note: Callable[[float], None]) -> None:
        level = next_zoom(self.webview.zoomFactor(), steps)
        self.webview.setZoomFactor(level)
        note(level)

    def find(self) -> None:
        text, is_wanted = QInputDialog.getText(self, "LanChat", translate("menu.find", self.language))
        self.webview.page().findText(text if is_wanted else "")

    def come_forward(self) -> None:
        self.showNormal() if self.isMinimized() else self.show()
        self.raise_()
        self.activateWindow()

    class JSBridge(QtCore.QObject):
        """What QWebChannel shows to pages in place of pywebview's, which would call what they name."""

        def __init__(self, parent: "View") -> None:
            super().__init__()
            self._parent = parent
            self.window = parent.pywebview_window

        @QtCore.Slot(str, str)
        def call(self, name: str, text: str) -> None:
            view = self._parent
            view.bridge.take(view.webview.url().toString(), name, text)

    class WebPage(QWebEnginePage):
        """In place of pywebview's, which opens whatever a page asks for."""

        def __init__(self, parent: "View", profile: Any) -> None:
            super().__init__(profile, parent.webview)
            self.view = parent
            self._outside = Outside(self)
            self.featurePermissionRequested.connect(self.on_feature_permission_requested)

        def acceptNavigationRequest(self, url: Any, _kind: Any, _is_main_frame: bool) -> bool:
            """Only the chosen host's pages open here. Qt doesn't say whether a click leads elsewhere, or the page
            by itself: in this window nothing does, and a new one takes a click.
            """
            return self.view.guard.allows(url.toString())

        def on_feature_permission_requested(self, url: Any, feature: Any) -> None:
            """None is needed. pywebview answers with a number in place of a policy, which can end the process."""
            self.setFeaturePermission(url, feature, QWebEnginePage.PermissionPolicy.PermissionDeniedByUser)

        def createWindow(self, _: Any) -> Any:
            return self._outside


class Outside(QWebEnginePage):
    """The page that a link to a new window gets; it never shows."""

    def __init__(self, page: View.WebPage) -> None:
        super().__init__(page.profile(), page)
        self._view: View = page.view

    def acceptNavigationRequest(self, url: Any, _kind: Any, _is_main_frame: bool) -> bool:
        address = url.toString()
        if self._view.guard.is_chosen(address) and urlsplit(address).path.startswith(FILES):
            self._view.webview.page().download(url)  # the system's browser would lack the cookie that files need
        else:
            open_outside(address)
        return False


def install(guard: Guard, bridge: Bridge, language: str, on_unreachable: Callable[[str], None]) -> None:
    View.guard, View.bridge, View.language = guard, bridge, language
    View.on_unreachable = staticmethod(on_unreachable)
    qt.BrowserView = View


def call(window: webview.Window, method: str, *arguments: object) -> None:
    """From any thread."""
    view = qt.BrowserView.instances.get(window.uid)
    if view is not None:
        view.asked.emit(lambda: getattr(view, method)(*arguments))
