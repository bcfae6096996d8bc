"""The nouns: frozen records without behaviour beyond their own arithmetic."""

from recoupe.records.article import Article
from recoupe.records.comparison import Answer, Comparison, Estimate, Link, Pair, Person, Point, Question, Saying
from recoupe.records.dossier import Dossier
from recoupe.records.problem import Problem
from recoupe.records.reading import Claim, Figure, Name, Origin, Reading, Statement, Time
from recoupe.records.report import Report
from recoupe.records.spans import Span
from recoupe.records.story import Story
from recoupe.records.values import Amount, Kind, Named, Period, Relation, Stance, Value

__all__ = [
    "Amount", "Answer", "Article", "Claim", "Comparison", "Dossier", "Estimate", "Figure", "Kind", "Link", "Name",
    "Named", "Origin", "Pair", "Period", "Person", "Point", "Problem", "Question", "Reading", "Relation", "Report",
    "Saying", "Span", "Stance", "Statement", "Story", "Time", "Value",
]  # fmt: skip
