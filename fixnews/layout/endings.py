"""What closes a line: a signature, an agency, an ornament, a reference, a pointer, a closing tag.

A paragraph ends with a stop, but in print something often stands behind it: who wrote it, where it
comes from, a black square, the number of a note. Such a line is finished, whatever its last
character is. A signature may also stand on a line of its own.
"""

from __future__ import annotations

import re

from fixnews.layout.page import OTHER_FORMS, plain
from fixnews.patterns import lazy
from fixnews.words.lexicon import characters

_HAN = r"[\u3400-\u9fff]"
_B = r"[\s\u3000]"
_STOP = r"[。！？!?…][”’」』）)]{0,3}"
_NAMES = rf"{_HAN}{{2,4}}(?:·{_HAN}{{1,6}})*(?:(?:{_B}+|、|/|／){_HAN}{{2,4}}){{0,4}}"

_PAPER = (
    r"(?:[社网網报報]|电视台|電視台|广播网|日报|日報|晚报|晚報|周刊|週刊|杂志|雜誌|客户端"
    r"|公众号|微博)"
)
_SENT = r"(?:[电電讯訊稿发發]|消息|报道|報道|報導|综合|綜合|供稿|专电|專電|专稿|專稿){0,2}"
_AGENCY = (
    r"(?:据|據|来源|來源|原载|原載|摘自|选自|選自|转自|轉自)[:：]?"
    rf"(?:{_HAN}{{1,8}}{_PAPER}{_SENT}|《[^《》]{{1,16}}》{_SENT})"
)
_WIRE = (
    r"(?:新华社|新華社|中新社|中通社|中新网|中央社|法新社|路透社?|美联社|美聯社|欧新社|歐新社"
    r"|共同社|韩联社|韓聯社|塔斯社|德新社|埃菲社|安莎社|人民网|新华网|本报|本報|本刊|本社|本网"
    rf"|央视|央視){_SENT}"
)
_OFFICE = (
    r"(?:本报|本報|本刊|本台|新华社|新華社|中新社|特约|特約|见习|实习|全媒体|融媒体)*"
    r"(?:记者|記者|通讯员|通訊員|评论员|評論員|特派员|读者|讀者|作者|网友|網友)"
)
_WORK = (
    r"(?:文[/／、]?图|文[/／、]?圖|[图圖][/／、]?文|[图圖文]|摄影|攝影|撰文|文字|采写|採寫|整理|编译|編譯|编辑|編輯|"
    r"责编|責編|供稿|执笔|執筆|制图|製圖|插图|漫画|作者|翻译|翻譯)"
)
_MADE = (
    r"(?:[摄攝撰绘繪译譯文图圖画畫]|整理|编译|編譯|供图|供圖|供稿|摄影|攝影|摄影报道|攝影報導|制图|製圖|插图|"
    r"文[/／]图|文并摄|报道|報道|報導)"
)
_HAND = (
    r"(?:编者|編者|作者|译者|譯者|记者|記者|编辑|編輯|读者|讀者|本报|本報|本刊)"
    r"(?:按|注|语|語|题|題)?"
)
_ORNAMENTS = "■□◆◇●○◎▲△▼▽★☆※❖✦♦▪▫◼◻"
_SEE = (
    r"(?:详见|詳見|详情见|全文见|全文見|相关报道见|相關報導見|更多|另见|另見|参见|參見"
    r"|请看|請看|见第|見第)"
)
_BLOCK_TAG = (
    r"(?:p|div|h[1-6]|li|ul|ol|dl|dd|dt|t[dhr]|table|tbody|thead|caption|blockquote|pre|title|section|"
    r"article|header|footer|center|figure|figcaption)"
)

