# SPDX-License-Identifier: GPL-2.0-only
"""drive.py PROGRAM OUT SCRATCH: OUT/report/index.html in a browser, as its readers use it.

Prints a test's result a line.  SCRATCH gets screenshots, and the reports of made-up inventories."""
import json
import os
import sys
import traceback
import urllib.parse

import inventories
from browser import Page
from selenium.webdriver.common.keys import Keys

program, out, scratch = sys.argv[1:]
os.makedirs(scratch, exist_ok=True)
with open(f"{out}/inventory.json", encoding="utf-8") as f:
    inventory = json.load(f)
handlers = {h["id"]: h for h in inventory["handlers"]}


def check(name, ok, *why):
    print(("ok " if ok else "not ok ") + "page: " + name)
    if not ok:
        for line in why:
            print("#", str(line)[:600])


def attempt(name, test, *args):
    try:
        test(*args)
    except Exception:       # pylint: disable=broad-except
        check(name, False, *traceback.format_exc().splitlines()[-8:])


def as_read(page):
    page.load()
    shown = page.shown()
    check("every handler has a row", sorted(shown) == sorted(handlers), len(shown), len(handlers))
    for state, word in (("converted", "converted"), ("blocked", "core")):
        there = page.js(f"document.querySelectorAll('#table tbody tr.row .badge.{state}').length")
        check(f"as many are {state} as in the inventory", there == sum(h["outcome"] == word for h in handlers.values()), there)
    check("three charts are drawn", page.js("""drawn_charts.length === 3 && drawn_charts.every(chart => {
        const c = chart.canvas, d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
        return d.some(value => value); })"""))
    check("the unlock graph is drawn", page.js("document.querySelectorAll('#graph svg .node').length") > 0)
    check("the audit's findings are there", page.js("document.querySelectorAll('#findings .path-box').length")
          == len(json.load(open(f"{out}/audit.json", encoding="utf-8"))["findings"]))
    text = page.js("document.body.innerText")
    check("no object stands where a text should", "[object" not in text and "undefined" not in text)
    page.screenshot(f"{scratch}/top.png")


def filters(page):
    page.load()
    page.do("const f = filter_fields[5]; f.value = 'remap'; f.dispatchEvent(new Event('change'))")
    wanted = sorted(i for i, h in handlers.items() if h["class"] == "remap")
    check("filter by class", sorted(page.shown()) == wanted, page.shown())
    page.do("const f = filter_fields[0]; f.value = 'WINDOW'; f.dispatchEvent(new Event('input'))")
    wanted = [i for i in wanted if "window" in handlers[i]["function"]]
    check("and by a part of the name", wanted and sorted(page.shown()) == wanted, page.shown())
    check("the link holds the view", page.js("location.hash") == "#function=WINDOW&class=remap", page.js("location.hash"))
    check("what is filtered can be seen", page.js("by_id('chips').innerText").count("✕") == 0
          and page.js("by_id('chips').children.length") == 2)
    page.do("by_id('reset').click()")
    check("show all again", len(page.shown()) == len(handlers) and not page.js("location.hash"), page.js("location.hash"))
    page.do("""const f = document.querySelector('.dataTables_filter input');
               f.value = 'VM_DONTEXPAND'; f.dispatchEvent(new Event('input'))""")
    wanted = sorted(i for i, h in handlers.items() if "VM_DONTEXPAND" in json.dumps(
        [h["flags_set"], h["flags_cleared"], [r["text"] for r in h["reasons"]], h["needs"]]))
    check("free text looks through what is not a column", sorted(page.shown()) == wanted, len(page.shown()), len(wanted))
    page.do("by_id('reset').click(); document.querySelector('#table thead th').click()")
    shown = [handlers[i]["function"] for i in page.shown()]
    check("sort by a click on a heading", shown == sorted(shown, key=str.lower), shown[:5])
    check("and the link says so", "sort=function.asc" in page.js("location.hash"), page.js("location.hash"))


