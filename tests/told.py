"""Texts that people are shown and that stand in tables of the program rather than in calls."""

from __future__ import annotations

from fixnews.islands import Kind

TABLES: tuple[str, ...] = (*map(str, Kind),)
