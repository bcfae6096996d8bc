"""Watching: what happened between two states of a story, and which rules ask for it. Pure: no store, no clock."""

from recoupe.watching.channels import Channel, Feed, Mail, Terminal, Webhook
from recoupe.watching.rules import Rule, Rules, checked, dump, parse
from recoupe.watching.searched import rule_of

__all__ = ["Channel", "Feed", "Mail", "Rule", "Rules", "Terminal", "Webhook", "checked", "dump", "parse", "rule_of"]
