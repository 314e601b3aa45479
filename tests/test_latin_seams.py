"""Latin at a seam: a blank between words, none inside one, and the hyphen of a cut goes."""

from __future__ import annotations

import pytest

import fixnews
from fixnews.filters import Selection
from fixnews.layout.latin_seams import glue

SEAMS = [
    ("请教了Intel-|ligent Design室", "Intelligent"),
    ("装Windows|10上", "Windows 10"),
    ("师J.|Larsen之", "J. Larsen"),
    ("师J. R.|Tolkien之", "R. Tolkien"),
    ("师J.R.|Tolkien之", "J.R. Tolkien"),
    ("家André|Fournier共", "André Fournier"),
    ("高效TO|PCon组", "TOPCon"),
    ("COVID-|19仍", "COVID-19"),
    ("Morning|Post，", "Morning Post"),
    ("写信到open@exam|ple.org", "open@example.org"),
    ("写信到open@|example.org", "open@example.org"),
    ("写信到open|@example.org", "open@example.org"),
    ("写信到zhang.san|@example.com", "zhang.san@example.com"),
    ("网址www.exam|ple.org", "www.example.org"),
    ("网址www.example.|org", "www.example.org"),
    ("网址https://www.a-|b.com/x", "https://www.a-b.com/x"),
    ("网址https://|a.com/x", "https://a.com/x"),
    ("网址https://a.com/ab|cd/e", "https://a.com/abcd/e"),
    ("网址http://a.com/a-|b", "http://a.com/a-b"),
    ("网址www.a.cn|查", "www.a.cn查"),
    ("Wi-|Fi网", "Wi-Fi"),
    ("Coca-|Cola公", "Coca-Cola"),
    ("Sustain-|able发", "Sustainable"),
    ("Inter\u00ad|national", "International"),
    ("Inter\u2010|national", "International"),
    ("long-|term", "long-term"),
    ("know-|how", "know-how"),
    ("non-|stop", "non-stop"),
    ("e-|mail", "e-mail"),
    ("state-of-the-|art", "state-of-the-art"),
    ("Blue|tooth和", "Bluetooth"),
    ("iPhone|15手", "iPhone 15"),
    ("Mate 60|Pro手", "60 Pro"),
    ("i|Phone手", "iPhone"),
    ("5|G网", "5G"),
    ("10|km", "10km"),
    ("G|20峰", "G20"),
    ("PM|2.5", "PM2.5"),
    ("MP|3", "MP3"),
    ("OL|ED屏", "OLED"),
    ("AI|GC技", "AIGC"),
    ("F-|16", "F-16"),
    ("You|Tube上", "YouTube"),
    ("Museum|of Art", "Museum of"),
    ("20|21年", "2021"),
    ("3.|5万", "3.5"),
    ("12,|000", "12,000"),
    ("Mr.|Smith", "Mr. Smith"),
    ("A4|B5", "A4B5"),
    ("Johnson &|Johnson", "& Johnson"),
    ("Johnson|& Johnson", "Johnson &"),
    ("R&|D投", "R&D"),
    ("AT|&T公", "AT&T"),
    ("GDP|增长", "GDP增长"),
    ("Chat|GPT模", "ChatGPT"),
    ("Deep|Seek模", "DeepSeek"),
    ("Open|AI公", "OpenAI"),
    ("Harvard|University", "Harvard University"),
    ("Email:|a@b.com", "Email: a@b.com"),
    ("Tesla Model|3电", "Model 3"),
    ("Tesla|Model", "Tesla Model"),
    ("iP|hone", "iPhone"),
    ("Photo|shop", "Photoshop"),
    ("Karl-|Heinz", "Karl-Heinz"),
    ("pro-|ject", "project"),
    ("re-|port", "report"),
    ("com-|puter", "computer"),
]


@pytest.mark.parametrize(("seam", "closed"), SEAMS, ids=[seam for seam, _ in SEAMS])
def test_what_stands_in_the_seam(seam: str, closed: str) -> None:
    """Where | stands, a line ends and the next one begins."""
    left, right = seam.split("|")
    told = glue(left, right)
    assert closed in left[: len(left) - told.cut] + told.blank + right


ON_THE_PAGE = [
    ("Blu-|ray碟片", "Blu-ray碟片", "早先的Blu-ray碟片"),
    ("Blu-|ray碟片", "Bluray碟片", "早先的Bluray碟片"),
    ("Deep|Mind公司", "DeepMind公司", "说起DeepMind，"),
    ("Deep|Mind公司", "Deep Mind公司", "说起Deep Mind，"),
]


@pytest.mark.parametrize(("seam", "closed", "page"), ON_THE_PAGE)
def test_the_page_knows_best(seam: str, closed: str, page: str) -> None:
    left, right = seam.split("|")
    told = glue(left, right, page)
    assert left[: len(left) - told.cut] + told.blank + right == closed


PAGE = (
    "　　记者获悉，新馆的展签采用中英文对\n照，年轻的讲解员特意请教了{}\n{}工作室，花\n"
    "了三个星期才把几百条说明全部改完，又\n请退休教师逐条核对。\n"
)
WHOLE = [
    ("Intel-", "ligent Design", "Intelligent Design"),
    ("Intel\u00ad", "ligent Design", "Intelligent Design"),
    ("Intel\u2010", "ligent Design", "Intelligent Design"),
    ("J.", "Larsen", "J. Larsen"),
    ("Windows", "10", "Windows 10"),
]


@pytest.mark.parametrize(("end", "begin", "whole"), WHOLE)
def test_a_page_keeps_its_words(end: str, begin: str, whole: str) -> None:
    done = fixnews.fix(PAGE.format(end, begin), selection=Selection(select=("BRK",)))
    assert f"请教了{whole}工作室" in done.text
    assert fixnews.fix(done.text, selection=Selection(select=("BRK",))).text == done.text
