"""What one report says, before anything is compared: a reading as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from recoupe.records import Claim, Named, Reading, Span
from recoupe.writing.labels import called
from recoupe.writing.rows import WIDTH, Row, printed, styled
from recoupe.writing.safe import clipped, encodable, line
from recoupe.writing.values import value_as_json
from recoupe.writing.wording import Wording, wording

SCHEMA = "recoupe/reading/1"


def reading_to_json(reading: Reading) -> str:
    """One object on one line, field for field as the record; spans count code points of `article.text`."""
    import msgspec

    built: dict[str, Any] = {"schema": SCHEMA, **msgspec.to_builtins(_sound(reading))}
    return msgspec.json.encode(built).decode() + "\n"


def reading_to_text(reading: Reading, ui: str = "en", width: int = WIDTH, colour: bool = False) -> str:
    """What a report says, section by section, each finding in its own words with its value behind it."""
    return printed(_rows(reading, wording(ui)), width, colour)


def _sound(reading: Reading) -> Reading:
    """The reading itself, or one whose text UTF-8 can hold; both have the same length."""
    from dataclasses import replace

    text = encodable(reading.article.text)
    if text is reading.article.text:
        return reading
    return replace(reading, article=replace(reading.article, text=text))


def _rows(reading: Reading, ui: Wording) -> Iterator[Row]:
    article = reading.article
    yield Row(styled(clipped(line(article.title), 200) or ui.word("untitled"), "bold"))
    facts = [article.outlet or article.url or article.path, ui.named("languages", article.lang)]
    for key, stamp in (("published", article.published), ("updated", article.updated)):
        if stamp:
            moment = stamp[:16] if "T" in stamp else stamp[:10]
            facts.append(ui.word(key, date=ui.period(moment, moment)))
    if article.translated_from:
        facts.append(ui.word("translated", lang=ui.named("languages", article.translated_from)))
    yield Row(styled(line(" · ".join(facts)), "dim"))
    for note in (*article.notes, *reading.notes):
        yield Row(styled(line(note), "italic"))
    yield from _names(reading, ui)
    yield from _times(reading, ui)
    yield from _figures(reading, ui)
    yield from _statements(reading, ui)
    yield from _claims(reading, ui)
    yield from _spans(ui.heading("read_credited"), [(o.label, o.span) for o in reading.origins], article.text)
    yield from _spans(ui.heading("read_clutter"), [("", span) for span in article.clutter], article.text)


def _heading(title: str, n: int) -> Row:
    return Row(styled(f"\n{title.upper()} ({n})", "bold"))


def _names(reading: Reading, ui: Wording) -> Iterator[Row]:
    if reading.names:
        yield _heading(ui.heading("read_name"), len(reading.names))
    for name in reading.names:
        text = styled(line(name.name), "bold")
        text.append(f"  {ui.named('types', name.type)}", "dim")
        if name.roles:
            text.append(f"  {line(', '.join(name.roles))}")
        forms = dict.fromkeys(line(span.of(reading.article.text)) for span in name.mentions)
        if len(forms) > 1:
            text.append(f"  ({', '.join(forms)})")
        text.append(f"  × {len(name.mentions)}", "dim")
        yield Row(text, 2, 2)


def _times(reading: Reading, ui: Wording) -> Iterator[Row]:
    if reading.times:
        yield _heading(ui.heading("read_times"), len(reading.times))
    for time in reading.times:
        value = ui.period(time.period.start, time.period.end) if time.period else ui.word("unresolved")
        yield _valued(time.span.of(reading.article.text), value, ui.word("hedged") if time.hedged else "")


def _figures(reading: Reading, ui: Wording) -> Iterator[Row]:
    if reading.figures:
        yield _heading(ui.heading("read_figures"), len(reading.figures))
    text = reading.article.text
    for figure in reading.figures:
        what = called(figure.concept, ui) if figure.concept else None
        counted = what or (figure.noun.of(text) if figure.noun else "")
        yield _valued(figure.span.of(text), ui.value(value_as_json(figure.amount)), counted)


def _statements(reading: Reading, ui: Wording) -> Iterator[Row]:
    if reading.statements:
        yield _heading(ui.heading("read_statements"), len(reading.statements))
    text = reading.article.text
    for said in reading.statements:
        who = line(said.source.of(text)) if said.source else "—"
        row = styled(clipped(who, 120), "bold")
        row.append(f"  {line(said.cue.of(text))}  ", "italic")
        row.append(clipped(line(" … ".join(span.of(text) for span in said.content)), 400))
        extra = [ui.named("stances", said.stance)] if said.stance != "asserted" else []
        extra += [ui.word("hedged")] if said.hedged else []
        if extra:
            row.append(f"  ({', '.join(extra)})", "dim")
        yield Row(row, 2, 2)


def _claims(reading: Reading, ui: Wording) -> Iterator[Row]:
    if reading.claims:
        yield _heading(ui.heading("read_claims"), len(reading.claims))
    for claim in reading.claims:
        yield _valued(claim.span.of(reading.article.text), _value(reading, claim, ui), _asked(claim, ui))


def _value(reading: Reading, claim: Claim, ui: Wording) -> str:
    if isinstance(claim.value, Named):
        names = {name.id: name.name for name in reading.names}
        return names.get(claim.value.entity, claim.value.entity)
    return ui.value(value_as_json(claim.value))


def _asked(claim: Claim, ui: Wording) -> str:
    """What a claim is about: the labels of its ids, else its first words."""
    bare = [key.partition(":")[2] or key for key in claim.asks]
    labels = [label for key in bare if (label := called(key, ui))]
    return ", ".join(dict.fromkeys(labels or bare[:2]))


def _valued(words: str, value: str, about: str) -> Row:
    text = styled(clipped(line(words), 120), "bold")
    text.append(f"  = {line(value)}")
    if about:
        text.append(f"  {clipped(line(about), 120)}", "dim")
    return Row(text, 2, 2)


def _spans(title: str, found: list[tuple[str, Span]], text: str) -> Iterator[Row]:
    if found:
        yield _heading(title, len(found))
    for label, span in found:
        row = styled(f"{line(label)}  " if label else "", "bold")
        row.append(clipped(line(span.of(text)), 160), "dim")
        yield Row(row, 2, 2)
