"""Chooses from a long list as a person does: by typing a few letters, or from the list where there is no JavaScript."""

from playwright.sync_api import Locator, Page


def choose_receiver(page: Page, name: str) -> None:
    """Choose whom the slip is for, as soon as the page offers it."""
    finder(page).wait_for()
    kept = page.locator("select[name=receiver]")
    if kept.is_visible():
        kept.select_option(label=kept.locator("option", has_text=name).inner_text())
        return
    finder(page).fill(name)
    page.get_by_role("option", name=name).click()


def finder(page: Page) -> Locator:
    """Return the field in which the receiver is found, or the list they are chosen from."""
    return page.get_by_label("Who is it for?")


def chosen(page: Page) -> str:
    """Return what the form would send as the receiver."""
    return page.locator("select[name=receiver]").input_value()
