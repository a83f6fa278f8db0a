"""The scorer by taps and keys, as somebody uses it who has never seen it."""

import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import published
import pytest
from attrs import evolve

from massstart import Race, dumps

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed to drive the browser")

BEIJING = {4: ["83", "74", "4"], 8: ["87", "4", "50"], 12: ["53", "78", "4"]}
FINISH = ["4", "78", "13", "100", "26", "112", "38", "131", "87", "53", "83", "50", "46", "74", "103"]
LONG = 60_000


@pytest.fixture(scope="module")
def context(browser: Any) -> Iterator[Any]:
    """One visitor: what the first test has fetched the others need not wait for."""
    opened = browser.new_context(viewport={"width": 820, "height": 1180})
    opened.set_default_timeout(LONG)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def tab(context: Any, address: str) -> Any:
    """The page, opened once: Python starts once for all tests."""
    opened = context.new_page()
    opened.faults = []
    opened.on("pageerror", lambda error: opened.faults.append(str(error)))
    opened.goto(address)
    ready(opened)
    return opened


@pytest.fixture
def page(tab: Any, address: str) -> Iterator[Any]:
    """The page before a race; a fault of its scripts fails the test."""
    tab.set_viewport_size({"width": 820, "height": 1180})
    tab.goto(f"{address}#race")
    if tab.locator("#score").is_visible():
        tab.evaluate("() => document.querySelector('#leave').click()")
    expect(tab.locator("#setup")).to_be_visible()
    yield tab
    assert tab.faults == []


def ready(page: Any) -> None:
    page.wait_for_selector("body[data-ready]", state="attached", timeout=LONG)


def expect(found: Any) -> Any:
    return playwright.expect(found)


def begin(page: Any, starters: str, advance: int = 2) -> None:
    page.fill("#list", starters)
    page.fill("[name=advance] >> nth=0", str(advance))
    page.click("#setup button.strong")
    page.wait_for_selector("#rows tr")


def tap(page: Any, *numbers: str) -> None:
    for number in numbers:
        page.click(f'[data-number="{number}"]')


def stage(page: Any, name: str) -> None:
    page.click(f'#stages button:has-text("{name}")')


def board(page: Any) -> list[list[str]]:
    return [
        [cell.inner_text() for cell in row.query_selector_all("td")] for row in page.query_selector_all("#rows tr.line")
    ]


def more(page: Any) -> None:
    """Show the buttons that print and save."""
    page.evaluate("() => { document.querySelector('#score details').open = true; }")


def saved(page: Any, word: str) -> str:
    more(page)
    with page.expect_download() as caught:
        page.click(f'[data-file="{word}"]')
    return Path(caught.value.path()).read_text("utf-8")


def strips(page: Any) -> list[str]:
    """What stands in each order, place by place."""
    found = []
    for number in range(4):
        page.click(f"#stages button >> nth={number}")
        found.append(" ".join(page.locator("#strip").inner_text().split()))
    return found


def over(page: Any) -> None:
    # What is hidden still says what it said of another race.
    expect(page.locator("#score")).to_be_visible(timeout=LONG)
    expect(page.locator("#left")).to_contain_text("The result", timeout=LONG)


