"""The version, in a file that imports nothing, so that ``fixnews --version`` is instant."""

__version__ = "0.1.0"
