"""Files of recognisers, changed in place: a word, all that must agree with it, no byte more."""

from __future__ import annotations

import gzip
import html
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixnews import fix, formats
from fixnews.errors import EncodeError, PageError
from fixnews.formats.rewording import rewordings
from fixnews.formats.spelling import Raw, Swap, rewritten, spelt, spliced, swapped
from fixnews.in_place import patched
from fixnews.positions import Word
from fixnews.source import Source
from tests.papers import (
    CORNERS,
    PAGE_SPACE,
    SQUARE,
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
    region,
    row,
    tsv,
)


def changed(data: bytes, *changes: tuple[str, str]) -> bytes:
    """The file after the first place of each text has become another."""
    source = page(data)
    assert source.positions
    places = ((source.text.index(old), old, new) for old, new in changes)
    rows = [(at, at + len(old), new) for at, old, new in places]
    return formats.patch(source, rewordings(source.positions, source.text, sorted(rows)))


def check(data: str, old: str, new: str, want: str, encoding: str = "utf-8") -> None:
    """``want`` is what becomes of the file: rows of old and new markup, each there once."""
    expected = data
    for pair in want.split(" || "):
        before, after = pair.split(" => ")
        assert expected.count(before) == 1, before
        expected = expected.replace(before, after)
    assert changed(data.encode(encoding), (old, new)).decode(encoding) == expected


def hocr_words(*words: str) -> str:
    return hocr(hocr_line("".join(hocr_word(w, name=f"w{n}") for n, w in enumerate(words))))


def alto_words(*words: str, more: str = "") -> str:
    return alto(alto_line("".join(alto_word(word, more) for word in words)))


def two_lines(one: str, two: str) -> str:
    return hocr(hocr_line(hocr_word(one, name="w1")) + hocr_line(hocr_word(two, name="w2")))


GLYPHS = "".join(f'<Glyph CONTENT="{c}"><Variant CONTENT="{c}"/></Glyph>' for c in "江诚")
WITH_GLYPHS = alto(alto_line(alto_word("江诚")[:-2] + f">{GLYPHS}</String>"))
HALVES = alto(
    alto_line(alto_word("inde", 'SUBS_TYPE="HypPart1" SUBS_CONTENT="indepemdent"'))
    + alto_line(alto_word("pemdent", 'SUBS_TYPE="HypPart2" SUBS_CONTENT="indepemdent"'))
)

