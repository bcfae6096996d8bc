"""Every error of ours.

RecoupeError
├── LoadError       an address gives no report
├── CleanError      a report holds no article
├── PackError       a language pack is missing or malformed
├── SettingsError   a setting or an argument makes no sense
├── StoreError      a store cannot be opened, read or written
│   └── MissingError  what is asked for is not in it
└── WriteError      a result could not be written

A message says what, where and what next, in one line.
"""


class RecoupeError(Exception):
    """The family: catch this to catch all of ours."""


class LoadError(RecoupeError):
    """An address gives no report."""


class CleanError(RecoupeError):
    """A report holds no article."""


class PackError(RecoupeError):
    """A language pack is missing or malformed."""


class SettingsError(RecoupeError):
    """A setting or an argument makes no sense."""


class WriteError(RecoupeError):
    """A result could not be written."""


class StoreError(RecoupeError):
    """A store cannot be opened, read or written."""


class MissingError(StoreError):
    """What is asked for is not in the store."""