_BEHIND_A_STOP = lazy(
    rf"{_STOP}(?:(?:{_B}{_B}+|\u3000){_NAMES}|{_B}*(?:"
    + "|".join(
        (
            r"[（(【〔［\[〖][^（()）【】〔〕。]{1,40}[）)】〕］\]〗]",
            rf"[{_ORNAMENTS}]{{1,3}}",
            _AGENCY,
            _WIRE,
            rf"{_WORK}{_B}*[/／:：|｜]{_B}*[^，。；！？]{{2,30}}|{_WORK}{_B}+{_NAMES}",
            rf"{_OFFICE}(?:{_B}*[/／:：]|{_B}){_B}*[^，。；！？]{{2,30}}",
            rf"(?:{_OFFICE}{_B}*)?{_NAMES}(?:{_B}+|[/／]){_MADE}",
            rf"[—－―─–-]{{1,2}}{_B}*(?:{_HAND}|《[^《》]{{1,16}}》|(?:摘自|选自|選自|据).{{2,16}})",
            r"[>＞»›→⇒➔➜▶►▷☞]{1,3}[^，。；]{1,24}",
            rf"{_SEE}[^，。；]{{1,20}}",
        )
    )
    + r"))$"
)
"""What closes a paragraph behind its last stop."""

_STOPPED_BEFORE = lazy("[。！？!?…](?=.)", re.DOTALL)
"""A stop that something stands behind: without one nothing stands behind a stop."""

_NO_END, _DASH = frozenset("。，；"), lazy("[—－―─–-]")
"""With these nothing ends that closes a paragraph behind its stop, but what follows a dash."""

_NAMED_BEHIND_A_STOP = tuple(
    lazy(rf"{_STOP}{tail}$")
    for tail in (
        rf"{_B}+(?P<name>{_NAMES})",
        rf"[—－―─–-]{{1,2}}{_B}*(?P<name>{_HAN}{{2,4}})",
        rf"{_B}*{_OFFICE}(?P<name>{_HAN}{{2,3}})",
        rf"{_B}*(?P<name>{_HAN}{{2,3}}){_MADE}",
    )
)
"""The same where only a surname tells that a name stands there."""

_WRITTEN = lazy(_HAN)
"""What each of these ends with."""

_ANYWHERE = lazy(
    rf"[。！？!?」”][（(][^（()）。]{{1,40}}[）)]$|"
    r"[圖图][／/:：][^，。；！？]{0,20}(?:提供|翻攝|翻摄|資料照片?|资料照片?|攝|摄|攝影|摄影|社|網|网|報|报)[）)]?$|"
    r"[（(][^（()）。，]{2,30}[／/][^（()）。，]{2,16}[）)]$|"
    r"(?:資料照|资料照)片?[）)]?$|"
    r"(?:相關|相关|推薦|推荐|延伸)(?:新聞|新闻|報導|报道|閱讀|阅读)[：:]$|"
    rf"[>＞»→▶►]{{1,3}}{_B}*{_SEE}[^，。；]{{1,20}}$|"
    rf"</{_BLOCK_TAG}\s*>$|<(?:br|hr)\b[^<>]*>$"
)
"""What closes a line without a stop: 圖／中央社, （沈砚秋／台北報導）, 相關新聞：, >>详见A4版."""

MAY_SIGN = "（(圖图照：:>＞»→▶►<"
"""A class of characters: each of these has one of them."""

_SIGN_ANYWHERE = lazy(f"[{MAY_SIGN}]")

_REFERENCE = lazy(
    rf"(?<=[。！？!?…；，”’」』）)])(?:〔\d{{1,3}}〕|［\d{{1,3}}］|\[\d{{1,3}}\]|[①-⑳⑴-⒇❶-❿]|[¹²³⁰⁴-⁹]+|\(\d{{1,2}}\)|（\d{{1,2}}）){_B}*$"
)
"""The number of a note behind a mark: what stands before it says how the line ends."""

_REFERENCE_ENDS = r"〕］\])）①-⑳⑴-⒇❶-❿¹²³⁰⁴-⁹"
_REFERENCE_END = lazy(f"[{_REFERENCE_ENDS}]")
"""What such a number ends with."""

