"""A user's own spaCy pipeline, made here, in place of our tagger of names."""

from __future__ import annotations

import builtins
import sys
from pathlib import Path
from typing import Any

import pytest

import recoupe
from recoupe.cli import main
from recoupe.errors import SettingsError
from recoupe.reading import open_pipeline, read
from recoupe.records import Article
from recoupe.settings import Settings

spacy = pytest.importorskip("spacy", reason="spaCy is not installed: pip install 'recoupe[spacy]'")

TEXT = (
    "Le village de Kerlaouen a voté dimanche. Selon le collectif Grands chênes et landes, la mairie renonce au projet. "
    "Zéphyr Ombeline l'a appris hier, et les Wallons aussi."
)
PATTERNS = [
    {"label": "ORG", "pattern": "Grands chênes et landes"},
    {"label": "PER", "pattern": "Zéphyr Ombeline"},
    {"label": "GPE", "pattern": "Kerlaouen"},
    {"label": "NORP", "pattern": "Wallons"},
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline that knows four phrases, saved in a folder."""
    nlp = spacy.blank("fr")
    nlp.add_pipe("entity_ruler").add_patterns(PATTERNS)
    path = tmp_path_factory.mktemp("pipelines") / "ours"
    nlp.to_disk(path)
    return path


def article(text: str = TEXT) -> Article:
    return Article("a", "a.txt", text, "fr", "")


def names(article: Article, **more: Any) -> dict[str, str]:
    return {name.name: name.type for name in read(article, **more).names}


def test_the_names_are_those_of_the_pipeline(folder: Path) -> None:
    found = names(article(), tagger=open_pipeline(str(folder)))
    assert found["Grands chênes et landes"] == "ORG"
    assert found["Zéphyr Ombeline"] == "PERSON"
    assert [sort for name, sort in found.items() if "Kerlaouen" in name] == ["PLACE"]
    assert "Wallons" not in found
    assert "Grands chênes et landes" not in names(article())


def test_the_same_article_gives_the_same_reading(folder: Path) -> None:
    pipeline = open_pipeline(str(folder))
    assert read(article(), pipeline) == read(article(), pipeline)


def test_spans_are_exact_in_long_text_and_odd_signs_do_no_harm(folder: Path) -> None:
    text = "Zéphyr Ombeline et\u00a0lui , " * 900 + "\x00😀 Kerlaouen" + "x" * 200_000
    for name in read(article(text), open_pipeline(str(folder))).names:
        assert {mention.of(text) for mention in name.mentions} <= {"Zéphyr Ombeline", "Zéphyr", "Ombeline", "Kerlaouen"}


def test_settings_hand_a_pipeline_to_the_reports_in_its_language(folder: Path, tmp_path: Path) -> None:
    french, english = tmp_path / "f.txt", tmp_path / "e.txt"
    french.write_text(f"Un vote au village\n\n{TEXT}\n", "utf-8")
    english.write_text(
        "A vote\n\nThe mayor said that the Grands chênes et landes had won the vote on Sunday.\n", "utf-8"
    )
    settings = Settings(pipelines=(("fr", str(folder)),))
    first, second = recoupe.read_all([str(french), str(english)], settings)
    assert "Grands chênes et landes" in {name.name for name in first.names}
    assert "Grands chênes et landes" not in {name.name for name in second.names}


def test_the_command_line_takes_a_pipeline(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "f.txt"
    file.write_text(f"Un vote au village\n\n{TEXT}\n", "utf-8")
    assert main(["read", str(file), "--pipeline", f"fr={folder}"]) == 0
    assert "Grands chênes et landes" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("fr", "LANG=NAME"),
        ("fr=", "LANG=NAME"),
        ("xx=fr_core_news_lg", "'xx' is no language of ours"),
        ("fr=no_such_pipeline", "python -m spacy download no_such_pipeline"),
    ],
)
def test_a_pipeline_that_is_not_there_is_one_line_that_says_what_to_do(
    value: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", str(tmp_path), "--pipeline", value]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert err.count("\n") == 1


def test_a_broken_pipeline_is_an_error_of_ours(tmp_path: Path) -> None:
    (tmp_path / "config.cfg").write_text("[nlp\n", "utf-8")
    (tmp_path / "meta.json").write_text("{}", "utf-8")
    with pytest.raises(SettingsError, match="cannot be opened"):
        open_pipeline(str(tmp_path))


def test_without_spacy_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(SettingsError, match=r"pip install 'recoupe\[spacy\]'"):
        open_pipeline("another_pipeline")


def test_spacy_is_not_imported_unless_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = builtins.__import__

    def watched(name: str, *rest: Any) -> Any:
        asked.append(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", watched)
    read(article())
    assert not [name for name in asked if name.partition(".")[0] == "spacy"]