ONE_WORD = [
    (hocr_words("江诚"), "诚", "城", "诚 => 城", "hOCR"),
    (alto_words("江诚"), "诚", "城", "诚 => 城", "ALTO"),
    (page_xml(region(level("TextLine", "江诚"))), "诚", "城", "诚 => 城", "PAGE"),
    (json.dumps([[CORNERS, "江诚", 0.9]], ensure_ascii=False), "诚", "城", "诚 => 城", "JSON"),
    (tsv(row("江诚")), "诚", "城", "诚 => 城", "TSV"),
    (hocr_words("&quot;诚&#x6C5F;"), "诚", "城", "诚 => 城", "references of others stay"),
    (hocr_words("江&#35802;"), "诚", "城", "&#35802; => 城", "a reference goes"),
    (hocr_words("<b>江<i>诚</i></b>"), "江诚", "河城", "江 => 河 || 诚 => 城", "emphasis stays"),
    (hocr_words("江<![CDATA[诚]]>"), "诚", "城", "诚 => 城", "CDATA stays"),
    (hocr_words("江<!-- 诚 -->诚"), "诚", "城", "-->诚 => -->城", "a comment is no text"),
    (hocr_words(" 江诚\n "), "诚", "城", "诚 => 城", "blanks around stay"),
    (hocr_words("江诚"), "诚", '<&"', '诚 => &lt;&amp;"', "what must be is escaped in text"),
    (alto_words("江诚"), "诚", "<&\"'", "诚 => &lt;&amp;&quot;'", "in an attribute"),
    (alto_words("江诚").replace('"江诚"', "'江诚'"), "诚", "\"'", "诚 => \"&#39;", "by its quotes"),
    (json.dumps([[CORNERS, "江诚", 0.9]]), "诚", "城", "\\u8bda => \\u57ce", "JSON in ASCII"),
    ('[[[10, 10, 50, 30], "\\u6c5f诚\\/", 1]]', "诚", '"', '诚 => \\"', "escapes of others stay"),
    (tsv(row('"江诚')), "诚", '"', '诚 => "', "TSV quotes nothing"),
    (hocr_words("江"), "江", "江城", "江 => 江城", "what is put in goes to the word before"),
    (hocr_words("江", "报"), "江", "江城", "江 => 江城", "also between words"),
    (hocr_words("江", "报"), "报", "晚报", "江 => 江晚", "before a word is behind the one before"),
    (hocr_words("城"), "城", "江城", "城 => 江城", "at the start of a page"),
    (hocr_words("江", "城"), "江城", "河", "江 => 河 || >城 => >", "a word may become empty"),
    (alto_words("江", "城报"), "江城报", "报", '"江" => "" || 城报 => 报', "empty in ALTO"),
    (hocr_words("江，", "，城"), "，，", "，", ">，城 => >城", "across two words"),
    (hocr_words("一", "一"), "一一", "——", (">一</span><span class='ocrx_word' id='w1' => "
     ">—</span><span class='ocrx_word' id='w1' || >一</span></span> => >—</span></span>"),
     "as many as there were, each in its word"),
    (hocr_words("东方红"), "东方红", "东芳江红", "方 => 芳江", "more than there were"),
    (alto_words("江诚", more='CC="0 3"'), "诚", "城", "诚 => 城", "CC stays with the length"),
    (alto_words("江诚", more='CC="0 3"'), "诚", "", '诚 =>  || 0 3" => 0"', "CC is shorter"),
    (alto_words("江诚", more='CC="0 3"'), "江", "", '江 =>  || 0 3" => 3"', "the right one goes"),
    (alto_words("江", more='CC="0"'), "江", "江城", '江 => 江城 || "0" => "0 9"', "CC is longer"),
    (alto_words("江城", more='CC="03"'), "城", "城报", '城 => 城报 || "03" => "039"', "CC dense"),
    (alto_words("江城", more='CC="1"'), "城", "城报", "城 => 城报", "CC that did not fit before"),
    (WITH_GLYPHS, "诚", "城", '江诚 => 江城 || <Glyph CONTENT="诚" => <Glyph CONTENT="城"',
     "glyphs agree"),
    (WITH_GLYPHS, "诚", "", f"江诚 => 江 || {GLYPHS} => ", "glyphs of another length go"),
    (HALVES, "m", "n", ('pemdent" SUBS_TYPE => pendent" SUBS_TYPE || "HypPart1" SUBS_CONTENT='
     '"indepemdent" => "HypPart1" SUBS_CONTENT="independent" || "HypPart2" SUBS_CONTENT='
     '"indepemdent" => "HypPart2" SUBS_CONTENT="independent"'), "both halves of a cut word agree"),
    (hocr(hocr_line(hocr_word("江诚", "x_confs 9 8; bbox 1 2 3 4; cuts 9"))), "诚", "",
     "江诚 => 江 || x_confs 9 8 => x_confs 9 || ; cuts 9 => ", "lists of hOCR"),
    (hocr(hocr_line(hocr_word("江", "x_bboxes 1 2 3 4; bbox 1 2 3 4"))), "江", "江城",
     "江 => 江城 || x_bboxes 1 2 3 4 => x_bboxes 1 2 3 4 3 2 3 4", "a box without width"),
    (hocr(hocr_line(hocr_word("江诚", "x_confs 9 8; cuts 9"))), "诚", "城", "诚 => 城",
     "lists stay with the length"),
    (page_xml(region(level("TextLine", "江诚", level("Word", "江", name="w1")
     + level("Word", "诚", name="w2")) + "<TextEquiv><Unicode>江诚</Unicode></TextEquiv>")),
     "诚", "城", (">诚< => >城< "
     "|| </Word><TextEquiv><Unicode>江诚 => </Word><TextEquiv><Unicode>江城"
     " || </TextLine><TextEquiv><Unicode>江诚 => </TextLine><TextEquiv><Unicode>江城"),
     "word, line and region of PAGE"),
    (page_xml(region(level("Word", "江诚"))), "诚", "城", "诚 => 城", "a word outside a line"),
    (page_xml(region(level("TextLine", "江诚") + "<TextEquiv><Unicode>别的</Unicode></TextEquiv>")),
     "诚", "城", "诚 => 城", "a region that said something else before"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "old", "new", "want"), cases(ONE_WORD))