class TestRace:
    def test_the_beijing_semifinal_by_taps_gives_kramer_seventh_and_through(self, page: Any) -> None:
        page.click("#demo")
        page.wait_for_selector("#rows tr")
        for number, order in enumerate(BEIJING.values(), 1):
            stage(page, f"Sprint {number}")
            tap(page, order[0])
            expect(page.locator("#left")).to_contain_text(f"Sprint {number} is not complete")
            assert page.locator("#rows .verdict").count() == 0
            tap(page, *order[1:])
            expect(page.locator("#left")).to_have_text("Provisional; best 8 go on, if all complete the distance")
        stage(page, "Finish")
        tap(page, *FINISH[:6])
        # After six across the line the three with points share what is left.
        expect(page.locator('#rows [data-id="87"] .verdict')).to_have_text("○ open")
        expect(page.locator('#rows [data-id="103"] .verdict')).to_have_text("✕ out")
        tap(page, *FINISH[6:])
        over(page)
        kramer = next(row for row in board(page) if row[1] == "87")
        assert (kramer[0].strip(), kramer[4], kramer[5], kramer[6]) == ("7", "3", "9", "✓ Q")
        page.click('#rows [data-id="87"]')
        expect(page.locator(".more")).to_contain_text("ninth across the line")

    def test_a_correction_a_dead_heat_and_a_fall(self, page: Any) -> None:
        begin(page, "1 Ann NED\n2 Bea NOR\n3 Cleo ITA\n4 Dora\n5")
        stage(page, "Finish")
        tap(page, "1", "3")
        page.click("#tie")
        tap(page, "4")
        # 2 was missed: it goes in behind 1.
        page.click("#strip button >> nth=0")
        tap(page, "2")
        page.click('[data-call="unfinished"]')
        tap(page, "5")
        page.fill("#called input", "9")
        page.press("#called input", "Enter")
        over(page)
        page.click('#rows [data-id="5"]')
        expect(page.locator(".more")).to_contain_text("9 of 16 laps")
        page.click('#rows [data-id="5"]')
        assert [(row[0].strip(), row[1]) for row in board(page)] == [
            ("1", "1"),
            ("2", "2"),
            ("3=", "3"),
            ("3=", "4"),
            ("5", "5"),
        ]
        page.click("#undo")
        page.click("#undo")
        expect(page.locator("#left")).to_have_text("Not in yet: 5")
        page.click("#redo")
        page.click("#redo")
        over(page)
        # A tap on an entered number chooses it, and takes nothing away.
        tap(page, "1")
        expect(page.locator("#strip [aria-pressed=true]")).to_contain_text("1")
        over(page)

    def test_somebody_unknown_is_named_later(self, page: Any) -> None:
        begin(page, "1\n2\n3")
        stage(page, "Finish")
        tap(page, "1")
        page.click("#unknown")
        tap(page, "3")
        expect(page.locator("#left")).to_have_text("Not in yet: 2")
        page.click("#strip button:has-text('?')")
        tap(page, "2")
        over(page)
        assert [row[1] for row in board(page)] == ["1", "2", "3"]

    def test_by_keys(self, page: Any) -> None:
        begin(page, "11\n12\n13")
        stage(page, "Finish")
        for key in ("1", "1", "Enter", "1", "2", "Enter", "=", "1", "3", "Enter"):
            page.keyboard.press(key)
        over(page)
        assert [row[0].strip() for row in board(page)] == ["1", "2=", "2="]
        page.keyboard.press("Backspace")
        expect(page.locator("#left")).to_have_text("Not in yet: 13")
        page.fill("#key", "99")
        page.press("#key", "Enter")
        expect(page.locator("#wrong")).to_contain_text("Nobody wears 99")

    def test_wrong_input_is_said_where_it_was_made_and_the_rest_stays(self, page: Any) -> None:
        begin(page, "1\n2\n3")
        stage(page, "Sprint 1")
        tap(page, "1", "2")
        page.click('[data-call="unfinished"]')
        tap(page, "1")
        page.fill("#called input", "2")
        page.press("#called input", "Enter")
        expect(page.locator("#wrong")).to_contain_text("'1' left the race after 2 laps")
        page.fill("#called input", "5")
        page.press("#called input", "Enter")
        expect(page.locator("#wrong")).to_be_empty()
        # Whoever did not finish cannot be entered at the finish, and whoever has a place did start.
        stage(page, "Finish")
        tap(page, "1")
        expect(page.locator("#wrong")).to_contain_text("1 did not finish: take that back below first")
        page.click('[data-call="did_not_start"]')
        tap(page, "2")
        expect(page.locator("#wrong")).to_contain_text("2 has a place in Sprint 1")
        assert page.locator("#strip button").count() == 0

    def test_after_an_insertion_the_next_number_goes_to_the_end(self, page: Any) -> None:
        begin(page, "1\n2\n3\n4")
        stage(page, "Finish")
        tap(page, "1", "3", "1", "2")
        expect(page.locator("#say")).to_contain_text("put in behind 1, place 2; the next goes to the end")
        tap(page, "4")
        over(page)
        assert [row[1] for row in board(page)] == ["1", "2", "3", "4"]

    def test_laps_that_nobody_knows_keep_the_race_open(self, page: Any) -> None:
        begin(page, "1\n2")
        stage(page, "Finish")
        tap(page, "1")
        page.click('[data-call="unfinished"]')
        tap(page, "2")
        expect(page.locator("#left")).to_contain_text("nobody has counted the laps")
        page.fill("#called input", "7")
        page.press("#called input", "Enter")
        over(page)

    def test_a_reload_in_the_middle_of_a_race_loses_nothing_and_is_painted_before_python_is_there(
        self, page: Any
    ) -> None:
        begin(page, "1 Ann\n2 Bea\n3 Cleo")
        tap(page, "3", "1")
        expect(page.locator('#rows [data-id="3"] td >> nth=4')).to_have_text("3")
        page.wait_for_timeout(300)
        page.reload()
        page.wait_for_selector('#rows [data-id="3"]')
        assert page.locator("body[data-ready]").count() == 0
        assert page.locator("#strip").inner_text().split() == ["1", "3", "2", "1"]
        ready(page)
        tap(page, "2")
        expect(page.locator('#rows [data-id="2"] td >> nth=4')).to_have_text("1")

    def test_a_race_that_is_left_at_once_stays_left_and_keeps_its_last_tap(self, page: Any) -> None:
        begin(page, "1 Ann\n2 Bea\n3 Cleo")
        page.evaluate(
            "() => { document.querySelector('[data-number=\"3\"]').click(); document.querySelector('#leave').click(); }"
        )
        page.wait_for_timeout(1000)
        page.reload()
        expect(page.locator("#setup")).to_be_visible()
        ready(page)
        page.click("#kept button >> nth=0")
        page.wait_for_selector("#rows tr")
        assert page.locator("#strip").inner_text().split() == ["1", "3"]

    def test_who_is_sent_through_is_through_at_once_and_a_shared_last_place_is_said(self, page: Any) -> None:
        begin(page, "1 Ann\n2 Bea\n3 Cleo", advance=1)
        page.click('[data-call="advanced"]')
        tap(page, "3")
        expect(page.locator('#rows [data-id="3"] .verdict')).to_have_text("✓ q")
        stage(page, "Finish")
        tap(page, "1")
        page.click("#tie")
        tap(page, "2", "3")
        expect(page.locator("#doubts li >> nth=0")).to_contain_text("Sprint 1: no skaters named")
        expect(page.locator("#left")).to_have_text("The result: 2 go on, for the last place to do so is shared")

    def test_hostile_names_are_texts(self, page: Any) -> None:
        begin(page, "1 <img src=x onerror=document.title='run'> NED\n2 \u202eEVIL\n3 <b>Bo</b>")
        stage(page, "Finish")
        tap(page, "1", "2", "3")
        over(page)
        assert page.title() == "Mass start scorer"
        assert page.locator("#rows img, #rows b b").count() == 0

    def test_a_start_list_that_cannot_be_is_refused_and_stays(self, page: Any) -> None:
        page.fill("#list", "1 Ann\n1 Bea")
        page.click("#setup button.strong")
        expect(page.locator("#list-said")).to_contain_text("line 2: 1 stands here a second time")
        assert page.input_value("#list") == "1 Ann\n1 Bea"
        page.fill("#list", "1 Ann\n? Bea")
        page.click("#setup button.strong")
        expect(page.locator("#list-said")).to_contain_text("line 2: ? stands for somebody unknown")
        page.set_input_files("#list-file", {"name": "x.json", "mimeType": "application/json", "buffer": b"{"})
        expect(page.locator("#list-said")).to_contain_text("not JSON")

    def test_files_of_a_race(self, page: Any) -> None:
        begin(page, "1 Ann\n2 Bea")
        stage(page, "Finish")
        tap(page, "2", "1")
        over(page)
        more(page)
        for word, said in (
            ("json", '"finish": ["2", "1"]'),
            ("jsonl", '"event": "arrival"'),
            ("csv", "Rnk,Id"),
            ("html", "<!DOCTYPE html>"),
        ):
            with page.expect_download() as caught:
                page.click(f'[data-file="{word}"]')
            assert said in Path(caught.value.path()).read_text("utf-8")
        with page.expect_download() as caught:
            page.click('[data-file="jsonl"]')
        log = Path(caught.value.path()).read_text("utf-8")
        page.click("#leave")
        page.set_input_files(
            "#list-file", {"name": "race.jsonl", "mimeType": "application/jsonl", "buffer": log.encode()}
        )
        over(page)
        assert [row[1] for row in board(page)] == ["2", "1"]

    def test_a_race_comes_back_from_its_files_as_it_was(self, page: Any) -> None:
        begin(page, "1 Ann\n2 Bea\n3 Cleo\n4 Dora\n5 Eve\n6 Fay")
        tap(page, "5", "6")
        page.click("#tie")
        tap(page, "4")
        page.click('[data-call="unfinished"]')
        tap(page, "6")
        stage(page, "Finish")
        tap(page, "2", "1")
        page.click("#tie")
        tap(page, "3")
        page.click("#unknown")
        tap(page, "4")
        page.click('[data-call="disqualified"]')
        tap(page, "4")
        stage(page, "Sprint 2")
        tap(page, "1")
        page.click("#unknown")
        saved(page, "jsonl")
        expect(page.locator("#say")).to_contain_text("whoever is behind it in Sprint 2")
        page.click("#undo")
        whole = strips(page)
        assert whole[-1] == "1 2 2= 1 = 3 4 ? 5 4"
        expect(page.locator("#left")).to_contain_text("Not in yet: 5")
        log = saved(page, "jsonl")
        told = log.replace(
            '"event": "disqualified", "id": "4"', '"event": "disqualified", "id": "4", "reason": "pushed"'
        )
        lines = told.splitlines()
        # An event that is taken back, and whose taking back is taken back, counts.
        back = ['{"event": "revoke", "number": 1}', f'{{"event": "revoke", "number": {len(lines)}}}']
        for text in (told, "\n".join([*lines, *back])):
            page.click("#leave")
            expect(page.locator("#setup")).to_be_visible()
            page.set_input_files("#list-file", {"name": "r.jsonl", "mimeType": "text/plain", "buffer": text.encode()})
            expect(page.locator("#score")).to_be_visible(timeout=LONG)
            assert page.locator("#list-said").inner_text() == ""
            assert strips(page) == whole
            assert '"reason": "pushed"' in saved(page, "jsonl")

    def test_a_race_with_times_is_not_opened_without_them(self, page: Any) -> None:
        race = Race(rulebook="isu-2024", starters=["1", "2"], finish=["2", "1"], times={"2": "7:40.00"}, lapped=["1"])
        for given, said in ((evolve(race, times=()), None), (race, "this race has times")):
            page.set_input_files(
                "#list-file", {"name": "r.json", "mimeType": "application/json", "buffer": dumps(given).encode()}
            )
            if said:
                expect(page.locator("#list-said")).to_contain_text(said)
            else:
                over(page)
                assert [row[1] for row in board(page)] == ["2", "1"]
                more(page)
                page.click("#leave")


