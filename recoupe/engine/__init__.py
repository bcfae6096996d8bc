"""Engine: many reports, in several processes, into a store and out of it."""

from recoupe.engine.collect import Collected, collect
from recoupe.engine.correcting import correct, take_in, undo
from recoupe.engine.gather import gather
from recoupe.engine.reread import reread, stale
from recoupe.engine.workers import Workers

__all__ = ["Collected", "Workers", "collect", "correct", "gather", "reread", "stale", "take_in", "undo"]
