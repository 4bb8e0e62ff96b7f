"""A real library, a real server and a real browser: the sample, `python -m webapp`, and Chromium."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import serving

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_FLAGS = (
    "--no-sandbox",  # CI runs as root
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

STAFF_PASSWORD = "사서의 열쇠"  # noqa: S105 (of a library that lives for a test)

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def library_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the sample library is served, by the same commands that an operator types."""
    variables = serving.environment(tmp_path_factory.mktemp("library"), staff_password=STAFF_PASSWORD)
    serving.indexer(variables, "sample")
    with serving.served(variables) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it."""
    path = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    assert path, f"no Chromium here; install one of {', '.join(CHROMIUM_NAMES)}"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser, library_url: str) -> Iterator[OpenPage]:
    """Opens a path of the library in a window of its own: `open_page("/", locale="en-US", javascript=False, …)`.

    Afterwards no page may have complained: no script error, no refused resource, nothing against the security policy.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_path(
        path: str,
        *,
        locale: str = "ko-KR",
        width: int = 1280,
        height: int = 900,
        javascript: bool = True,
        dark: bool = False,
    ) -> Page:
        context = browser.new_context(
            base_url=library_url,
            locale=locale,
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            color_scheme="dark" if dark else "light",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.goto(path)
        return page

    yield open_path
    for context in contexts:
        context.close()
    assert [text for text in complaints if "status of 4" not in text] == []  # a page of an error is no complaint
