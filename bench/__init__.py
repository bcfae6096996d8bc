"""Figures: predictions, scores against gold, floors and timing."""
