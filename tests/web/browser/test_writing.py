"""The main paths of somebody who adds and corrects, in a real browser."""

from __future__ import annotations

from visiting import EXAMPLE

TEXT = """Wildfire near Orvena

OLMSTADT, 3 May 2024 - A wildfire near Orvena killed two people on Thursday, the regional fire service said.
"""


def test_a_pasted_text_is_added_and_its_progress_shown(open_page, writable):
    page = open_page(f"{writable}/add")
    page.get_by_label("A pasted text", exact=True).fill(TEXT)
    page.get_by_role("button", name="Add").click()
    page.get_by_role("heading", name="Done", exact=True).wait_for()
    page.get_by_role("link", name="open").click()
    assert "Orvena" in page.locator("h1").inner_text()


def test_files_are_added_and_a_problem_is_told_by_its_report(open_page, writable, tmp_path):
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    page = open_page(f"{writable}/add")
    page.get_by_label("Files", exact=True).set_input_files([EXAMPLE / "a.txt", empty])
    page.get_by_role("button", name="Add").click()
    page.get_by_role("heading", name="Done", exact=True).wait_for()
    items = page.locator(".items > li")
    assert items.count() == 2
    assert items.nth(0).locator(".wrong").count() == 0
    assert items.nth(1).locator(".wrong").count() == 1
    assert page.locator("a[href^='/stories/s']").count() >= 1


def test_files_are_dropped_on_the_form(open_page, writable):
    page = open_page(f"{writable}/add")
    data = page.evaluate_handle(
        "text => { const d = new DataTransfer(); d.items.add(new File([text], 'dropped.txt')); return d; }", TEXT
    )
    page.dispatch_event("form[data-drop]", "drop", {"dataTransfer": data})
    assert page.evaluate("document.getElementById('files').files[0].name") == "dropped.txt"


def test_without_a_script_the_progress_shows_itself(open_page, writable):
    page = open_page(f"{writable}/add", java_script_enabled=False)
    page.locator("#text").fill(TEXT)
    page.locator("main form button").click()
    page.locator("h1", has_text="Done").wait_for()
    assert page.locator(".items a").count() == 1


def test_a_figure_is_put_right_and_the_correction_taken_back(open_page, writable):
    page = open_page(f"{writable}/stories")
    page.locator("main article h3 a").first.click()
    home = page.url.partition("?")[0]
    page.goto(f"{home}/correct?answer=q1.0")
    page.locator("input[name=low]").first.fill("99")
    page.locator("input[name=high]").first.fill("99")
    page.get_by_role("button", name="See what changes").first.click()
    page.locator("ins", has_text="99").first.wait_for()
    page.locator("main form button").click()
    page.wait_for_url("**/corrections?*")
    assert "The correction is kept" in page.get_by_role("status").first.inner_text()
    page.goto(home)
    assert page.locator(".question", has_text="99").count() >= 1
    page.goto(f"{home}/corrections")
    page.locator("main form button").first.click()
    page.wait_for_url("**/corrections?*")
    page.goto(home)
    assert page.locator(".question .value", has_text="99").count() == 0
