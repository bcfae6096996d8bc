"""Keys of single words, by which reports are compared word by word: stems, names, meanings, and what an event is."""

from __future__ import annotations

from collections.abc import Sequence

from recoupe.languages import LanguagePack
from recoupe.reading.events import kinds
from recoupe.reading.meanings import meanings_of
from recoupe.reading.speech import speech_of
from recoupe.text.latin import latin
from recoupe.text.stems import is_content, stem

BEGINNING = 5  # letters by which a word of one language is likely that of another: "protest-ation", "protest-a"
_SAYING = frozenset({"that", "quote", "whom"})  # frames of verbs of saying


def word_keys(word: str, begins: bool, pack: LanguagePack) -> frozenset[str]:
    """The keys of a word as it stands; `begins`: at the beginning of a sentence, where a capital tells nothing.

    `s:` with the language and a stem, `m:` with a meaning, `x:` with a name in Latin letters or a number, `p:` with the
    beginning of a word in Latin letters. Function words have none.
    """
    if any(c.isdigit() for c in word):
        return frozenset({"x:" + "".join(c for c in word if c.isdigit())})
    norm = pack.tokenizer.normal(word)
    if not is_content(norm, pack.function_words):
        return frozenset()
    keys = {f"s:{pack.code} {stem(norm, pack.endings)}", *(f"m:{m}" for m in meanings_of(pack).word(norm))}
    letters = latin(word)
    if word[0].isupper() and not begins:
        keys.add(f"x:{letters}")
    if len(letters) >= BEGINNING:
        keys.add(f"p:{letters[:BEGINNING]}")
    return frozenset(keys)


def event_keys(norms: Sequence[str], pack: LanguagePack) -> tuple[frozenset[str], bool]:
    """(what words tell of: `k:` with a kind of event, `a:` with an act of speech; whether they only say something)."""
    known = kinds(pack)
    verbs = speech_of(pack).verbs
    found = {f"k:{kind}" for i in range(len(norms)) for _, kind in known.at(norms, i)}
    forms = [form for norm in norms for form in verbs.get(norm, ())]
    saying = any(form.act == "say" and form.frames & _SAYING for form in forms)
    return frozenset(found | {f"a:{form.act}" for form in forms}), saying
