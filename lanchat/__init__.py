"""LanChat: everyone in the building can chat."""

__version__ = "0.1.0"