def test_a_word(data: str, old: str, new: str, want: str) -> None:
    check(data, old, new, want)


NOTHING = [
    (two_lines("水平提高", "形势稳定"), "\n", "", "a join"),
    (two_lines("水平", "new"), "\n", " ", "a join with a blank"),
    (two_lines("inter-", "national"), "-\n", "", "a join that drops a hyphen: it was printed"),
    (two_lines("水平提高", "形势稳定"), "\n", "\n\n", "a paragraph"),
    (two_lines("水平提高", "形势稳定"), "\n", "\n　　", "an indent"),
    (hocr_words("水平", "提高"), "平提", "平 提", "a blank between words"),
    (hocr_words("new", "york"), "w y", "wy", "a blank between words that goes"),
    (hocr_words("水平", "提高"), "水平", "水\n平", "a break inside a word"),
    (alto(alto_line(alto_word("江") + '<HYP CONTENT="-"/>')), "-", "", "a printed hyphen of ALTO"),
]


@pytest.mark.parametrize(("data", "old", "new"), cases(NOTHING))
def test_nothing_that_changes_no_word(data: str, old: str, new: str) -> None:
    assert changed(data.encode(), (old, new)) == data.encode()


def test_a_join_that_changes_a_character_changes_only_that() -> None:
    data = two_lines("水平", "堤高")
    assert changed(data.encode(), ("平\n堤", "平提")).decode() == data.replace("堤", "提")


ENCODED = [
    ("utf-8", "城"),
    ("gb18030", "城"),
    ("big5", "城"),
    ("utf-16", "城"),
    ("utf-8-sig", "城"),
    ("big5", "😀"),
]
FILLING = "江城晚報記者昨日從市水利局獲悉，全市中小型水庫加固工程已經全面完成，今年可以安全運行。"


@pytest.mark.parametrize(("encoding", "new"), ENCODED)
@pytest.mark.parametrize("form", ["hocr", "alto"])
def test_the_encoding_of_the_file_stays(form: str, encoding: str, new: str) -> None:
    make = hocr_words if form == "hocr" else alto_words
    data = make(FILLING, "江诚".replace("诚", "誠")).encode(encoding)
    written = new if encoding != "big5" or new == "城" else f"&#x{ord(new):X};"
    assert changed(data, ("誠", new)) == make(FILLING, f"江{written}").encode(encoding)


def test_a_file_in_ascii_stays_one() -> None:
    data = alto_words("&#x6C5F;&#x8BDA;").encode()
    assert changed(data, ("诚", "城")) == alto_words("&#x6C5F;&#x57CE;").encode()


def test_a_character_without_a_place_or_a_name_is_refused() -> None:
    with pytest.raises(EncodeError, match="big5 cannot write"):
        changed(tsv(row(FILLING)).encode("big5"), ("庫", "😀"))


def test_a_packed_file_is_packed_again() -> None:
    data = alto_words("江诚").encode()
    new = changed(gzip.compress(data, mtime=9), ("诚", "城"))
    assert gzip.decompress(new) == alto_words("江城").encode()
    assert new[4:8] == gzip.compress(data, mtime=9)[4:8]


def test_a_pdf_is_read_only() -> None:
    pytest.importorskip("pypdfium2", reason="the extra fixnews[pdf] is not installed")
    with pytest.raises(PageError, match=r"PDF with a text layer is read only .*-o"):
        changed(pdf("A4"), ("A4", "A5"))
    assert changed(pdf("A4"), ("A4", "A4")) == pdf("A4")


def test_several_changes_of_one_word_and_of_many() -> None:
    data = alto_words("江诚晚极", "记老")
    new = changed(data.encode(), ("诚", "城"), ("极", "报"), ("老", "者"))
    assert new.decode() == alto_words("江城晚报", "记者")


def test_the_library_gives_the_file() -> None:
    data = alto_words("喜迎党代会,奋进新征程").encode()
    done = fix(data)
    assert done.text == "喜迎党代会，奋进新征程\n"
    assert done.file == alto_words("喜迎党代会，奋进新征程").encode()
    assert fix("喜迎党代会,奋进新征程").file is None


SIGNS = "江城晚报&<>\"'A1 -，"
TEXTS = st.lists(st.text(SIGNS, min_size=1, max_size=6).filter(str.strip), min_size=1, max_size=5)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def as_hocr(texts: list[str]) -> str:
    return hocr_words(*map(escaped, texts))