MAY_BE_READ_OTHERWISE = _REFERENCE_ENDS + OTHER_FORMS
"""A class of characters: a line with none of them is read as it stands (`as_read`)."""

_ALONE = lazy(
    rf"{_WIRE}|{_AGENCY}|[（(]?(?:完|终|終|待续|待續|未完待续|未完待續)[）)]?|"
    r"[0-9０-９]{4}年[0-9０-９]{1,2}月[0-9０-９]{1,2}日|[一二三四五六七八九〇○零]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
)
_NAME, _NAME_SIZES = lazy(rf"{_HAN}{{2,3}}"), (2, 3)
_ORNAMENT_LINE = lazy(rf"[{_ORNAMENTS}*＊·•—─=＝_~～\s]+")

_SIGHT = 64
"""Characters at the end of a line in which its signature is looked for."""

_WENT_ON = lazy(
    rf"(?:[电電讯訊]|报道|報道|報導|消息|记者|記者)|{_HAN}{{2,8}}[\s\u3000]*(?:\d{{1,2}}月)?\d{{1,2}}日?"
    r".{0,4}?[电電讯訊]"
)
"""How a line goes on behind 据新华社 | 报道, 据新华社 | 北京3月18日电."""


def is_signed(line: str) -> bool:
    """Whether a line ends with the name of who wrote, took or sent it, with an ornament or pointer.

    >>> is_signed("两岸居民往来更便利。（沈砚秋）"), is_signed("新华社北京电（记者沈砚秋）")
    (True, False)
    >>> is_signed("新館正式啟用。記者沈硯秋／攝影"), is_signed("他得了第一。美聯社")
    (True, True)
    >>> is_signed("信走了十一天。 沈砚秋"), is_signed("花费节省了一成。沈砚秋")
    (True, False)
    """
    tail = plain(line[-_SIGHT:])
    if _SIGN_ANYWHERE.search(tail) and _ANYWHERE.search(tail):
        return True
    if not _STOPPED_BEFORE.search(tail) or (tail[-1] in _NO_END and not _DASH.search(tail)):
        return False
    if _BEHIND_A_STOP.search(tail):
        return True
    if not _WRITTEN.match(tail[-1]):
        return False
    found = (form.search(tail) for form in _NAMED_BEHIND_A_STOP)
    return any(match and match["name"][0] in characters("name-start") for match in found)


def goes_on(left: str, right: str) -> bool:
    """Whether what looks like an agency behind a stop is the start of a dateline cut in two.

    >>> goes_on("三分钱。据新华社", "北京3月18日电"), goes_on("三分钱。据新华社", "湿地公园赛龙舟")
    (True, False)
    """
    return bool(_WENT_ON.match(right)) and left.rstrip()[-1:] in "社网網报報台"


def is_signature(line: str) -> bool:
    """Whether a line by itself can close a text: an agency, a name, a date, 完, a row of ornaments.

    Such a line closes a text only where the line before it is finished.

    >>> [is_signature(line) for line in ("新华社发", "沈砚秋", "2021年3月18日", "＊ ＊ ＊", "老街")]
    [True, True, True, True, False]
    """
    bare = line.strip()
    if len(bare) > _SIGHT // 2:
        return False
    if len(bare) in _NAME_SIZES and _NAME.fullmatch(bare) and bare[0] in characters("name-start"):
        return True
    return bool(_ALONE.fullmatch(bare) or _ORNAMENT_LINE.fullmatch(bare))


def as_read(text: str) -> str:
    """A line's text as its evidence is read: marks in printed form, no note's number at its end.

    >>> as_read("信走了十一天。[12]"), as_read("汛情解除．")
    ('信走了十一天。', '汛情解除。')
    """
    told = plain(text)
    if _REFERENCE_END.match(told.rstrip()[-1:]):
        told = _REFERENCE.sub("", told)
    return told or text
