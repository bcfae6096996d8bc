"""The steps strung together: what is left out, what is said of it, and when there is too little left."""

import pytest

from recoupe.errors import CleanError, LoadError
from recoupe.pipeline import cross_check, one_story, read_all
from recoupe.settings import Settings

FIRST = "Fire at the mill\n\nFour people were killed in the fire at Orvel mill on Sunday, the mayor said.\n"
SECOND = "Mill burns down\n\nFive people died when the Orvel mill burned down on Sunday, police said.\n"


@pytest.fixture
def files(tmp_path):
    def write(**texts):
        paths = []
        for name, text in texts.items():
            path = tmp_path / f"{name}.txt"
            path.write_text(text, "utf-8")
            paths.append(str(path))
        return paths

    return write


def test_two_reports_give_a_dossier(files):
    dossier = cross_check(files(one=FIRST, two=SECOND))
    assert [q.verdict for q in dossier.questions if q.kind == "count"] == ["contested"]


def test_the_same_report_twice_is_read_once_and_said_so(files):
    dossier = cross_check(files(one=FIRST, again=FIRST, two=SECOND))
    assert len(dossier.articles) == 2
    (problem,) = dossier.problems
    assert "the same text as" in problem.message


def test_one_report_is_too_little(files):
    with pytest.raises(LoadError, match="only one report is left"):
        cross_check(files(one=FIRST))


def test_a_report_that_cannot_be_used_is_told_and_the_rest_goes_on(files, tmp_path):
    told = []
    dossier = cross_check([*files(one=FIRST, two=SECOND), str(tmp_path / "gone.txt")], on_problem=told.append)
    assert len(dossier.articles) == 2
    assert [p.report for p in told] == [str(tmp_path / "gone.txt")]
    assert len(dossier.problems) == 1


def test_a_text_longer_than_any_report_is_refused_in_words(files):
    (path,) = files(long=FIRST + "The mill burned. " * 40)
    with pytest.raises(CleanError, match="the limit is 500"):
        list(read_all([path], Settings(max_text=500)))


def test_articles_get_ids_of_their_own(files):
    story = one_story(read_all(files(x=FIRST, y=SECOND)))
    ids = [r.article.id for r in story.readings]
    assert len(set(ids)) == 2
    assert all(ids)
