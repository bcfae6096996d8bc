"""Readings -> Stories, across languages."""

from recoupe.grouping.events import group

__all__ = ["group"]
