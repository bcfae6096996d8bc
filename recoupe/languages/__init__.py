"""Language packs: data, a folder a language, no code inside."""

from recoupe.languages.completeness import Completeness, completeness
from recoupe.languages.pack import LanguagePack, available, glimpse, load_pack, open_pack, shared

__all__ = ["Completeness", "LanguagePack", "available", "completeness", "glimpse", "load_pack", "open_pack", "shared"]
