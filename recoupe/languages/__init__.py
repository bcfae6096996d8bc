"""Language packs: data, a folder a language, no code inside."""

from recoupe.languages.pack import LanguagePack, available, glimpse, load_pack, open_pack, shared

__all__ = ["LanguagePack", "available", "glimpse", "load_pack", "open_pack", "shared"]