def rows(page):
    converted = next(h for h in handlers.values() if h["outcome"] == "converted" and len(h["instances"]) == 1)
    page.load({"open": converted["id"]})
    text = page.js("document.querySelector('.details').innerText")
    check("a link opens a handler", page.js("open_ids()") == [converted["id"]])
    check("with its contract, its proof and its checks", all(part in text for part in (
        "What it does", "Evidence", f"Proof: {converted['conversion']['proof']['verdict']}", "checkpatch",
        converted["contract"]["paths"][-1]["effects"][-1].split(": ", 1)[-1])), text[:500])
    lines = page.js("[...document.querySelectorAll('.source tr')].map(tr => tr.innerText)")
    with open(f"{os.environ['TREE']}/{converted['file']}", encoding="utf-8") as f:
        line = f.read().split("\n")[converted["line"] - 1]
    check("and the tree's text", any(line.strip() in shown for shown in lines), lines[:5])
    with open(f"{out}/{converted['conversion']['patch']}", encoding="utf-8") as f:
        patch = f.read()
    added = [l[1:].strip() for l in patch.split("\n") if l.startswith("+") and not l.startswith("+++") and l[1:].strip()]
    cells = page.js("[...document.querySelectorAll('.diff td.add')].map(td => td.textContent.trim())")
    check("and its patch, side by side", set(added) <= set(cells), added, cells)
    page.screenshot(f"{scratch}/row.png")
    page.do("document.querySelector('.details .line').click()")
    check("a line's number shows the line", page.js("document.querySelectorAll('.source tr.at').length") == 1)
    page.do("document.querySelector('tr.shown button.open').click()")
    check("a click closes it again", page.js("open_ids().length") == 0 and "open" not in page.js("location.hash"))
    # a filter that hides the handler goes
    page.do("view_only({ class: 'reject' })")
    page.do("open_handler(arguments[0])", converted["id"])
    check("a link inside the page finds what a filter hides", page.js("open_ids()") == [converted["id"]])
    need = next(n for h in handlers.values() for n in h["needs"])
    page.do("view_only({ needs: arguments[0] })", need)
    check("the handlers that need an API", sorted(page.shown()) ==
          sorted(i for i, h in handlers.items() if need in "; ".join(h["needs"])))


def looks(page):
    page.load()
    light = page.js("getComputedStyle(document.body).backgroundColor")
    page.do("by_id('theme').click()")
    dark = page.js("getComputedStyle(document.body).backgroundColor")
    check("light and dark", light != dark, light, dark)
    check("the charts follow", page.js("drawn_charts[0].options.scales.x.ticks.color === colour('--fg')"))
    page.screenshot(f"{scratch}/dark.png")
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    check("in print nothing is there to click", page.js(
        "[...document.querySelectorAll('nav, .filters, #reset')].every(e => !e.checkVisibility())"))
    check("but the handlers have their names", page.js(
        "[...document.querySelectorAll('#table button.open')].every(e => e.checkVisibility())"))
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "screen"})
    page.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                                {"width": 390, "height": 800, "deviceScaleFactor": 2, "mobile": True})
    page.load()
    check("a phone is not scrolled sideways", page.js("document.documentElement.scrollWidth <= 392"),
          page.js("document.documentElement.scrollWidth"))
    if page.js("document.documentElement.scrollWidth > 392"):
        print("#", page.js("""[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > 393
            && !e.closest('.scroll, .dataTables_wrapper')).map(e => e.tagName + '.' + e.className + '#' + e.id).slice(0, 12)"""))
    check("a row's state is on its screen", page.js("""[...document.querySelectorAll('#table .badge')].every(e =>
        e.getBoundingClientRect().right <= 391)"""))
    page.load({"open": next(h["id"] for h in handlers.values() if h["outcome"] == "converted")})
    check("a patch is one column there", page.js("""[...document.querySelectorAll('.diff td')].filter(e => e.checkVisibility())
        .every(e => e.getBoundingClientRect().right <= 391)""") and page.js("document.querySelectorAll('.diff td.add').length") > 0)
    page.screenshot(f"{scratch}/phone.png")


