"""Repair the text of Chinese newspapers after OCR or extraction has damaged it."""

from fixnews.version import __version__

__all__ = ["__version__"]