def as_alto(texts: list[str]) -> str:
    return alto_words(*map(escaped, texts))


def as_page(texts: list[str]) -> str:
    return page_xml(region("".join(level("TextLine", escaped(t)) for t in texts)), PAGE_SPACE)


def as_json(texts: list[str]) -> str:
    return json.dumps([[CORNERS, text, 0.5] for text in texts], ensure_ascii=False)


def as_tsv(texts: list[str]) -> str:
    return tsv(*(row(text, number=n) for n, text in enumerate(texts)))


MAKERS = (as_hocr, as_alto, as_page, as_json, as_tsv)


def said(source: Source) -> list[Word]:
    known = source.positions
    assert known
    return [w for r in known.readings for line in r.lines for w in line.words]


@given(
    texts=TEXTS,
    make=st.sampled_from(MAKERS),
    encoding=st.sampled_from(["utf-8", "gb18030", "utf-8-sig"]),
    new=st.sampled_from("城诚<&\"'，"),
    where=st.integers(0, 99),
)
def test_one_character_changes_the_bytes_of_its_word_alone(
    texts: list[str], make: object, encoding: str, new: str, where: int
) -> None:
    assert callable(make)
    data = make([FILLING, *texts]).encode(encoding)
    source = page(data)
    assert [word.text for word in said(source)] == [FILLING, *(t.strip(" ") for t in texts)]
    assert patched(source, ()) == data
    slots = source.positions.slots if source.positions else ()
    slot = slots[where % len(slots)]
    at = slot.start + where % (slot.end - slot.start)
    assert source.positions
    changes = rewordings(source.positions, source.text, [(at, at + 1, new)])
    written = formats.patch(source, changes)
    head = next((n for n, (a, b) in enumerate(zip(data, written, strict=False)) if a != b), None)
    assert (head is None) == (source.text[at] == new)
    before, after = said(source), said(page(written))
    for one, other in zip(before, after, strict=True):
        if one != source.positions.word(slot) or one == other:
            continue
        assert other.text == one.text[: at - slot.start] + new + one.text[at - slot.start + 1 :]
        assert other.box == one.box
    assert sum(a != b for a, b in zip(before, after, strict=True)) <= 1
    longest = len("&quot;") + len("&quot;".encode("utf-16"))
    assert abs(len(written) - len(data)) <= longest


def test_a_word_has_the_box_that_it_had() -> None:
    assert said(page(alto_words("江")))[0].box == SQUARE


def lxml_text(form: str, data: bytes) -> str:
    """What a reader of others finds in a file."""
    etree = pytest.importorskip("lxml.etree", reason="lxml, of the extra dev, is not installed")
    tree = etree.fromstring(data)
    found = {
        "hocr": "//*[@class='ocrx_word']//text()",
        "alto": "//*[local-name()='String']/@CONTENT",
        "page": "//*[local-name()='TextLine']/*[local-name()='TextEquiv']//text()",
    }
    return "".join(tree.xpath(found[form]))


@pytest.mark.parametrize(
    ("form", "make"), list(zip(("hocr", "alto", "page"), MAKERS, strict=False))
)
def test_readers_of_others_find_the_new_text(form: str, make: object) -> None:
    assert callable(make)
    new = changed(make(['江<"', "诚"]).encode(), ("诚", "城&<"))
    assert lxml_text(form, new) == '江<"城&<'


@given(
    st.text("江诚 城&<\n", max_size=12),
    st.lists(st.integers(0, 12), min_size=2, max_size=2),
    st.text("报&“ ", max_size=2),
)
def test_where_it_is_written_a_word_says_what_became_of_it(
    said: str, ends: list[int], new: str
) -> None:
    """With blanks before it, and with a reference in it or without, which are two ways."""
    file, raw = f"<W>{html.escape(said, quote=False)}</W>", "text"
    raws = [Raw(3, len(file) - 4, raw)]
    text = spelt(file, raws)
    start, end = sorted(min(n, len(text)) for n in ends)
    swaps = [Swap(start, end, new)] if text else []
    after = spliced(file, list(rewritten(file, raws, swaps, lambda _: True)))
    assert spelt(after, [Raw(3, len(after) - 4, raw)]) == swapped(text, swaps)