def keys(page):
    page.load()
    converted = next(h for h in handlers.values() if h["outcome"] == "converted")
    page.do("document.querySelector(`tr[data-id='${arguments[0]}'] button.open`).focus()", converted["id"])
    page.press(Keys.ENTER)
    check("Enter opens a row", page.js("open_ids()") == [converted["id"]]
          and page.js("document.activeElement.getAttribute('aria-expanded')") == "true", page.js("open_ids()"))
    page.press(Keys.ENTER)
    check("and closes it", page.js("open_ids()") == [])
    page.do("document.querySelectorAll('#table thead th')[1].focus()")
    page.press(Keys.ENTER)
    check("Enter sorts by a heading", "sort=file.asc" in page.js("location.hash")
          and page.js("document.activeElement.getAttribute('aria-sort')") == "ascending", page.js("location.hash"))
    page.load()
    page.do("document.querySelector('#graph-legend button').focus()")
    for _ in range(20):
        page.press(Keys.TAB)
        if page.js("document.activeElement.closest('#graph .node') !== null"):
            break
    name = page.js("document.activeElement.textContent.trim().split('\\n')[0].replace(/^\\d+\\. /, '')")
    check("Tab goes to a node of the graph, whose name says which API", name in {n for h in handlers.values() for n in h["needs"]}
          and name in page.driver.switch_to.active_element.accessible_name, name)
    page.press(Keys.ENTER)
    wanted = sorted(i for i, h in handlers.items() if name in "; ".join(h["needs"]))
    check("Enter follows it to the handlers that need it", sorted(page.shown()) == wanted, page.js("location.hash"), page.shown())
    nameless = page.js("""[...document.querySelectorAll('button, a[*|href], input, select, summary')].filter(e =>
        !e.textContent.trim() && !e.getAttribute('aria-label') && !(e.labels && e.labels.length)).map(e => e.outerHTML)""")
    check("all that can be used has a name", not nameless, *nameless)
    page.load()
    page.do("document.querySelector('#charts details').open = true; document.querySelector('#charts td a').click()")
    kind = page.js("document.querySelector('#charts td a').textContent")
    check("a name among a chart's numbers leads to its handlers", page.js("location.hash") ==
          "#" + urllib.parse.urlencode({"subsystem": kind}) and 0 < len(page.shown()) < len(handlers), page.js("location.hash"))


def quiet(page):
    check("no message on the console", not (said := page.messages()), *said)
    check("nothing is asked for", not (asked := page.requests()), *asked)


def made_up():
    evil = inventories.hostile(inventory)
    the = evil["handlers"][0]
    evidence = {"schema": "mmapconv-evidence-1", "tree": inventory["tree"]["version"], "handlers": {
        the["id"]: [{"file": the["file"], "line": 1, "text": f"</script>{inventories.EVIL}\n{inventories.IMAGE}\n"}]}}
    path = inventories.report(program, evil, f"{scratch}/hostile", evidence, inventories.PATCH)
    with Page(path) as page:
        page.load({"open": the["id"]})
        text = page.js("document.querySelector('.details').innerText")
        check("markup in names, reasons, sources and patches is text", page.js("typeof window.hacked") == "undefined"
              and text.count(inventories.EVIL) >= 3 and inventories.IMAGE in text and "`a`**b** &lt; [l](http://x)" in text,
              text[:500])
        page.load({"open": evil["handlers"][2]["id"]})
        text = page.js("document.querySelector('.details').innerText")
        check("so it is in what a boot said", page.js("typeof window.hacked") == "undefined" and "Booted: differs" in text
              and text.count(inventories.IMAGE + inventories.EVIL) >= 2 and "1 value not compared" in text, text[:800])
        check("a boot has its chart and its column", page.js("drawn_charts.length") == 4
              and page.js("rows.filter(row => row.boot === 'differs').length") == 1)
        check("and makes no element", page.js("document.querySelectorAll('img, script').length") == 3)
        quiet(page)
    path = inventories.report(program, inventories.many(inventory, 5000), f"{scratch}/many")
    with Page(path) as page:
        page.load()
        took = page.js("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
        print(f"# 5,000 handlers: {os.path.getsize(path) / 1e6:.1f} MB, {took:.0f} ms")
        check("5,000 handlers are counted, a page of them is shown", page.js("table.rows().count()") == 5000
              and len(page.shown()) == 100, len(page.shown()))
        last = page.js("rows[4321].id")
        page.do("open_handler(arguments[0])", last)
        check("a link finds the page that a handler is on", page.js("open_ids()") == [last])
        quiet(page)


with Page(f"{out}/report/index.html") as window:
    for one in (as_read, filters, rows, keys, looks):
        attempt(one.__name__, one, window)
    took_ms = window.js("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    print(f"# {len(handlers)} handlers: {os.path.getsize(out + '/report/index.html') / 1e6:.1f} MB, {took_ms:.0f} ms")
    attempt("quiet", quiet, window)
attempt("made up", made_up)
