"""Engine: many reports, in several processes, into a store and out of it."""

from recoupe.engine.collect import Collected, collect
from recoupe.engine.gather import gather
from recoupe.engine.workers import Workers

__all__ = ["Collected", "Workers", "collect", "gather"]
