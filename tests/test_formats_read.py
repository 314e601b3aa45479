"""Files of recognisers as pages: each way in which a format says something, with its reason."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator

import pytest

from fixnews import formats
from fixnews.config import INPUT_FORMATS
from fixnews.errors import PageError
from fixnews.formats import recognise
from fixnews.islands.genre import genre
from fixnews.positions import NOWHERE, Box, Word
from tests.papers import (
    CORNERS,
    SQUARE,
    TWO,
    alto,
    alto_line,
    alto_word,
    cases,
    hocr,
    hocr_line,
    hocr_word,
    level,
    page,
    page_xml,
    pdf,
    readings,
    region,
    row,
    tsv,
    words,
)

RECOGNISED = [
    ("hocr", hocr(hocr_line(TWO)), "江城晚报\n"),
    ("alto", alto(alto_line(alto_word("江城") + alto_word("晚报"))), "江城晚报\n"),
    ("page", page_xml(region(level("TextLine", "江城晚报"))), "江城晚报\n"),
    ("json", json.dumps([[CORNERS, "江城晚报", 0.9]]), "江城晚报\n"),
    ("tsv", tsv(row("江城"), row("晚报", number=2)), "江城晚报\n"),
]


@pytest.mark.parametrize(("form", "data", "text"), RECOGNISED, ids=[r[0] for r in RECOGNISED])
class TestRecognised:
    def test_by_its_content(self, form: str, data: str, text: str) -> None:
        assert recognise(data.encode()) == form
        source = page(data, "page.txt")
        assert source.text == text
        assert source.positions
        assert source.positions.format == form

    def test_packed(self, form: str, data: str, text: str) -> None:
        packed = gzip.compress(data.encode())
        assert recognise(packed) == form
        assert page(packed).text == text

    def test_behind_a_mark_of_byte_order(self, form: str, data: str, text: str) -> None:
        source = page(b"\xef\xbb\xbf" + data.encode())
        assert source.positions
        assert (source.text, source.positions.format) == (text, form)

    def test_as_text_if_told_so(self, form: str, data: str, text: str) -> None:
        source = page(data, form, input_format="text")
        assert source.text == data != text
        assert source.positions is None

    def test_as_nothing_else(self, form: str, data: str, text: str) -> None:
        if form in ("json", "tsv"):
            with pytest.raises(PageError):
                page(data, text, input_format="alto")


NOT_OURS = [
    ("头版\n喜迎党代会\n", "text"),
    ("", "nothing"),
    ("<p>江城晚报讯</p>", "HTML that no recogniser wrote"),
    ("<html><body class='page'>江城</body></html>", "HTML with classes of its own"),
    ("<rss><item>江城</item></rss>", "other XML"),
    ('{"title": "水库加固", "page": 1}', "other JSON"),
    ('["江城", "晚报"]', "strings without boxes"),
    ("[[1, 2], [3, 4]]", "boxes without strings"),
    ('[{"text": "江城"}]', "a text without a box"),
    ('[{"text": "江城", "position": [3, 9]}]', "a text with a place of another kind"),
    ("[图：江城]\n记者摄", "a caption in brackets"),
    ("level\tname\n1\t江城", "another table"),
    ("# 江城\n\n[晚报](a.html)", "Markdown"),
    ("alto: 江城", "the word alone"),
]


@pytest.mark.parametrize("data", cases(NOT_OURS))
def test_not_of_a_recogniser(data: str) -> None:
    assert recognise(data.encode()) == ""
    assert page(data).positions is None
    assert page(data).text == data


def test_hocr_was_refused_before_and_other_data_still_is() -> None:
    assert genre('{"title": "水库加固", "page": 1}\n').is_data


HOCR = [
    (hocr(hocr_line(TWO)), "江城晚报", "words"),
    (hocr(hocr_line(hocr_word("<strong><em>江</em>城</strong>"))), "江城", "nested emphasis"),
    (hocr(hocr_line(hocr_word(" 江城\n "))), "江城", "blanks around"),
    (hocr(hocr_line(hocr_word("&quot;&#27743;&#x57CE;&lt;"))), '"江城<', "entities"),
    (hocr(hocr_line(hocr_word("江<![CDATA[<城]]>"))), "江<城", "CDATA"),
    (hocr(hocr_line(hocr_word("江<!-- 河 -->城"))), "江城", "a comment inside"),
    (hocr(hocr_line("江城晚报")), "江城晚报", "a line without words"),
    (hocr(hocr_word("江城")), "江城", "a word outside a line"),
    (hocr(hocr_line(hocr_word("") + hocr_word("城"))), "城", "an empty word"),
    (hocr(hocr_line(hocr_word("New") + " " + hocr_word("York"))), "New York", "words of letters"),
    (hocr(hocr_line(hocr_word("江") + " " + hocr_word("A4"))), "江A4", "Chinese and letters"),
    (hocr_line(TWO), "江城晚报", "no page around"),
    (hocr(f"<img src='a.png'><br>{hocr_line(TWO)}<hr>"), "江城晚报", "HTML without end tags"),
    (hocr(f"<p class='ocr_par'>{hocr_line(TWO)}"), "江城晚报", "a paragraph left open"),
    (hocr(hocr_line(TWO)).upper().replace("OCR_PAGE", "ocr_page").replace("OCR_LINE", "ocr_line")
     .replace("OCRX_WORD", "ocrx_word"), "江城晚报", "tags in capitals"),
    (hocr(hocr_line(TWO)).replace("'ocr_line'", '"x ocr_line"'), "江城晚报", "two classes"),
    (hocr("<span class='ocr_header'>" + TWO + "</span>"), "江城晚报", "a line of another kind"),
    (hocr("<span class='ocr_separator'></span>" + hocr_line(TWO)), "江城晚报", "a rule"),
    (hocr(hocr_line(hocr_word(
        "江城<span class='ocrx_cinfo' id='lstm_choices_1'><span class='ocrx_cinfo' "
        "id='choice_1' title='x_confs 34'>河</span></span>"))), "江城", "choices are no text"),
    (hocr(hocr_line(hocr_word(
        "<span class='ocrx_cinfo' title='x_bboxes 1 2 3 4'>江</span>"
        "<span class='ocrx_cinfo' title='x_bboxes 3 2 6 4'>城</span>"))), "江城", "characters"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "text"), cases(HOCR))
def test_hocr(data: str, text: str) -> None:
    assert page(data, input_format="hocr").text == f"{text}\n"


ALTO = [
    (alto(alto_line(alto_word("江城") + alto_word("晚报"))), "江城晚报", "no SP between"),
    (alto(alto_line(alto_word("江城") + "<SP/>" + alto_word("晚报"))), "江城晚报", "SP between"),
    (alto(alto_line(alto_word("江") + '<HYP CONTENT="-"/>')), "江-", "a hyphen was printed"),
    (alto(alto_line(alto_word("&quot;江&#x57CE;"))), '"江城', "entities"),
    (alto(alto_line(alto_word("a &gt; b"))), "a > b", "a blank inside"),
    (alto(alto_line(alto_word("江", 'SUBS_CONTENT="城" STYLEREFS=" CONTENT="'))), "江",
     "CONTENT in another attribute"),
    (alto(alto_line(alto_word("江").replace("ID", "SUBS_CONTENT='x CONTENT=\"河\"' ID"))), "江",
     "CONTENT inside a value"),
    (alto(alto_line(alto_word("江")), space="2"), "江", "version 2"),
    (alto(alto_line(alto_word("江")), space="3"), "江", "version 3"),
    (alto(alto_line(alto_word("江"))).replace(' xmlns="http://www.loc.gov/standards/alto/ns-v4#"',
     ""), "江", "no namespace"),
    (alto(alto_line(alto_word("江"))).replace("<", "<a:").replace("<a:/", "</a:")
     .replace("xmlns=", "xmlns:a="), "江", "a prefix"),
    (alto(f'<ComposedBlock>{alto_line(alto_word("江"))}</ComposedBlock>'), "江", "blocks inside"),
    (alto('<Illustration ID="i"/>' + alto_line(alto_word("江"))), "江", "a picture"),
    (alto(alto_word("江")), "江", "a word outside a line"),
    (alto(alto_line(alto_word(""))), None, "an empty word"),
    (alto(""), None, "an empty page"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "text"), cases(ALTO))
def test_alto(data: str, text: str | None) -> None:
    assert page(data).text == ("" if text is None else f"{text}\n")


WORDS = level("Word", "江", name="w1") + level("Word", "城", name="w2")
SPACES = [f"http://schema.primaresearch.org/PAGE/gts/pagecontent/{year}" for year in (
    "2013-07-15", "2016-07-15", "2017-07-15", "2018-07-15", "2019-07-15")]  # fmt: skip
INDEXED = (
    '<TextLine id="l1"><TextEquiv index="1"><Unicode>河</Unicode></TextEquiv>'
    '<TextEquiv index="0" conf="0.8"><Unicode>江</Unicode></TextEquiv></TextLine>'
)

PAGE = [
    (page_xml(region(level("TextLine", "江城", WORDS))), "江城", "words before the line"),
    (page_xml(region(level("TextLine", "江城"))), "江城", "a line without words"),
    (page_xml(region(level("TextLine", None, WORDS))), "江城", "words alone"),
    (page_xml(region("<TextEquiv><Unicode>江\n城</Unicode></TextEquiv>")), "江\n城", "a region"),
    (page_xml(region(level("TextLine", "江") + "<TextEquiv><Unicode>江</Unicode></TextEquiv>")),
     "江", "a region repeats its lines"),
    (page_xml(region(INDEXED)), "江", "the lowest index counts"),
    (page_xml(region(level("TextLine", "<![CDATA[江]]>&amp;"))), "江&", "CDATA"),
    (page_xml(region(region(level("TextLine", "江"), "r2"))), "江", "regions in regions"),
    (page_xml('<ImageRegion id="i"/>' + region(level("TextLine", "江"))), "江", "a picture"),
    (page_xml(region(level("TextLine", ""))), None, "an empty line"),
    *((page_xml(region(level("TextLine", "江")), space), "江", space[-10:-6]) for space in SPACES),
]  # fmt: skip


@pytest.mark.parametrize(("data", "text"), cases(PAGE))
def test_page(data: str, text: str | None) -> None:
    assert page(data).text == ("" if text is None else f"{text}\n")


def _boxes() -> Iterator[tuple[object, str]]:
    text, flat = "江城", [10, 10, 50, 30]
    polys = {"rec_texts": [text], "rec_polys": [CORNERS], "rec_scores": [0.9]}
    yield [[CORNERS, text, 0.9]], "RapidOCR"
    yield [[CORNERS, text, "0.9"]], "a score as a string"
    yield [[[["10", "10"], ["50", "10"], ["50", "30"], ["10", "30"]], text, 0.9]], "corners as such"
    yield [[CORNERS, [text, 0.9]]], "PaddleOCR 2"
    yield [[[CORNERS, [text, 0.9]]]], "PaddleOCR 2, a page in a list"
    yield [[*flat, text, 0.9]], "four sides and no list"
    yield [[flat, text, 0.9]], "four sides"
    yield [[[10, 10, 50, 10, 50, 30, 10, 30], text, 0.9]], "eight numbers"
    yield polys, "PaddleX"
    yield {"res": polys}, "PaddleX, wrapped"
    yield [polys], "PaddleX, in a list"
    yield polys | {"rec_polys": [], "rec_boxes": [flat]}, "PaddleX without polygons"
    yield {"overall_ocr_res": polys, "page_index": None}, "PaddleX, one part of many"
    yield {"boxes": [CORNERS], "txts": [text], "scores": [0.9]}, "RapidOCR 3"
    yield [{"box": CORNERS, "txt": text, "score": 0.9}], "RapidOCR 3, rows"
    yield {"0": {"rec_txt": text, "dt_boxes": CORNERS, "score": "0.9"}}, "a server of RapidOCR"
    yield {"code": 100, "data": [{"box": CORNERS, "score": 0.9, "text": text}]}, "PaddleOCR-json"
    yield [{"transcription": text, "points": CORNERS}], "labels"
    yield [{"text": text, "confidence": 0.9, "text_region": CORNERS}], "a server of PaddleOCR"


BOXES = list(_boxes())


@pytest.mark.parametrize("value", cases(BOXES))
def test_json(value: object) -> None:
    for ascii_only in (True, False):
        [word] = words(json.dumps(value, ensure_ascii=ascii_only, indent=ascii_only or None))
        assert (word.text, word.box) == ("江城", SQUARE)
        assert word.confidence in (0.9, None)


CELLS = [
    ([[CORNERS, "江城A4", 0.9, [[10, 10, 20, 30], [20, 10, 30, 30], [30, 10, 50, 30]],
       ["江", "城", "A4"], [0.9, 0.9, 0.9]]], "RapidOCR with words"),
    ({"rec_texts": ["江城A4"], "rec_polys": [CORNERS], "text_word": [["江", "城", "A4"]],
      "text_word_boxes": [[[10, 10, 20, 30], [20, 10, 30, 30], [30, 10, 50, 30]]]}, "PaddleX"),
]  # fmt: skip


@pytest.mark.parametrize("value", cases(CELLS))
def test_boxes_of_words_are_cells(value: object) -> None:
    [word] = words(json.dumps(value))
    assert word.cells == ((10, 20), (20, 30), (30, 40), (40, 50))


def test_boxes_of_words_that_do_not_fit_are_none() -> None:
    value = [[CORNERS, "江城", 0.9, [[10, 10, 20, 30]], ["河"], [0.9]]]
    assert words(json.dumps(value))[0].cells == ()


TSV = [
    (tsv(row("江城"), row("晚报", number=2)), "江城晚报", "words of a line"),
    (tsv(row("江"), row("城", line=2)), "江\n城", "two lines"),
    (tsv(row('"江')), '"江', "a quotation mark is one"),
    (tsv(row("江\t城")), "江 城", "a tab inside the text"),
    (tsv(row("江"), row(" ", number=2), row("", number=3)), "江", "empty words"),
    (tsv("4\t1\t1\t1\t1\t0\t10\t10\t80\t20\t-1\t", row("江")), "江", "the row of a line"),
    (tsv(row("江")).replace("\n", "\r\n"), "江", "rows that end in CRLF"),
    (tsv(row("江", page=1), row("城", page=2)), "江\n\f城", "two pages"),
    (tsv("1\t1\t0\t0\t0\t0\t0\t0\t600\t800\t-1\t"), None, "an empty page"),
]


@pytest.mark.parametrize(("data", "text"), cases(TSV))
def test_tsv(data: str, text: str | None) -> None:
    assert page(data).text == ("" if text is None else f"{text}\n")


class TestPositions:
    def test_of_hocr(self) -> None:
        [reading] = readings(
            hocr(
                hocr_line(
                    hocr_word("江", "x_wconf 95; bbox 10 10 50 30"), "x_size 20.5; bbox 1 2 3 4"
                ),
                title='image "a;b.png"; ppageno 0; bbox 0 0 600 800',
            )
        )
        assert (reading.width, reading.height, reading.scan) == (600, 800, "a;b.png")
        [line] = reading.lines
        assert (line.box, line.size, line.name) == (Box(1, 2, 3, 4), 20.5, "line_1")
        assert line.words[0] == Word("江", SQUARE, "word_1", 0.95)

    def test_choices_of_one_character_are_its_alternatives(self) -> None:
        choices = "".join(
            f"<span class='ocrx_cinfo' id='choice_{n}' title='x_confs {sure}'>{char}</span>"
            for n, (char, sure) in enumerate((("江", 60), ("河", 40)))
        )
        inner = f"江<span class='ocrx_cinfo' id='lstm_choices_1'>{choices}</span>"
        [word] = words(hocr(hocr_line(hocr_word(inner))))
        assert word.alternatives == (("江", 0.6), ("河", 0.4))

    @pytest.mark.parametrize(
        ("unit", "scale"), [("pixel", 1), ("mm10", 300 / 254), ("inch1200", 0.25)]
    )
    def test_units_of_alto(self, unit: str, scale: float) -> None:
        [reading] = readings(alto(alto_line(alto_word("江", 'WC="0.5"')), unit))
        assert reading.width == pytest.approx(600 * scale)
        [word] = reading.lines[0].words
        assert word.box == pytest.approx(Box(10 * scale, 10 * scale, 50 * scale, 30 * scale))
        assert word.confidence == 0.5
        assert bool(reading.notes) == (unit != "pixel")

    def test_alternatives_of_alto(self) -> None:
        inner = alto_word("江")[:-2] + "><ALTERNATIVE>河</ALTERNATIVE></String>"
        assert words(alto(alto_line(inner)))[0].alternatives == (("河", 0.0),)

    def test_of_page(self) -> None:
        data = page_xml(region(INDEXED))
        assert words(data)[0].alternatives == (("河", 0.0),)
        assert words(data)[0].confidence == 0.8
        assert readings(data)[0].scan == "a.png"

    def test_corners_of_2010(self) -> None:
        points = "".join(f'<Point x="{x}" y="{y}"/>' for x, y in CORNERS)
        data = page_xml(region(f'<TextLine id="l"><Coords>{points}</Coords><TextEquiv><Unicode>江'
                               "</Unicode></TextEquiv></TextLine>"))  # fmt: skip
        assert words(data)[0].box == SQUARE

    def test_of_tsv(self) -> None:
        data = tsv("1\t1\t0\t0\t0\t0\t0\t0\t600\t800\t-1\t", row("江", conf="-1"), row("城"))
        [reading] = readings(data)
        assert (reading.width, reading.height) == (600, 800)
        assert [w.confidence for w in reading.lines[0].words] == [None, 0.955]
        assert reading.lines[0].words[0].box == SQUARE
        assert reading.lines[0].words[0].name == "row 3"


ODD_BOXES = [
    ("bbox 10 10 50 30", SQUARE, "a box"),
    ("bbox 50 30 10 10", SQUARE, "its corners exchanged"),
    ("bbox -5 -5 50 30", Box(-5, -5, 50, 30), "beyond the edge of the picture"),
    ("bbox NaN 10 50 30", Box(10, 10, 90, 30), "not a number: that of the line"),
    ("bbox 1e999 10 50 30", Box(10, 10, 90, 30), "infinite"),
    ("bbox 10 10", Box(10, 10, 90, 30), "half a box"),
    ("x_wconf 9", Box(10, 10, 90, 30), "none"),
]


@pytest.mark.parametrize(("title", "box"), cases(ODD_BOXES))
def test_boxes_that_make_no_sense(title: str, box: Box) -> None:
    [reading] = readings(hocr(hocr_line(hocr_word("江", title))))
    assert reading.lines[0].words[0].box == box
    assert bool(reading.notes) == (box == reading.lines[0].box)


def test_a_line_without_a_box_is_around_its_words() -> None:
    [reading] = readings(hocr(hocr_line(TWO, "x_size 9")))
    assert reading.lines[0].box == Box(10, 10, 90, 30)


def test_a_page_without_positions_is_read_and_said_so() -> None:
    [reading] = readings(hocr(hocr_line(hocr_word("江", ""), "")))
    assert reading.lines[0].words[0].box == NOWHERE
    assert reading.notes == ("no positions: read in the order of the file",)


TURNED = [
    (hocr(hocr_line(TWO, "bbox 1 2 3 4; textangle 90")), 270.0, "against the clock in hOCR"),
    (hocr(hocr_line(TWO, "bbox 1 2 3 4; textangle 0.4")), 0.0, "a slope is no turn"),
    (alto(alto_line(alto_word("江"))).replace('ID="P1"', 'ID="P1" ROTATION="90"'), 270.0, "ALTO"),
    (alto(alto_line(alto_word("江"))).replace('ID="B1"', 'ID="B1" ROTATION="270"'), 90.0, "block"),
    (page_xml(region(level("TextLine", "江"), more='orientation="90"')), 270.0, "PAGE"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "turned"), cases(TURNED))
def test_pages_that_were_turned(data: str, turned: float) -> None:
    assert readings(data)[0].turned == turned


A, B, C = (
    region(level("TextLine", char), name) for char, name in zip("甲乙丙", "abc", strict=True)
)
REFS = '<RegionRefIndexed index="{}" regionRef="{}"/>'

ORDERS = [
    ("", "甲乙丙", False, "none: that of the file"),
    ('<OrderedGroup id="g">' + REFS.format(1, "a") + REFS.format(0, "b") + REFS.format(2, "c")
     + "</OrderedGroup>", "乙甲丙", True, "by index, whatever the order of the file"),
    ('<OrderedGroup id="g">' + REFS.format(0, "c")
     + '<OrderedGroupIndexed index="1">' + REFS.format(1, "a") + REFS.format(0, "b")
     + "</OrderedGroupIndexed></OrderedGroup>", "丙乙甲", True, "groups in groups"),
    ('<UnorderedGroup id="g"><RegionRef regionRef="b"/><RegionRef regionRef="a"/></UnorderedGroup>',
     "甲乙丙", False, "a group without order says none"),
    ('<OrderedGroup id="g">' + REFS.format(0, "b") + "</OrderedGroup>", "甲乙丙", True,
     "what is in no group stays behind what stands before it"),
    ('<OrderedGroup id="g">' + REFS.format(0, "nowhere") + "</OrderedGroup>", "甲乙丙", False,
     "a region that is not there"),
]  # fmt: skip


@pytest.mark.parametrize(("order", "text", "ordered"), cases(ORDERS))
def test_reading_order_of_page(order: str, text: str, ordered: bool) -> None:
    order = f"<ReadingOrder>{order}</ReadingOrder>" if order else ""
    [reading] = readings(page_xml(A + B + C, order=order))
    assert "".join(line.words[0].text for line in reading.lines) == text
    assert reading.ordered == ordered


def test_reading_order_of_alto() -> None:
    order = (
        '<ReadingOrder><OrderedGroup ID="g"><ElementRef ID="e1" REF="B2"/>'
        '<ElementRef ID="e2" REF="B1"/></OrderedGroup></ReadingOrder>'
    )
    blocks = alto_line(alto_word("甲"), "L1", "B1") + alto_line(alto_word("乙"), "L2", "B2")
    [reading] = readings(alto(blocks, between=order))
    assert [line.words[0].text for line in reading.lines] == ["乙", "甲"]
    assert reading.ordered


def test_several_pages_are_one_text_with_form_feeds() -> None:
    data = hocr(hocr_line(TWO)).replace("</body>", "") + hocr(hocr_line(hocr_word("二版")))
    source = page(data)
    assert source.text == "江城晚报\n\f二版\n"
    assert source.positions
    slots = source.positions.slots
    assert [source.text[s.start : s.end] for s in slots] == ["江城", "晚报", "二版"]
    assert [s.page for s in slots] == [0, 0, 1]


def test_blocks_stand_apart() -> None:
    blocks = alto_line(alto_word("甲"), "L1", "B1") + alto_line(alto_word("乙"), "L2", "B2")
    assert page(alto(blocks)).text == "甲\n\n乙\n"


ENCODINGS = [
    ("utf-8", "utf-8", ""),
    ("gb18030", "gb18030", ""),
    ("big5", "big5", ""),
    ("gb18030", "utf-8", "the file says utf-8"),
    ("utf-8", "gb18030", "the file says gb18030"),
    ("utf-16", "utf-16", ""),
]
LONG = "江城晚報記者昨日從市水利局獲悉，全市中小型水庫加固工程已經全面完成，今年汛期可以安全運行。"
SIMPLE = (
    "江城晚报记者昨日从市水利局获悉，全市中小型水库加固工程已经全面完成，今年汛期可以安全运行。"
)


@pytest.mark.parametrize(("real", "declared", "said"), ENCODINGS)
def test_the_real_encoding_is_found(real: str, declared: str, said: str) -> None:
    text = LONG if real == "big5" else SIMPLE
    data = f'<?xml version="1.0" encoding="{declared}"?>' + alto(alto_line(alto_word(text)))
    source = page(data.encode(real))
    assert source.text == f"{text}\n"
    assert source.reason.partition("; ")[2] == said


def test_what_is_declared_decides_where_nothing_else_does() -> None:
    data = '<?xml version="1.0" encoding="gbk"?>' + alto(alto_line(alto_word("江")))
    assert page(data.encode("gbk")).text == "江\n"


def test_pdf() -> None:
    pytest.importorskip("pypdfium2", reason="the extra fixnews[pdf] is not installed")
    source = page(pdf("A4 one", "two"))
    assert source.text == "A4 one\ntwo\n"
    assert source.positions
    [reading] = source.positions.readings
    assert (reading.width, reading.height) == (200, 300)
    first, second = reading.lines
    assert first.box.bottom < second.box.top
    assert len(first.words[0].cells) in (0, len("A4 one"))


def test_names_of_formats_are_those_of_the_option() -> None:
    assert set(INPUT_FORMATS) == set(formats.NAMES)
