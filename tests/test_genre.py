"""What a text is as a whole: newspaper text, another language, or data, code and markup."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fixnews
from fixnews.filters import Context
from fixnews.islands.genre import Genre, genre
from fixnews.pipeline import threshold

G = Genre

STORY = (
    "渡口通了汽车\n本报讯(通讯员 林晓)昨日,连接两岸的浮桥正式通车,赶集的农民不用再等渡船了。\n"
    "据介绍:这座浮桥长120米,宽4米,可以通过5吨以下的车辆;两头设有专人看守。\n"
)

DATA = {
    "an object": ('{"标题": "渡口通车", "版": 2}', G.JSON),
    "a list over several lines": ('[\n  {"村": "上渡"},\n  {"村": "下渡"}\n]\n', G.JSON),
    "an object a line, the last one cut off": (
        '{"id": 1, "文": "浮桥通车。"}\n' * 12 + '{"id": 13, "文": "浮',
        G.JSON,
    ),
    "with remarks and a comma too many": (
        '{\n  // 版面\n  "name": "要闻",\n  "pages": [\n    1,\n    2,\n  ],\n}\n',
        G.JSON,
    ),
    "commas, a head and a column of figures": (
        "村名,户数,人口\n上渡,120,533\n下渡,88,402\n",
        G.TABLE,
    ),
    "two columns below a head": ("村名,户数\n上渡,120\n下渡,88\n", G.TABLE),
    "quoted cells that hold commas and lines": (
        '"日期","正文"\n"1987-05-02","浮桥,\n通车"\n"1987-05-03","春耕"\n',
        G.TABLE,
    ),
    "a head of identifiers": ("label,text\n体育,昨日开赛\n要闻,今日开会\n", G.TABLE),
    "tabs": ("站名\t水位\n上渡\t12.4\n下渡\t11.9\n", G.TABLE),
    "semicolons": ("品种;单价;产地\n稻种;1.20;上渡\n豆种;0.85;下渡\n", G.TABLE),
    "bars": ("id|标题|版\n3|渡口通车|2\n4|春耕|1\n", G.TABLE),
    "elements of its own": ('<news page="2" title="浮桥,通车"/>\n', G.XML),
    "a document in a corpus": ("<doc>\n<url>a.cn/1</url>\n浮桥昨日通车。\n</doc>\n", G.XML),
    "a declaration": ('<?xml version="1.0"?>\n<TEI><p>浮桥通车。</p></TEI>', G.XML),
    "ALTO": ('<alto>\n<String CONTENT="浮" HPOS="3"/>\n<SP/>\n</alto>', G.XML),
    "hOCR": ("<html><body><span class='ocrx_word'>浮桥</span></body></html>", G.HOCR),
    "SubRip": (
        ("1\n00:00:02,100 --> 00:00:04,000\n浮桥通车了。\n\n"
        "2\n00:00:05,000 --> 00:00:06,000\n好！\n"),
        G.SUBTITLES,
    ),
    "WebVTT": ("WEBVTT\n\n00:02.100 --> 00:04.000\n浮桥通车了。\n", G.SUBTITLES),
    "lyrics with times": ("[ar:佚名]\n[00:12.50]河水清又清\n[00:17.02]渡船慢慢行\n", G.SUBTITLES),
    "lines with times to the second": (
        "1999-04-02 08:00:01 INFO 读入第2版,共88行\n1999-04-02 08:00:03 WARN 缺少 A4\n",
        G.LOG,
    ),
    "what an editor made of two versions": (
        "--- a/A2.txt\n+++ b/A2.txt\n@@ -1,2 +1,2 @@\n 渡口\n-浮桥通车,赶集\n+浮桥通车，赶集\n",
        G.DIFF,
    ),
    "messages of a program": ('#: ui.c:3\nmsgid "Open"\nmsgstr "打开"\n', G.CATALOGUE),
    "a whole document of LaTeX": (
        "\\documentclass{ctexart}\n\\begin{document}\n\\section{渡口}\n浮桥昨日通车。\n\\end{document}\n",
        G.LATEX,
    ),
    "an article of a wiki": (
        ("{{地点|名称=上渡}}\n'''上渡'''是[[下渡]]对岸的[[村庄|村子]]。\n\n"
        "== 历史 ==\n建于[[1620年]]。\n"),
        G.WIKI,
    ),
    "packages with versions": ("numpy>=1.26,<3\n# 排版用\njieba==0.42\nrich\n", G.REQUIREMENTS),
    "targets and recipes": ("all: out\n\nout: in\n\tcp in out\n\techo '完成,退出'\n", G.MAKEFILE),
    "sections and keys": ("[版面]\n名称=要闻\n数量=8\n; 每周一换\n字体=宋体\n", G.SETTINGS),
    "tables of TOML": ('title = "要闻"\n\n[pages]\nnames = ["头版", "二版"]\n', G.SETTINGS),
    "keys of a program": ("menu.open=打开,浏览\nmenu.close=关闭\n", G.SETTINGS),
    "keys, lists and a block of text": (
        ("title: 渡口\ntags:\n  - 交通\n  - 水利\n"
        "body: |\n  浮桥昨日通车,赶集的\n  农民不用等船。\n"),
        G.YAML,
    ),
    "a prompt": ("$ cat 二版.txt\n浮桥昨日通车。\n$ wc -l 二版.txt\n1 二版.txt\n", G.SHELL),
    "a host's prompt": ("li@desk:~$ ls\nA1.txt  A2.txt\n", G.SHELL),
    "statements": ("INSERT INTO news VALUES (3, '渡口通车', '浮桥,昨日');\n", G.SQL),
    "a table's columns": (
        "CREATE TABLE `news` (\n  `id` int COMMENT '编号',\n  `t` text\n);\n",
        G.SQL,
    ),
    "Python": (
        'def area(r):\n    """面积,平方米"""\n    return 3.14 * r\n\nprint(area(2), "平方米")\n',
        G.CODE,
    ),
    "JavaScript": (
        ("// 取版面\nconst page = pages.find(p => p.name === '要闻');\n"
        "if (!page) {\n  show('没有这一版,请重试');\n}\n"),
        G.CODE,
    ),
    "C": (
        ('#include <stdio.h>\n\nint main(void) {\n    printf("浮桥,通车\\n"); /* 打印 */\n'
        "    return 0;\n}\n"),
        G.CODE,
    ),
    "a script of the shell": ('#!/bin/sh\nfor f in *.txt; do\n  echo "处理,$f"\ndone\n', G.CODE),
    "one line": ('console.log("浮桥,通车");', G.CODE),
}  # fmt: skip

PAGES = {
    "half-width marks": STORY,
    "half-width marks in narrow lines": re.sub("(.{9})", r"\1\n", STORY),
    "one line of JSON below a story": STORY * 3 + '{"page": 2}\n',
    "a number in brackets": "[3]",
    "verse with half-width commas": "白日依山尽,黄河入海流。\n欲穷千里目,更上一层楼。\n",
    "headlines of two halves": "浮桥通车,农民欢喜\n春耕开始,种子下乡\n水库蓄水,鱼苗入池\n",
    "an enumeration": "1,浮桥昨日通车\n2,种子已经下乡\n3,水库开始蓄水\n",
    "prices among prose": STORY + "上渡,1.20,0.3\n下渡,1.35,0.1\n" + STORY,
    "results of matches": "上渡队 3:1 下渡队\n南坪队 2:2 北坪队\n(昨晚19:35结束)\n",
    "times of a programme": "19:00 新闻\n19:35 天气\n20:02 电视剧《渡口》\n",
    "a menu": "今日菜单: 豆腐 1.20 | 鱼 3.50 | 汤 0.80\n" + STORY,
    "credits": "责编: 林晓 | 美编: 何青 | 校对: 方明\n" * 2 + STORY,
    "keys with Chinese names": "地点: 上渡\n时间: 昨日\n人物: 林晓\n",
    "decorated headings": f"===要闻===\n{STORY}===社会===\n{STORY}",
    "bracketed headings": f"[本报讯] 浮桥通车\n[图片] 渡口\n{STORY}",
    "columns read across, with a tab": (
        "浮桥昨日通车，赶集的\t种子公司把良种送到了\n农民不用再等渡船，他\t田头，价格比门市部便\n"
    ),
    "OCR that reads rules as signs": (
        "|浮桥{昨日;通车\n=赶集}的[农民\n<不用,再等/渡船\n_他们:都*很#高兴\n"
    ),
    "a page of HTML": (
        "<!DOCTYPE html>\n<html>\n<body>\n<h1>渡口</h1>\n<p>浮桥通车。</p>\n</body></html>"
    ),
    "a fragment of HTML": '<p class="lead">浮桥昨日通车。</p>',
    "Markdown with code": (
        "# 渡口\n\n浮桥昨日通车。\n\n```python\nx = 1\nprint(x)\ny = 2\nprint(y)\n```\n"
    ),
    "Markdown below a head of YAML": (
        "---\ntitle: ferry\ndate: 1987-05-02\ntags: []\n---\n浮桥通车。\n"
    ),
    "a table of Markdown": "| 村 | 户 |\n| --- | --- |\n| 上渡 | 120 |\n| 下渡 | 88 |\n",
    "formulas in prose": "圆的面积为$S=\\pi r^2$，周长为$C=2\\pi r$。\n",
    "a line of English": "他说：“The bridge (120 m) is open;”大家都笑了。\n",
    "kana in a title": "电影《おくりびと》昨日在本市上映，观众说很感动，散场后久久不愿离去。\n",
    "gap marks only": "□□□□□□\n",
    "nothing": "",
}  # fmt: skip

OTHERS = {
    "English": "The bridge (120 m) is open; ferries stop. See page 3:\nfares, times and rules.\n",
    "English with colons": "Opening hours: 9 to 5\nClosed: Mondays\nFares: 10 cents\n",
    "Japanese": "これは春の新しい特集です。読者の皆さんからの手紙を待っています。",
    "Korean": "한국의 봄 축제가 다음 주에 열립니다. 漢字도 있습니다.",
    "Russian": "Мост открыт, паром больше не ходит.\n",
    "GBK read as Latin-1": "浮桥昨日通车，赶集的农民".encode("gbk").decode("latin-1"),
}


@pytest.mark.parametrize(("text", "form"), DATA.values(), ids=DATA.keys())
def test_data_code_and_markup(text: str, form: Genre) -> None:
    assert genre(text) is form


@pytest.mark.parametrize("text", PAGES.values(), ids=PAGES.keys())
def test_what_a_newspaper_prints_is_newspaper_text(text: str) -> None:
    assert genre(text) is G.PAGE


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS.keys())
def test_text_without_chinese(text: str) -> None:
    assert genre(text) is G.OTHER_LANGUAGE


@pytest.mark.parametrize("break_", ["\r\n", "\r"])
@pytest.mark.parametrize("name", ["SubRip", "C", "tabs", "sections and keys"])
def test_the_line_break_does_not_matter(name: str, break_: str) -> None:
    text, form = DATA[name]
    assert genre(text.replace("\n", break_)) is form


@pytest.mark.parametrize(
    ("text", "name", "form"),
    [
        ("地点,雨势\n上渡,暴雨\n下渡,中雨\n", "雨.csv", G.TABLE),
        ("标题: 渡口\n日期: 昨日\n", "头版.yaml", G.YAML),
        ("# 只有说明\nx = 1\n", "a/b.PY", G.CODE),
        # a name is a hint, not a proof
        (STORY, "A1.csv", G.PAGE),
        (STORY, "A1.py", G.PAGE),
        (STORY, "A1.yaml", G.PAGE),
        (STORY, "requirements.txt", G.PAGE),
    ],
)
def test_the_name_of_a_file_is_a_hint(text: str, name: str, form: Genre) -> None:
    assert genre(text, name) is form


@pytest.mark.parametrize(
    "unit", ["/*", "<!--", "```x\n", '"', "{", "[", "a=", "\t", ",", "'''", "\\"]
)
def test_a_page_of_one_sign_is_read_to_its_end(unit: str) -> None:
    """Were the cost not linear, this would take hours."""
    assert genre(unit * (400_000 // len(unit))) is genre(unit * 4_000)


@given(st.text(alphabet="渡口,:;=<>{}[]()\"'#|\\/-\t\n 1a。，", max_size=80))
def test_any_text_is_something(text: str) -> None:
    assert isinstance(genre(text), Genre)


@pytest.mark.parametrize("text", [text for text, _ in DATA.values()], ids=DATA.keys())
def test_nothing_is_changed_on_a_page_of_data(text: str) -> None:
    result = fixnews.fix(text, decide=threshold(unsafe=True))
    assert result.text == text
    assert {c.code for c in result.corrections} == {"ENC104"}


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS.keys())
def test_only_what_was_read_in_the_wrong_encoding_changes_without_chinese(text: str) -> None:
    result = fixnews.fix(text)
    assert result.text == text or {c.code for c in result.corrections if c.applied} == {"MOJ101"}


def test_a_page_of_data_beside_others_takes_no_part_in_jumps() -> None:
    pages = {
        "A1": "渡口通车\n本报讯 浮桥昨日通车，赶集的农民\n（下转第3版）\n",
        "A2": json.dumps({"文": "（上接第1版）不用再等渡船了。"}, ensure_ascii=False),
    }
    assert {name: r.text for name, r in fixnews.fix_pages(pages).items()} == pages


def test_data_is_read_as_prose_on_request() -> None:
    text, _ = DATA["SubRip"]
    text = text.replace("好！", "赶集的农民,再不用等渡船。")
    assert fixnews.fix(text).text == text
    read = fixnews.fix(text, context=Context(as_text=True))
    assert "赶集的农民，再不用等渡船。" in read.text
    assert "ENC104" not in {c.code for c in read.corrections}


NO_PAGE = '{"title": "水库加固", "page": 1}\n'
PAGE = "本报讯,昨日,全市会议召开。\n"


def call(folder: Path, *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    """The command line, run in a folder."""
    command = [sys.executable, "-m", "fixnews", *arguments]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, input=text, check=False
    )


class TestCommandLine:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        (tmp_path / "a.txt").write_text(NO_PAGE, "utf-8")
        (tmp_path / "b.txt").write_text(PAGE, "utf-8")
        return tmp_path

    def test_what_was_found_in_a_folder_is_passed_over_with_a_line(self, folder: Path) -> None:
        done = call(folder, "fix", "-w", ".")
        assert done.returncode == 2
        assert call(folder, "fix", "-w", "--exclude", "a.txt", ".").returncode == 0
        assert "a.txt: passed over: JSON" in done.stderr
        assert (folder / "a.txt").read_text("utf-8") == NO_PAGE
        assert "，" in (folder / "b.txt").read_text("utf-8")

    def test_what_was_named_is_refused_with_the_remedy(self, folder: Path) -> None:
        done = call(folder, "check", "a.txt")
        assert done.returncode == 2
        assert "--as-text" in done.stderr

    def test_what_is_piped_is_refused_too(self, folder: Path) -> None:
        assert call(folder, "fix", "-", text=NO_PAGE).returncode == 2

    def test_a_hook_passes_over(self, folder: Path) -> None:
        done = call(folder, "check", "--per-file", "--force-exclude", "a.txt")
        assert done.returncode == 0
        assert "passed over" in done.stderr

    def test_as_text_reads_it_all_the_same(self, folder: Path) -> None:
        assert call(folder, "check", "--as-text", "--exit-zero", "a.txt").returncode == 0

    def test_text_without_chinese_is_left_as_it_is(self, folder: Path) -> None:
        done = call(folder, "fix", "-", text="It is fine, isn't it?\n")
        assert (done.returncode, done.stdout) == (0, "It is fine, isn't it?\n")