class TestOtherViews:
    def test_a_sheet_with_a_misprint(self, page: Any, address: str) -> None:
        path = Path(__file__).parents[2] / "massstart" / "data" / "wc-2025-26-1-men-division-a.json"
        page.goto(f"{address}#check")
        page.set_input_files("#sheet-file", str(path))
        expect(page.locator("#checked h3")).to_contain_text("1 finding")
        expect(page.locator("#checked li").first).to_contain_text("4th is worth 43")
        page.set_input_files("#sheet-file", {"name": "no.csv", "mimeType": "text/csv", "buffer": b"a,b\n1,2\n"})
        expect(page.locator("#check-said")).to_contain_text("no.csv")

    def test_a_sheet_as_spreadsheet_and_in_an_old_encoding(self, page: Any, address: str) -> None:
        lines = [["# rulebook: isu-2024"], ["Rnk", "Nr", "Name", "Country", "Total"], ["1", "5", "Åsa", "SWE", "60"]]
        book = openpyxl.Workbook()
        table = book.create_sheet(index=0)
        for line in lines:
            table.append(line)
        packed = io.BytesIO()
        book.save(packed)
        text = "\n".join(map(";".join, lines))
        page.goto(f"{address}#check")
        for name, content in (("a.xlsx", packed.getvalue()), ("a.csv", text.encode("utf-16"))):
            page.set_input_files("#sheet-file", {"name": name, "mimeType": "application/x", "buffer": content})
            expect(page.locator("#checked h3")).to_contain_text(name, timeout=LONG)
            assert page.locator("#check-said").inner_text() == ""

    def test_an_official_sheet_as_pdf(self, page: Any, address: str) -> None:
        sheets = sorted(published.folder("sheets").glob("*men-division-a.pdf"))
        page.goto(f"{address}#check")
        page.set_input_files("#sheet-file", str(sheets[0]))
        expect(page.locator("#checked h3")).to_contain_text(re.compile("finding|consistent"), timeout=LONG)

    def test_a_club_event_from_the_draw_to_the_overall_ranking(self, page: Any, address: str) -> None:
        page.goto(f"{address}#event")
        page.fill("#event-list", "1 Ann NED\n2 Bea NOR\n3 Cleo ITA\n4 Dora KOR")
        page.fill("#event-form [name=date]", "2026-01-10")
        page.fill("#event-form [name=advance]", "1")
        page.click("#event-form button.strong")
        page.click("text=Draw two semifinals")
        for part in ("Semifinal 1", "Semifinal 2"):
            self.skate(page, address, part)
        page.click("text=Publish the start list of the final")
        self.skate(page, address, "Final")
        expect(page.locator("#event-now h3")).to_contain_text("finished")
        page.click("text=All events")
        page.click("#events-kept button >> nth=0")
        expect(page.locator("#event-now h3")).to_contain_text("finished")

    @staticmethod
    def skate(page: Any, address: str, part: str) -> None:
        line = page.locator("#event-now p", has=page.locator(f"b:text-is('{part} ')"))
        line.get_by_text("Score it").click()
        page.wait_for_selector("#rows tr")
        stage(page, "Finish")
        tap(page, *[button.get_attribute("data-number") for button in page.query_selector_all("#pad button")])
        over(page)
        page.wait_for_timeout(300)
        page.click("#give")
        expect(line).to_contain_text("✓ entered")
        assert page.url == f"{address}#event"

    def test_a_second_screen_follows_by_itself_and_by_a_link(self, page: Any, context: Any, address: str) -> None:
        big = context.new_page()
        big.goto(f"{address}#follow")
        begin(page, "1 Ann\n2 Bea")
        stage(page, "Finish")
        tap(page, "2")
        expect(big.locator("#follow-rows")).to_contain_text("Bea")
        expect(big.locator("#follow-left")).to_have_text("Not in yet: 1")
        more(page)
        page.click("#link")
        expect(page.locator("#say")).to_contain_text("The link to follow")
        linked = context.new_page()
        linked.goto(str(page.get_attribute("#link", "data-address")))
        expect(linked.locator("#follow-rows")).to_contain_text("Bea", timeout=LONG)
        for one in (big, linked):
            one.close()

    def test_it_starts_offline(self, page: Any, context: Any) -> None:
        page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
        page.wait_for_timeout(2000)
        context.set_offline(True)
        try:
            page.reload()
            ready(page)
            page.click("#demo")
            page.wait_for_selector("#rows tr")
        finally:
            context.set_offline(False)


