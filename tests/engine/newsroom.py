"""A small newsroom for the tests of the watch: a feed on this machine whose reports change from round to round."""

from __future__ import annotations

from html import escape

from servers import Web

FOUR = """Four people were killed when a bridge collapsed in Morvelay on Sunday, police said.
Mayor Anne Kerzel said the bridge over the Sarne had been closed to lorries since the autumn. Engineers of the
department went through the broken piers until late in the night, and divers looked for two cars in the river."""
ALSO_FOUR = """Four people were killed in the collapse of a bridge in Morvelay on Sunday, the mayor Anne Kerzel said.
Police said two people were injured in Morvelay. The road to the north stays closed for the week, and trains
go round by the valley; the town hall opened a hall for the families of those who had been on the bridge."""
FIVE = """Five people were killed in the collapse of a bridge in Morvelay on Sunday, the hospital said.
The mayor Anne Kerzel asked people to stay away from the river. Schools near the bridge stay shut until Wednesday,
and the department sent forty more engineers to look at the other bridges over the Sarne."""
DENIAL = """The builder Dorval denied on Monday that the bridge in Morvelay had been unsafe before its collapse.
Five people were killed there on Sunday, the hospital said. Mayor Anne Kerzel said that she would wait for what the
engineers find, and that the papers of the last inspection would be shown to everybody who asks for them."""


class Newsroom:
    """Outlets with one article each, told by one feed; `feed` is its address."""

    def __init__(self, web: Web) -> None:
        self.web = web
        self.feed = f"{web.url}/feed.xml"
        self.articles: dict[str, tuple[str, str]] = {}

    def publish(self, name: str, text: str, title: str = "") -> str:
        """Publish an article, or say something else in it; the address of its page."""
        self.articles[name] = (title or f"Bridge collapse in Morvelay, {name}", text)
        address = self.edit(name, text)
        items = "".join(
            f"<item><title>{escape(title)}</title><link>{self.web.url}/{name}.html</link>"
            f"<pubDate>Mon, 17 Mar 2025 09:00:00 GMT</pubDate><description>{escape(text[:80])}…</description></item>"
            for name, (title, text) in self.articles.items()
        )
        self.web.put(
            "/feed.xml",
            f"<rss version='2.0'><channel><title>The Paper</title><language>en</language>{items}</channel></rss>",
            "application/rss+xml",
        )
        return address

    def edit(self, name: str, text: str) -> str:
        """Change the page of an article, and say nothing of it in the feed."""
        paragraphs = "".join(f"<p>{escape(part)}</p>" for part in text.split("\n"))
        title = escape(self.articles[name][0])
        head = f"<html lang=en><head><title>{title}</title></head>"
        page = f"{head}<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
        return self.web.put(f"/{name}.html", page)
