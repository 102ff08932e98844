# SPDX-License-Identifier: GPL-2.0-only
"""Headless Chromium for tests of the page."""
import json
import urllib.parse

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait


class Page:
    """One browser window."""

    def __init__(self, path, width=1500, height=1000):
        options = Options()
        for arg in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                    "--disable-dev-shm-usage", f"--window-size={width},{height}"):
            options.add_argument(arg)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.url = "file://" + urllib.parse.quote(path)
        self.driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.driver.quit()

    def load(self, view=None):
        """view: a dict, or a list of pairs, that the link asks for."""
        self.driver.get("about:blank")
        self.driver.get(self.url + ("#" + urllib.parse.urlencode(view) if view else ""))
        WebDriverWait(self.driver, 60).until(lambda d: self.js("document.documentElement.dataset.ready === 'yes'"))

    def js(self, expression, *args):
        return self.driver.execute_script(f"return {expression};", *args)

    def do(self, statements, *args):
        self.driver.execute_script(statements, *args)

    def press(self, key):
        """On what has the focus."""
        self.driver.switch_to.active_element.send_keys(key)

    def messages(self):
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self):
        """What was asked for, but for the page itself."""
        found = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                url = message["params"]["request"]["url"]
                if url.split("#")[0] not in (self.url, "about:blank") and not url.startswith("data:"):
                    found.append(url)
        return found

    def screenshot(self, path):
        self.driver.save_screenshot(path)

    def shown(self):
        """The handlers of the table, in their order."""
        return self.js("[...document.querySelectorAll('#table tbody tr.row')].map(tr => tr.dataset.id)")