class TestLooks:
    @pytest.mark.parametrize("width", [360, 390, 820, 1280])
    def test_nothing_scrolls_sideways(self, page: Any, address: str, width: int) -> None:
        page.set_viewport_size({"width": width, "height": 844})
        for view in ("", "#event", "#check", "#follow"):
            page.goto(address + view)
            assert page.evaluate("() => document.documentElement.scrollWidth") <= width
        page.goto(address + "#race")
        page.click("#demo")
        page.wait_for_selector("#rows tr")
        tap(page, *BEIJING[4])
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width

    def test_numbers_are_large_enough_to_tap(self, page: Any) -> None:
        page.click("#demo")
        page.wait_for_selector("#rows tr")
        for width, least in ((390, 52), (820, 64)):
            page.set_viewport_size({"width": width, "height": 844})
            heights = [button.bounding_box()["height"] for button in page.query_selector_all("#pad button")]
            assert min(heights) >= least

    def test_axe_finds_nothing_serious_light_or_dark(self, browser: Any, address: str, folder: Path) -> None:
        axe = axe_core(folder.parent)
        # The tool is a script from elsewhere, which the policy of the page would not let in.
        opened = browser.new_context(bypass_csp=True)
        opened.set_default_timeout(LONG)
        page = opened.new_page()
        page.goto(address)
        ready(page)
        serious = in_both_schemes(page, axe)
        page.click("#demo")
        page.wait_for_selector("#rows tr")
        tap(page, *BEIJING[4])
        serious += in_both_schemes(page, axe)
        for view in ("#event", "#check", "#follow"):
            page.goto(address + view)
            serious += in_both_schemes(page, axe)
        assert serious == []
        opened.close()

    def test_the_policy_lets_in_nothing_unsafe_but_webassembly(self, folder: Path) -> None:
        text = (folder / "index.html").read_text("utf-8")
        (policy,) = re.findall('Content-Security-Policy" content="([^"]+)"', text)
        assert re.findall(r"'([\w-]*unsafe[\w-]*)'", policy) == ["wasm-unsafe-eval"]
        assert "http" not in policy
        assert "@STYLE@" not in text
        assert not re.findall(r"<script(?! type=\"module\" src)|style=|\son\w+=", text)


FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")


@pytest.mark.skipif(FIREFOX is None, reason="no firefox is installed to open the scorer in")
def test_the_beijing_semifinal_in_firefox(address: str, tmp_path: Path) -> None:
    subprocess.run(
        ["npm", "install", "--silent", "puppeteer-core@25.16.0"], cwd=tmp_path, check=True, capture_output=True
    )
    shutil.copyfile(Path(__file__).with_name("firefox.mjs"), tmp_path / "firefox.mjs")
    command = ["node", "firefox.mjs", str(FIREFOX), address]
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True, timeout=240)
    assert (done.returncode, done.stderr) == (0, "")
    assert "7|87|Sven Kramer NED|· 3 · ·|3|9|✓ Q" in done.stdout.splitlines()


def axe_core(folder: Path) -> str:
    if not (folder / "package" / "axe.min.js").exists():
        subprocess.run(["npm", "pack", "axe-core@4.11.0", "--silent"], cwd=folder, check=True, capture_output=True)
        subprocess.run(["tar", "xzf", "axe-core-4.11.0.tgz"], cwd=folder, check=True)
    return (folder / "package" / "axe.min.js").read_text("utf-8")


def in_both_schemes(page: Any, axe: str) -> list[Any]:
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found += [(scheme, *one) for one in run_axe(page, axe)]
    return found


def run_axe(page: Any, axe: str) -> list[Any]:
    page.evaluate(axe)
    found = page.evaluate("() => axe.run()")
    return [
        (one["id"], one["nodes"][0]["html"]) for one in found["violations"] if one["impact"] in ("serious", "critical")
    ]


def test_the_page_is_within_its_budget(folder: Path) -> None:
    make_scorer = sys.modules["make_scorer"]
    total = sum(packed for _, packed in make_scorer.weights(folder).values())
    assert total <= make_scorer.BUDGET


def test_the_service_worker_keeps_every_file_of_the_first_visit(folder: Path) -> None:
    (names,) = re.findall(r"const FILES = \[(.*)\];", (folder / "sw.js").read_text("utf-8"))
    listed = json.loads(f"[{names}]")
    assert all((folder / name).exists() for name in listed if name != "./")
    assert {"pyodide/pyodide.asm.wasm", "rules.zip", "worker.js", "app.js"} <= set(listed)
    assert "massstart-" in (folder / "sw.js").read_text("utf-8")
