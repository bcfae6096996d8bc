"""Tense: whether the words around a time expression speak of the future or of the past."""

from __future__ import annotations

from recoupe.languages import LanguagePack
from recoupe.reading.document import Document, compiled
from recoupe.reading.expressions import Item
from recoupe.text.tokens import Tokens


def tense_of(doc: Document, item: Item) -> str | None:
    """Whether the words nearest to an expression speak of the `future` or of the `past`; None where none tells."""
    return _tense(doc.pack).around(doc.tokens, item)


def tells_tense(doc: Document, first: int, item: Item) -> bool:
    """Whether a word from token `first` up to an expression tells a tense, as verbs do."""
    tense, opening = _tense(doc.pack), item.sentence.first
    return any(tense.tells(doc.tokens, k, opening) for k in range(first, item.first))


_AUXILIARY = 2  # words within which an auxiliary stands before its verb
_SHORT = 3  # letters of a word of which no ending tells
_MEMORY = 20_000  # so many words are remembered
_LASTING = 6  # tokens before an expression among which a verb tells what lasts until then
_STOPS = frozenset(".;:!?")
_LEADING = 2  # words before an expression that opens its sentence


class _Tense:
    """Knows the words and the endings that tell a tense."""

    def __init__(self, pack: LanguagePack) -> None:
        table = pack.tables["times"]["tense"]
        self.cues = pack.lexicon({"future": table["future"], "past": table["past"]})
        self.present = frozenset(pack.forms(table["present"]))
        self.neither = frozenset(table["neither"])
        self.endings = {
            "future": tuple(table["future_endings"]),
            "past": tuple(table["past_endings"]),
        }
        # by word: what its ending tells, '' where only a list may; None: nothing
        self.known: dict[str, str | None] = {}

    def around(self, tokens: Tokens, item: Item) -> str | None:
        """Whether the words nearest to an expression speak of the future or of the past."""
        if item.said.rule == "until" and self._goes_on(tokens, item):
            return "future"
        best: tuple[float, str] | None = None
        cost = 0.0
        for k in range(item.first - 1, max(item.sentence.first, item.first - 12) - 1, -1):
            if tokens.norms[k] in _STOPS:
                break
            cost += 4.0 if tokens.norms[k] == "," else 1.0
            cue = self._cue(tokens, k, item.sentence.first)
            if cue:
                best = (cost, "future" if self._will_be(tokens, k, item.sentence.first) else cue)
                break
        cost, leading = 1.0, item.first - item.sentence.first <= _LEADING
        for k in range(item.end, min(item.sentence.last, item.end + (12 if leading else 8))):
            if leading and k == item.end and tokens.norms[k] == ",":  # 'On Friday, the council will meet'
                continue
            if tokens.norms[k] in ".;:,!?" or (best is not None and cost >= best[0]):
                break
            cost += 1.0
            cue = self._cue(tokens, k, item.sentence.first)
            if cue:
                best = (cost, cue)
                break
        return best[1] if best else None

    def _goes_on(self, tokens: Tokens, item: Item) -> bool:
        """Whether what lasts until then goes on now: 'is closed until Tuesday', but not 'was closed'."""
        for k in range(item.first - 1, max(item.sentence.first, item.first - _LASTING) - 1, -1):
            norm = tokens.norms[k]
            if norm in self.present:
                return True
            if norm in _STOPS or any(sort == "past" for _, sort in self.cues.at(tokens.norms, k)):
                return False
        return False

    def tells(self, tokens: Tokens, k: int, first: int) -> bool:
        """Whether token `k` tells a tense, in a sentence that begins at `first`."""
        return self._cue(tokens, k, first) is not None

    def _will_be(self, tokens: Tokens, k: int, first: int) -> bool:
        """Whether an auxiliary of the future stands close before: 'will be held' is not past."""
        before = range(k - 1, max(first, k - _AUXILIARY) - 1, -1)
        return any(self._cue(tokens, i, first) == "future" for i in before)

    def _cue(self, tokens: Tokens, k: int, first: int) -> str | None:
        word = tokens.norms[k]
        if word not in self.known:
            if len(self.known) > _MEMORY:
                self.known.clear()
            self.known[word] = self._by_ending(word) or ("" if self.cues.begins(word) else None)
        told = self.known[word]
        if told is None:
            return None
        # 'may' speaks of the future, 'May' does not
        small = tokens.surfaces[k][0].islower() or _shouts(tokens, k)
        found = self.cues.at(tokens.norms, k)
        if found and (small or k == first):
            return found[0][1]
        return told or None if small else None

    def _by_ending(self, word: str) -> str | None:
        """The tense that the ending of a word tells."""
        if len(word) <= _SHORT or word in self.neither:
            return None
        return next((sort for sort, endings in self.endings.items() if endings and word.endswith(endings)), None)


def _shouts(tokens: Tokens, k: int) -> bool:
    """Whether a word stands in a line of capitals, by itself and its neighbours."""
    around = tokens.surfaces[max(0, k - 1) : k + 2]
    return len(around) == 3 and all(word.isupper() for word in around)


@compiled
def _tense(pack: LanguagePack) -> _Tense:
    return _Tense(pack)
