"""File names: every form of the table reads its own example, and what is no page is none."""

from __future__ import annotations

import pytest

from fixnews.jumps.page_names import FORMS, Form, read


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.example)
def test_a_form_is_the_first_that_fits_its_example(form: Form) -> None:
    assert next(f for f in FORMS if f.pattern.search(form.example)) is form
    assert read(form.example).page.number in (1, 4)


@pytest.mark.parametrize(
    ("name", "page", "day", "article"),
    [
        ("20210318-04-02", "4", "2021-03-18", "02"),
        ("rmrb_20210318-04-02.txt", "4", "2021-03-18", "02"),
        ("rmrb2021031804", "4", "2021-03-18", ""),
        ("rmrb202103180402", "4", "2021-03-18", "02"),
        ("nw.D110000rmrb_20210318_2-04.htm", "4", "2021-03-18", "2"),
        ("2021-03/18/nbs.D110000rmrb_04.htm", "4", "", ""),
        ("第04版：民生", "4", "", "民生"),
        ("江州日报2021年3月18日第4版", "4", "2021-03-18", ""),
        ("江州日报_2021-03-18_A04_民生", "A4", "2021-03-18", "民生"),
        ("A04_20210318", "A4", "2021-03-18", ""),
        ("2021.3.18.4", "4", "2021-03-18", ""),
        ("page_0004", "4", "", ""),
        ("p4of16", "4", "", ""),
        ("IMG_0004", "4", "", ""),
        ("A4_clean", "A4", "", ""),
        ("A04-02", "A4", "", "02"),
        ("04-民生", "4", "", "民生"),
        ("0004", "4", "", ""),
        ("B叠04", "B4", "", ""),
        ("第四版", "4", "", ""),
        ("vol3_no12_p04", "4", "", ""),
        ("node_5", "?", "", "node_5"),
        ("content_12345", "?", "", "content_12345"),
        ("20210318", "?", "2021-03-18", ""),
        ("城事", "?", "", ""),
        ("2021", "?", "", ""),
    ],
)
def test_a_name_says_page_day_and_article(name: str, page: str, day: str, article: str) -> None:
    told = read(name)
    assert (str(told.page), told.day, told.article) == (page, day, article)


def test_page_words_are_no_newspapers() -> None:
    assert read("page_0004").paper == ""
    assert read("rmrb_0318_A04").paper == "rmrb"
