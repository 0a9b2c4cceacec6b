"""A message box of GTK's, for when there is no window yet."""

# GObject's types are made at run time.
# pyright: reportMissingImports=false

from gi.repository import Gtk


def show_error(title: str, text: str) -> None:
    """Stay until it is closed."""
    box = Gtk.MessageDialog(
        title=title,
        text=title,
        secondary_text=text,
        message_type=Gtk.MessageType.ERROR,
        buttons=Gtk.ButtonsType.CLOSE,
    )
    box.set_keep_above(True)
    box.run()
    box.destroy()
    while Gtk.events_pending():
        Gtk.main_iteration()
