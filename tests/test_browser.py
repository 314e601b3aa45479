"""Proofreading in the browser: its doors, who may come in, what is told, and what is refused."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from fixnews.browser.doors import ASSETS, House, house_of
from fixnews.browser.guard import HEADERS, Guard, new_token
from fixnews.browser.room import Room, Steps
from fixnews.commands.job import Job
from fixnews.commands.review import review_of
from fixnews.config import Config
from fixnews.own_lists import allow, teach
from fixnews.review import Answers
from fixnews.review.sitting import Sitting
from fixnews.tongues import TAGS
from tests.toy import CHAIN

PORT, TOKEN = 8080, "a-token-of-a-test"
ADDRESS = f"http://127.0.0.1:{PORT}"

FIRST = "喜迎党代会,奋进新征程,经\n济稳注。\n待续◇。\n"
SECOND = "第二页,好\n◆归来的话\n"
"""For the toy chain: three commas, a join, a suggestion, a note, and a jump from page to page."""


class Reader:
    """Somebody in front of a browser."""

    def __init__(self, folder: Path, house: House) -> None:
        self.folder, self.house, self.room = folder, house, house.room
        self.client = TestClient(house_of(house), base_url=ADDRESS)

    def ask(self, path: str) -> Any:
        return self.client.get(f"/{TOKEN}/{path}").json()

    def send(self, path: str, **said: Any) -> Any:
        told = self.client.post(f"/{TOKEN}/{path}", json=said)
        return {"status": told.status_code, **told.json()}

    def page(self, number: int = 0) -> Any:
        return self.ask(f"pages/{number}")

    def mark(self, code: str, number: int = 0) -> Any:
        return next(mark for mark in self.page(number)["marks"] if mark["code"] == code)

    def answer(self, mark: Any, verdict: str, **more: Any) -> Any:
        about = [{"id": mark["id"], "was": mark["standing"]}]
        return self.send("answer", about=about, verdict=verdict, **more)

    def series(self, code: str) -> Any:
        return next(one for one in self.ask("overview")["series"] if one["code"] == code)

    def on_disk(self) -> set[str]:
        """The verdicts in the files of answers: what the terminal would find."""
        found = Answers([self.folder / "A1.txt", self.folder / "A2.txt"]).given.values()
        return {f"{answer.code} {answer.verdict}" for answer in found}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("fixnews.filters.CHAIN", CHAIN)
    monkeypatch.setenv("FIXNEWS_STATE", str(tmp_path / ".state"))
    (tmp_path / "A1.txt").write_text(FIRST, "utf-8")
    (tmp_path / "A2.txt").write_text(SECOND, "utf-8")
    return tmp_path


def seated(folder: Path, *, kept: int = 0) -> Reader:
    config = Config(allow_list=folder / "fixnews-allow.txt")
    paths = [folder / "A1.txt", folder / "A2.txt"]
    sitting = Sitting([review_of(paths, Answers(paths), Job(config=config))])
    steps = Steps(
        lambda passage: allow(config, passage),
        lambda wrong, right: teach(config, wrong, right),
        lambda: {"went": "well", "run": "1"},
    )
    room = Room(sitting, steps, kept)
    return Reader(folder, House(room, Guard(TOKEN, PORT), lambda: None, patience=60))


@pytest.fixture
def reader(folder: Path) -> Reader:
    return seated(folder)


def test_the_overview_has_series_pages_and_totals(reader: Reader) -> None:
    told = reader.ask("overview")
    assert told["totals"] == {"all": 6, "open": 6}
    assert [(one["code"], one["count"], one["pages"]) for one in told["series"]] == [
        ("PUN101", 3, 2), ("BRK101", 1, 1), ("JMP101", 1, 2), ("OCR101", 1, 1),
    ]  # fmt: skip
    assert [(page["path"][-6:], page["open"]) for page in told["pages"]] == [
        ("A1.txt", 4), ("A2.txt", 2),
    ]  # fmt: skip


def test_examples_stand_in_their_line(reader: Reader) -> None:
    example = reader.series("OCR101")["examples"][0]
    assert [example[key] for key in ("left", "before", "after", "right")] == [
        "济稳", "注", "定", "。",
    ]  # fmt: skip


def test_a_page_has_its_text_and_offsets_in_characters(folder: Path) -> None:
    (folder / "A1.txt").write_text("𠮷田镇,好\n", "utf-8")
    page = seated(folder).page()
    (mark,) = page["marks"]
    assert page["text"][mark["start"] : mark["end"]] == mark["before"] == ","
    assert mark["start"] == 3


def test_both_ends_of_a_move_know_each_other(reader: Reader) -> None:
    passage = next(mark for mark in reader.page(1)["marks"] if mark["to"])
    (landing,) = reader.page(0)["landings"]
    assert (landing["id"], landing["page"], landing["before"]) == (passage["id"], 1, "归来的话")
    assert passage["to"] == {"page": 0, "at": landing["at"]}
    assert reader.answer(landing, "accept")["status"] == 200


@pytest.mark.parametrize("verdict", ["accept", "reject"])
def test_an_answer_is_on_the_disk_when_it_is_taken(reader: Reader, verdict: str) -> None:
    told = reader.answer(reader.mark("OCR101"), verdict)
    assert (told["status"], told["done"], told["revision"]) == (200, 1, 1)
    assert reader.on_disk() == {f"OCR101 {verdict}"}
    assert reader.ask("overview")["totals"]["open"] == 5


def test_a_series_is_answered_as_one(reader: Reader) -> None:
    commas = reader.series("PUN101")
    assert reader.send("series", name=commas["name"], verdict="reject", still=3)["done"] == 3
    assert reader.series("PUN101")["standing"] == {"reject": 3}
    assert reader.on_disk() == {"PUN101 reject"}


def test_alike_are_answered_with_one(reader: Reader) -> None:
    comma = reader.mark("PUN101")
    told = reader.send("alike", id=comma["id"], was="open", verdict="accept")
    assert told["done"] == 3


def test_a_jump_is_answered_whole(reader: Reader) -> None:
    passage = next(mark for mark in reader.page(1)["marks"] if mark["to"])
    reader.answer(passage, "accept")
    marks = [mark for page in (0, 1) for mark in reader.page(page)["marks"]]
    assert {m["standing"] for m in marks if m["code"] == "JMP101"} == {"accept"}
    assert reader.series("JMP101")["standing"] == {"accept": 1}


def test_what_is_typed_takes_the_line_ends_of_the_page(folder: Path) -> None:
    (folder / "A1.txt").write_bytes(FIRST.replace("\n", "\r\n").encode())
    reader = seated(folder)
    reader.answer(reader.mark("OCR101"), "edit", text="定，\n好")
    mark = reader.mark("OCR101")
    assert (mark["standing"], mark["typed"]) == ("edit", "定，\r\n好")
    texts = reader.room.sitting.reviews[0].result().texts
    assert "稳定，\r\n好。" in texts[0]


def test_undo_takes_the_last_answer_back_and_the_one_before_holds(reader: Reader) -> None:
    reader.answer(reader.mark("OCR101"), "accept")
    reader.answer(reader.mark("BRK101"), "reject")
    assert reader.send("undo", revision=2)["done"] is True
    assert reader.on_disk() == {"OCR101 accept"}
    assert reader.send("undo", revision=3)["done"] is True
    assert reader.send("undo", revision=4)["done"] is False


STALE = [
    ("answer", {"about": [{"id": "0.1.2.nothing", "was": "open"}], "verdict": "accept"}, "gone"),
    ("series", {"name": "nothing", "verdict": "accept", "still": 1}, "gone"),
    ("undo", {"revision": 7}, "meanwhile undo"),
]


@pytest.mark.parametrize(("door", "said", "problem"), STALE)
def test_what_was_never_there_is_refused(
    reader: Reader, door: str, said: dict[str, Any], problem: str
) -> None:
    told = reader.send(door, **said)
    assert (told["status"], told["problem"], told["revision"]) == (409, problem, 0)
    assert reader.on_disk() == set()


def test_who_comes_second_is_refused_and_told_what_was_said(reader: Reader) -> None:
    seen, commas = reader.mark("OCR101"), reader.series("PUN101")
    reader.answer(seen, "reject")
    told = reader.answer(seen, "accept")
    assert (told["status"], told["problem"]) == (409, "meanwhile")
    assert told["facts"] == {"standing": "reject"}
    assert reader.on_disk() == {"OCR101 reject"}
    reader.answer(reader.mark("PUN101"), "accept")
    told = reader.send("series", name=commas["name"], verdict="reject", still=commas["count"])
    assert (told["status"], told["facts"]) == (409, {"open": "2"})
    assert reader.send("undo", revision=1)["problem"] == "meanwhile undo"


REFUSED = [
    ("answer", {"verdict": "accept"}, 400, "request", "nothing is named"),
    ("answer", {"about": [], "verdict": "delete"}, 409, "verdict", "no such answer"),
    ("series", {}, 400, "request", "no series is named"),
    ("allow", {"passage": "两\n行"}, 409, "entry", "an entry is one line"),
    ("allow", {"passage": ""}, 409, "entry", "an empty entry allows everything"),
    ("teach", {"wrong": "稳注", "right": ""}, 409, "entry", "nothing is not a word"),
]


@pytest.mark.parametrize(("door", "said", "status", "problem", "why"), REFUSED)
def test_what_makes_no_sense_is_refused(  # noqa: PLR0917
    reader: Reader, door: str, said: dict[str, Any], status: int, problem: str, why: str
) -> None:
    told = reader.send(door, **said)
    assert (told["status"], told["problem"]) == (status, problem), why
    assert not (reader.folder / "fixnews-allow.txt").exists()


def test_a_passage_that_moves_has_no_other_text(reader: Reader) -> None:
    passage = next(mark for mark in reader.page(1)["marks"] if mark["to"])
    assert reader.answer(passage, "edit", text="别的")["problem"] == "moves"


def test_own_lists_are_those_of_the_command_line(reader: Reader) -> None:
    assert reader.send("allow", passage="会,奋")["status"] == 200
    assert (reader.folder / "fixnews-allow.txt").read_text("utf-8") == "会,奋\n"
    assert reader.send("teach", wrong="稳注", right="稳定")["status"] == 200
    assert (reader.folder / "fixnews-words.tsv").read_text("utf-8") == "稳注\t稳定\n"


def test_a_sitting_after_another_has_its_answers(folder: Path) -> None:
    seated(folder).answer(seated(folder).mark("OCR101"), "accept")
    again = seated(folder, kept=1)
    assert again.ask("overview")["kept"] == 1
    assert again.mark("OCR101")["standing"] == "accept"
    again.send("begin", go_on=False)
    assert again.ask("overview")["kept"] == 0
    assert again.mark("OCR101")["standing"] == "open"


QUEUES = [
    ("", ["PUN101", "PUN101", "BRK101", "OCR101", "PUN101", "JMP101"]),
    ("?order=doubt", ["OCR101", "JMP101", "BRK101", "PUN101", "PUN101", "PUN101"]),
    ("?scope=page&which=1", ["PUN101", "JMP101"]),
]


@pytest.mark.parametrize(("wanted", "codes"), QUEUES)
def test_what_is_asked_next(reader: Reader, wanted: str, codes: list[str]) -> None:
    assert [one["code"] for one in reader.ask(f"queue{wanted}")["done"]] == codes


def test_search_finds_names_and_text(reader: Reader) -> None:
    (name,) = reader.ask("find?text=a2.TXT")
    assert (name["page"], name["at"]) == (1, -1)
    (hit,) = reader.ask("find?text=经")
    assert (hit["left"], hit["text"], hit["right"][:2]) == ("喜迎党代会,奋进新征程,", "经", "\n济")
    assert reader.ask("find?text=") == []


def test_a_picture_of_the_page_s_name_is_its_scan(folder: Path) -> None:
    (folder / "A1.png").write_bytes(b"\x89PNG")
    reader = seated(folder)
    assert [sheet["picture"] for sheet in reader.page(0)["sheets"]] == [True]
    assert reader.client.get(f"/{TOKEN}/scans/0/0").content == b"\x89PNG"
    assert [sheet["picture"] for sheet in reader.page(1)["sheets"]] == [False]
    for nowhere in ("1/0", "0/1", "7/0"):
        assert reader.client.get(f"/{TOKEN}/scans/{nowhere}").status_code == 404


def test_a_word_that_a_recogniser_read_is_framed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIXNEWS_STATE", "")
    sample = Path(__file__).parent.parent / "samples" / "formats" / "A1.hocr"
    sitting = Sitting([review_of([sample], Answers([sample]), Job())])
    room = Room(sitting, Steps(str, lambda a, b: a + b, dict))
    client = TestClient(house_of(House(room, Guard(TOKEN, PORT), lambda: None, 60)), ADDRESS)
    page = client.get(f"/{TOKEN}/pages/0").json()
    (sheet,) = page["sheets"]
    for mark in page["marks"]:
        for frame in mark["boxes"]:
            left, top, right, bottom = frame["box"]
            assert 0 <= left < right <= sheet["width"]
            assert 0 <= top < bottom <= sheet["height"]
    assert any(mark["boxes"] for mark in page["marks"])


GUESTS = [
    ("GET", "/", {}, 404, "no token"),
    ("GET", "/another-token/", {}, 404, "another token"),
    ("GET", f"/{TOKEN}/", {"host": f"paper.example:{PORT}"}, 421, "another name for this machine"),
    ("GET", f"/{TOKEN}/", {"host": "127.0.0.1:1"}, 421, "another port"),
    ("POST", f"/{TOKEN}/undo", {"origin": "https://paper.example"}, 403, "another page's script"),
    ("POST", f"/{TOKEN}/undo", {"content-type": "text/plain"}, 403, "what any page may send"),
    ("POST", f"/{TOKEN}/undo", {"sec-fetch-site": "cross-site"}, 403, "its browser says so"),
    ("GET", f"/{TOKEN}/assets/../doors.py", {}, 404, "out of the assets"),
    ("GET", f"/{TOKEN}/pages/9", {}, 404, "no such page"),
    ("DELETE", f"/{TOKEN}/undo", {"content-type": "application/json"}, 405, "no such deed"),
]


@pytest.mark.parametrize(("method", "path", "headers", "status", "why"), GUESTS)
def test_who_is_not_let_in(  # noqa: PLR0917
    reader: Reader, method: str, path: str, headers: dict[str, str], status: int, why: str
) -> None:
    sent = {"content-type": "application/json", **headers} if method == "POST" else headers
    told = reader.client.request(method, path, headers=sent, content=b'{"revision": 0}')
    assert told.status_code == status, why
    assert told.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]
    assert "access-control-allow-origin" not in told.headers


def test_a_page_of_ours_may_send(reader: Reader) -> None:
    ours = {"origin": ADDRESS, "sec-fetch-site": "same-origin"}
    told = reader.client.post(f"/{TOKEN}/undo", json={"revision": 0}, headers=ours)
    assert told.status_code == 200


def test_tokens_are_long_and_never_the_same() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert min(map(len, tokens)) >= 32


def told_until(house: House, wanted: str, doing: Any) -> list[str]:
    """What a browser hears while something is done, up to the event that is waited for."""

    async def hear() -> list[str]:
        heard = []
        async for event in house.tell():
            heard.append(
                event.split("\n")[0].removeprefix("event: ") + event.split("data:")[1].strip()
            )
            if len(heard) == 1:
                await house.work(doing)
            if heard[-1].startswith(wanted):
                break
        return heard

    return asyncio.run(hear())


def test_another_browser_hears_of_an_answer(reader: Reader) -> None:
    mark = reader.mark("OCR101")
    about = [{"id": mark["id"], "was": "open"}]
    heard = told_until(reader.house, "revision1", lambda: reader.room.answer(about, "accept"))
    assert heard == ["revision0", "revision1"]


def test_another_browser_hears_of_the_end(reader: Reader) -> None:
    heard = told_until(reader.house, "ended", lambda: reader.room.end(write=False))
    assert heard == ["revision0", 'ended"quit"']


def test_a_sitting_ends_when_nobody_watches(reader: Reader) -> None:
    ended: list[bool] = []
    house = House(reader.room, Guard(TOKEN, PORT), lambda: ended.append(True), patience=0)
    asyncio.run(house.until_nobody_watches())
    assert (ended, reader.room.ended) == ([True], "quit")


WORDS = json.loads((ASSETS / "words.en.json").read_text("utf-8"))
SCRIPTS = {path.name: path.read_text("utf-8") for path in ASSETS.glob("*.js")}


def test_every_word_is_in_the_one_file_of_words() -> None:
    page = (ASSETS / "sitting.html").read_text("utf-8")
    named = set(re.findall(r'data-word(?:-\w+)?="([^"]+)"', page))
    for script in SCRIPTS.values():
        named |= set(re.findall(r'say\("([^"]+)"', script))
    assert named <= WORDS.keys()
    refused = {problem for *_, problem in STALE} | {problem for *_, problem, _ in REFUSED}
    assert {f"problem.{name}" for name in refused} <= WORDS.keys()


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_text_is_ever_markup_and_nothing_comes_from_elsewhere(name: str) -> None:
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", SCRIPTS[name]
    )
    assert not re.search(r"https?://", SCRIPTS[name])


@pytest.mark.parametrize("tag", TAGS[1:])
def test_the_words_of_every_language_have_the_same_names_and_holes(tag: str) -> None:
    there = json.loads((ASSETS / f"words.{tag}.json").read_text("utf-8"))
    holes = re.compile(r"{\w+}")
    assert there.keys() == WORDS.keys()
    assert all(
        sorted(holes.findall(there[name])) == sorted(holes.findall(text))
        for name, text in WORDS.items()
    )
    untold = {name for name, text in WORDS.items() if text and there[name] == text}
    assert untold == {"card.confidence", "problem.error"}, "these are figures and what others said"
