"""How lines look that stand in data, code or markup and in no newspaper: one row a form.

A form is known by its *witnesses*, lines that stand nowhere else, and is believed of a whole text
when most of the lines that are left may stand beside them. Sources: the formats' own descriptions
(SubRip, WebVTT, LRC, ASS; RFC 3164; unified diff; gettext; LaTeX; MediaWiki; PEP 508; make; TOML
1.0; YAML 1.2; SQL) and, for source code, what statements share in the languages people use.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from fixnews.patterns import lazy
from fixnews.words.han import HAN


class Genre(StrEnum):
    """What a text is as a whole; the value is what people are told."""

    PAGE = "newspaper text"
    OTHER_LANGUAGE = "text without Chinese"
    JSON = "JSON"
    TABLE = "rows of a table (CSV)"
    XML = "XML"
    HOCR = "hOCR"
    SUBTITLES = "subtitles"
    LOG = "a log"
    DIFF = "a diff"
    CATALOGUE = "a message catalogue"
    LATEX = "LaTeX"
    WIKI = "wiki markup"
    REQUIREMENTS = "a list of requirements"
    MAKEFILE = "a Makefile"
    SETTINGS = "settings (INI, TOML)"
    YAML = "YAML"
    SHELL = "a shell session"
    SQL = "SQL"
    CODE = "source code"

    @property
    def is_data(self) -> bool:
        """Whether it is data, code or markup, which no rule for newspapers may touch."""
        return self not in (Genre.PAGE, Genre.OTHER_LANGUAGE)


class Grammar(NamedTuple):
    """How the lines of one form look.

    Attributes:
        genre: the form.
        witness: a line that stands in this form only.
        beside: a line that may stand beside it; nothing where any line may.
        least: how many witnesses there must be.
        share: the part of all lines that are not blank that witnesses must make up.
        whole: the part that they and what may stand beside them must make up.
        suffixes: how its files are called.
        remark: a line that is a remark, which says nothing for or against.
        bare: lines are looked at without what they quote.
        must: what stands somewhere in the text.
    """

    genre: Genre
    witness: re.Pattern[str]
    beside: re.Pattern[str] | None = None
    least: int = 2
    share: float = 0.3
    whole: float = 0.95
    suffixes: tuple[str, ...] = ()
    remark: re.Pattern[str] | None = None
    bare: bool = False
    must: re.Pattern[str] | None = None


def _lines(*forms: str) -> re.Pattern[str]:
    return lazy("|".join(f"(?:{form})" for form in forms))


_NAME = r"[A-Za-z_$@][\w.$@-]*"
_PACKAGE = r"[A-Za-z0-9][\w.-]*(?:\[[\w, -]+\])?"
_REMARK = lazy(
    r"[ \t]*(?:#(?![ \t]*(?:include|define|undef|if|elif|else|endif|pragma)|!)|//|/\*|\*/|--|;|"
    r"<!--|%|rem\b|REM\b).*"
)
_HASHED = lazy(r"[ \t]*[#;!].*")
_TIME = r"(?:\d+:)?\d\d?:\d\d[.,]\d{1,3}"

_STATEMENTS = _lines(
    r"[ \t]*[\[\](){}<>;,]+[ \t]*",
    r"[ \t]+[\w.\"'$-]+,[ \t]*",
    r".*[\w)\]}\"'>+-][ \t]*(?:\{|;|\}|\},|\],|\);|\),)[ \t]*",
    r"[ \t]+.*[\w)\]}\"'][)\]][ \t]*",
    rf"[ \t]*(?:[\w<>\[\].*&:]+[ \t]+){{0,3}}{_NAME}(?:[\[(][^\])]*[\])])?"
    rf"[ \t]*(?::[ \t]*[\w\[\], |.]+)?[ \t]*(?:[-+*/|&%^.:?]?=|<-)(?!=)[ \t]*\S.*",
    r"[ \t]*(?:(?:pub|public|private|protected|static|async|export|default|abstract|final)[ ])*"
    r"(?:def|class|function|func|fn|sub|interface|struct|enum|impl|trait|namespace|module|object)"
    r"[ \t]+[\w.$<].*[({:;,].*",
    r"[ \t]*(?:import|from|use|using|require|include|package|export)[ \t]+[\w.@{*\"'<(:\\/]+"
    r"(?:[ \t]+(?:import|as|from)\b.*|;|,.*)?[ \t]*",
    r"[ \t]*#[ \t]*(?:include|define|undef|ifdef|ifndef|if|else|elif|endif|pragma|error)\b.*",
    r"#!.*|<\?php.*|\?>",
    rf"[ \t]*@{_NAME}(?:\(.*\)?)?[ \t]*",
    r"[ \t]*\}?[ \t]*(?:if|elif|else|elsif|for|foreach|while|until|unless|switch|with|except|catch|"
    r"case|when|match|do|try|finally)\b.*(?:[:{(\[,\\]|->|=>|\bthen|\bdo)[ \t]*",
    rf"[ \t]*(?:await |return |yield |new |throw |raise |not |!)*{_NAME}(?:(?:->|::|\.){_NAME})*!?"
    r"\(.*[)\](,{\[][;,)]*[ \t]*",
)

_BARE = _lines(rf"[^{HAN}]*")
"""What may stand beside statements: anything without Chinese."""

GRAMMARS = (
    Grammar(
        Genre.SUBTITLES,
        _lines(
            rf"[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}.*",
            r"(?:\[\d{1,3}:\d\d[.:]\d{1,3}\])+.*",
            r"\[(?:ti|ar|al|by|offset|length|re|ve):.*\]",
            r"(?:Dialogue|Comment|Style):[ \t].*,.*,.*",
            r"WEBVTT\b.*",
        ),
        least=1,
        share=0.19,
        suffixes=(".srt", ".vtt", ".lrc", ".ass", ".ssa"),
    ),
    Grammar(
        Genre.LOG,
        _lines(
            r"\W{0,3}\d{4}[-/.]\d\d?[-/.]\d\d?[T :_]\d\d?:\d\d:\d\d.*",
            r"[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d .*",
            r"\W{0,2}\d\d:\d\d:\d\d[.,]\d{3}.*",
            r"\W{0,2}(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL)\b[]:| \t-].*",
            r"\d{1,3}(?:\.\d{1,3}){3} \S+ \S+ \[.*",
        ),
        share=0.5,
        suffixes=(".log",),
    ),
    Grammar(
        Genre.DIFF,
        _lines(r"@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@.*", r"diff --git .*"),
        _lines(
            r"[ +\\-].*",
            r"(?:index|new file|deleted file|old mode|new mode|rename|copy|similarity|Index|Binary|"
            r"From|Date|Subject|diff|commit|Author|Only in)\b.*",
            r"=+",
        ),
        least=1,
        share=0.0,
        whole=0.9,
        suffixes=(".diff", ".patch"),
    ),
    Grammar(
        Genre.JSON,
        _lines(r"[ \t]*[\[{ \t]*\"[^\"]+\"[ \t]*:.*"),
        _lines(
            r"[ \t]*[\[\]{},]+[ \t]*",
            r"[ \t]*\".*\"[ \t]*,?[ \t]*",
            r"[ \t]*[\w.+-]+,?[ \t]*",
            r"[ \t]*//.*",
        ),
        least=1,
        share=0.15,
        whole=0.9,
        suffixes=(".json", ".jsonl", ".json5"),
    ),
    Grammar(
        Genre.CATALOGUE,
        _lines(r"(?:#~ )?(?:msgid|msgstr|msgctxt|msgid_plural)(?:\[\d\])?[ \t]+\".*\""),
        _lines(r"\".*\"", r"#.*"),
        suffixes=(".po", ".pot"),
    ),
    Grammar(
        Genre.LATEX,
        _lines(
            r"[ \t]*\\(?:documentclass|documentstyle|usepackage|begin|end|part|chapter|section|"
            r"subsection|subsubsection|paragraph|title|author|date|maketitle|tableofcontents|item|"
            r"label|caption|includegraphics|centering|newcommand|renewcommand|bibliography|input|"
            r"include|setlength|pagestyle|newpage|clearpage|hline|noindent|def)\b.*"
        ),
        least=3,
        suffixes=(".tex", ".sty", ".cls"),
    ),
    Grammar(
        Genre.WIKI,
        _lines(
            r"={2,6}[^=]+={2,6}[ \t]*",
            r"(?:\{\||\|\}|\|-|\{\{|\}\}).*",
            rf"[|!][ \t]*[\w {HAN}-]+=.*",
            r"[*#:;]*[ \t]*'''.*",
            r".*\[\[[^\[\]]+\]\].*",
            r".*\{\{[^{}]+\}\}.*",
            r"#(?:REDIRECT|重定向).*",
        ),
        share=0.5,
        suffixes=(".wiki", ".mediawiki"),
        must=lazy(r"\[\[|\{\{|\{\||\A#"),
    ),
    Grammar(
        Genre.REQUIREMENTS,
        _lines(
            rf"{_PACKAGE}[ \t]*(?:(?:===?|[<>~!]=|[<>])[ \t]*[\w.*+!-]+,?[ \t]*)+(?:[;#\\-].*)?",
            rf"{_PACKAGE}[ \t]*;[ \t]*(?:python|sys|platform|os)_\w+.*",
            r"-[rcefi][ \t]+\S+.*",
            r"--(?:index-url|extra-index-url|find-links|requirement|no-binary|hash)\b.*",
        ),
        _lines(rf"{_PACKAGE}(?:[ \t]*@ \S+)?[ \t]*(?:#.*)?", r"[ \t]+--hash.*"),
        least=1,
        share=0.1,
        remark=_HASHED,
    ),
    Grammar(
        Genre.MAKEFILE,
        _lines(r"\t.*", r"\.[A-Z]+:.*", r"(?:ifeq|ifneq|ifdef|ifndef|define|endef)\b.*"),
        _lines(
            r"[\w.%/$(){}*-]+(?:[ \t]+[\w.%/$(){}*-]+)*[ \t]*::?(?:[ \t].*)?",
            r"[ \t]*(?:override[ \t]+|export[ \t]+)?[\w.-]+[ \t]*[:?+!]?=.*",
            r"[ \t]+\S.*",
            r"(?:endif|else|include|-include|export)\b.*",
        ),
        least=1,
        share=0.25,
        whole=0.7,
        suffixes=("Makefile", "makefile", "GNUmakefile", ".mk"),
        remark=_HASHED,
        bare=True,
        must=lazy(
            r"^[\w.%/$(){}* \t-]+::?(?:[ \t][^\n\r]*)?(?:\r\n?|\n)\t|^\.PHONY", re.MULTILINE
        ),
    ),
    Grammar(
        Genre.SETTINGS,
        _lines(
            r"[ \t]*[A-Za-z_][\w.\-/]*[ \t]*=(?![=>]).*",
            rf"[{HAN}\w]{{1,12}}[ \t]?=(?![=>]).*",
            r"\[\[?[^\[\]。，；！？]+\]\]?[ \t]*(?:[;#].*)?",
        ),
        _lines(
            r"[ \t]+\S.*",
            r"[\])}]+,?",
            rf"[\w .{HAN}-]{{1,20}}[=:].*",
            r"\".*\".{0,3}",
            r"[A-Za-z_][\w.\-/]*",
        ),
        share=0.5,
        remark=_HASHED,
        suffixes=(".ini", ".cfg", ".conf", ".toml", ".properties", ".env"),
    ),
    Grammar(
        Genre.YAML,
        _lines(r"[ \t]*(?:-[ \t]+)*(?:[a-z_][\w.\-/]*|\"[^\"]*\"|'[^']*')[ \t]*:(?:[ \t].*)?"),
        _lines(
            r"[ \t]+\S.*",
            r"-(?:[ \t].*)?",
            r"---.*|\.\.\.",
            r"[A-Za-z_][\w.\-/ ]*:(?:[ \t].*)?",
            rf"[{HAN}\w]{{1,12}}:(?:[ \t].*)?",
            r"[\[\]{}].*",
        ),
        share=0.25,
        remark=_HASHED,
        suffixes=(".yaml", ".yml"),
    ),
    Grammar(
        Genre.SQL,
        _lines(
            r"[ \t]*(?:SELECT|INSERT (?:IGNORE )?INTO|REPLACE INTO|UPDATE|DELETE FROM|CREATE|ALTER|"
            r"DROP|GRANT|TRUNCATE|LOCK TABLES|UNLOCK TABLES)\b.*",
            r"[ \t]*(?:select\b.*\bfrom|insert into|update \S+ set|delete from|"
            r"(?:create|alter|drop) table)\b.*",
        ),
        _BARE,
        least=1,
        share=0.05,
        whole=0.9,
        suffixes=(".sql",),
        remark=_REMARK,
        bare=True,
    ),
    Grammar(
        Genre.SHELL,
        _lines(
            r"(?:(?:\$|>>>)[ \t]+|(?:PS )?[A-Z]:\\[^>]*>|In \[\d+\]:|[\w.-]+@[\w.-]+:.*[$#%]|"
            r"\[[\w.-]+@.*\][$#])[ \t]*[A-Za-z./~_].*"
        ),
        least=1,
        share=0.2,
        must=lazy(r"\A\s*(?:\$|>>>|[A-Z]:\\|PS |In \[|\[?[\w.-]+@)"),
    ),
    Grammar(
        Genre.CODE,
        _STATEMENTS,
        _BARE,
        least=1,
        share=0.3,
        whole=0.8,
        remark=_REMARK,
        suffixes=(
            ".py", ".js", ".ts", ".c", ".h", ".cpp", ".java", ".go", ".rs", ".rb", ".php", ".sh",
            ".pl", ".css", ".r", ".lua", ".swift", ".kt", ".cs",
        ),
        bare=True,
    ),
)  # fmt: skip
"""In the order in which they are asked: those that look least like another form first."""
