"""One line says what the story is."""

from dataclasses import replace

from harbour_story import comparison

from recoupe.records import Article, Comparison, Reading, Story
from recoupe.writing.about import about, report_days
from recoupe.writing.wording import wording


def test_it_names_what_most_reports_share_and_their_days():
    line = about(comparison(), wording("fr"))
    assert line == "Explosion · Port-Mérel, Ilse Van Doren, Granor — articles\N{NO-BREAK SPACE}: 12–14 mars 2025"


def test_kinds_of_event_are_called_in_the_interface_language():
    story = comparison()
    readings = tuple(
        replace(r, claims=tuple(replace(c, event="explosion") for c in r.claims)) for r in story.story.readings
    )
    line = about(replace(story, story=Story(readings)), wording("en"))
    assert line.lower().startswith("explosion")


def test_a_story_that_shares_nothing_is_called_by_its_first_title():
    readings = tuple(Reading(Article(i, i, t, "en", t)) for i, t in (("a", "One thing"), ("b", "Another")))
    assert about(Comparison(Story(readings)), wording("en")) == "One thing"


def test_days_run_from_the_first_report_to_the_last():
    articles = [r.article for r in comparison().story.readings]
    assert report_days(articles) == ("2025-03-12", "2025-03-14")
    assert report_days([Article("a", "a", "t", "en", "t")]) is None
