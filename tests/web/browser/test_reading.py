"""The main paths of somebody who reads: in a real browser, with the keyboard, on a phone, in the dark, on paper."""

from __future__ import annotations


def test_stories_are_opened_and_filtered(open_page, server):
    page = open_page(server)
    assert page.url == f"{server}/stories"
    assert page.locator("main article h3 a").count() >= 1
    page.get_by_role("link", name="Contested", exact=True).click()
    assert "contested=1" in page.url
    assert page.locator("main article h3 a").count() == 1
    page.goto(f"{server}/stories?lang=vi")
    assert page.locator("main article h3 a").count() == 0
    page.get_by_role("link", name="All stories").click()
    assert page.locator("main article h3 a").count() >= 1


def test_a_contested_figure_is_explained_in_one_click_more(open_page, server):
    page = open_page(f"{server}/stories")
    page.locator("main article h3 a").first.click()
    question = page.locator("article.question.contested, .question.contested").first
    assert question.is_visible()
    assert question.locator("blockquote mark").count() >= 2
    assert question.locator(".reason").first.inner_text().strip()
    question.locator("h3 a, .deeper a, header a").first.click()
    assert "/questions/" in page.url
    assert page.locator("h1").inner_text().strip()
    assert page.locator(".steps").count() >= 1


def test_search_finds_narrows_down_and_keeps(open_page, writable):
    page = open_page(f"{writable}/stories")
    page.keyboard.press("/")
    page.keyboard.type("tunnel")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=tunnel")
    assert page.locator(".hits > li").count() == 5
    assert page.locator(".hits mark").first.inner_text().lower() == "tunnel"
    page.get_by_role("link", name="English").click()
    assert page.locator(".hits > li").count() == 2
    page.get_by_role("link", name="Statements").click()
    assert page.locator(".hits blockquote").count() >= 1
    page.get_by_text("Keep this search").click()
    page.get_by_label("Name", exact=True).fill("Fires")
    page.get_by_label("somebody denies").check()
    page.get_by_role("button", name="Keep it").click()
    assert page.get_by_role("status").first.inner_text() == "The search is kept."
    assert page.get_by_role("link", name="Fires").count() == 1
    with page.expect_download() as download:
        page.get_by_role("link", name="rules.toml").click()
    assert download.value.suggested_filename == "rules.toml"


def test_an_alert_leads_to_its_question(open_page, server):
    page = open_page(f"{server}/alerts")
    assert page.locator(".alert mark").first.inner_text() == "Six"
    assert page.locator("link[type='application/atom+xml']").count() == 1
    page.get_by_role("link", name="The question with all its answers").click()
    assert "/questions/q1" in page.url
    assert page.locator("h1").count() == 1


def test_on_paper_there_is_the_story_and_not_the_desk(open_page, server):
    page = open_page(f"{server}/stories")
    page.locator("main article h3 a").first.click()
    page.emulate_media(media="print")
    assert not page.locator(".bar").is_visible()
    assert page.locator(".question.contested").first.is_visible()
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
    assert page.pdf().startswith(b"%PDF")


def test_in_the_dark_the_page_is_dark(open_page, server):
    page = open_page(f"{server}/stories", color_scheme="dark")
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
    assert max(colour[:3]) < 60


def test_the_interface_is_french_for_who_asks_for_it(open_page, server):
    page = open_page(f"{server}/stories", locale="fr-FR")
    assert page.locator("html").get_attribute("lang") == "fr"
    assert page.get_by_role("link", name="Recherche").count() >= 1
    page.locator("footer").get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.goto(f"{server}/sources")
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_keyboard_alone_leads_through(open_page, server):
    page = open_page(f"{server}/stories")
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    assert skip.evaluate("e => e === document.activeElement")
    box = skip.bounding_box()
    assert box
    assert box["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    reached = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        where = page.evaluate(
            """() => { const e = document.activeElement; const s = getComputedStyle(e);
            return [e.tagName, e.getAttribute('href') || e.name || '', e === document.body ||
            e.checkVisibility() === false || (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2)]; }"""
        )
        assert where[2], f"no visible focus on {where}"
        reached.add(where[1])
        if any("/stories/" in name for name in reached) and "?ui=fr" in "".join(reached):
            break
    assert any(name.startswith("/stories/") for name in reached)
    page.locator("main article h3 a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/stories/*")
