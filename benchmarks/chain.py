"""How fast the chain is on damaged, repaired and badly read pages, and what an answer costs.

usage: python benchmarks/chain.py [SHARED] [--before REVISION] [--kenlm MODEL] [--pages N]
                                  [--only rates|filters|review|peers]

MB of UTF-8 per CPU second, one core. Every state of the code runs in a process of its own over the
same pages, in turns, so that a busy machine slows all alike; what is loaded when first needed is
loaded before the clock starts; the best of three passes counts, and no process sees a page twice.
With ``--before`` a checkout of that revision is measured beside this one. With SHARED, the folder
that holds ``pages/`` and ``ocr/``: issues damaged in three ways, the same once repaired, and
readings of real prints by severity; without it the damaged samples.

``--only review``: what an answer costs beside a run, on the sixteen longest of all these pages
together; the answers, one after the other and each a rejection, are spread over the corrections.

Peers, where they are installed beside fixnews: autocorrect (PyPI: autocorrect-py) as it comes, and
pycorrector's n-gram path with ``--kenlm`` (see `benchmarks/characters.py`).
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import lzma
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import fmean, median
from typing import Any

ROOT = Path(__file__).parents[1]
STYLES = {"single": "a paragraph a line", "blank": "blank lines", "wrapped": "hard-wrapped"}
PASSES = 3
ANSWERS = 24
"""Answers of a review that are measured: few of them wait for a collection of all garbage."""

Issue = dict[str, str]
NOISE = {"01": "全市经挤工作会议咋天召幵*会议要求各地抓紧落买·迸一步提髙质量。\n" * 9}
"""What asks for everything that is loaded when it is first needed, with the samples."""


def issues(shared: Path | None, most: int) -> Iterator[tuple[str, list[Issue]]]:
    """Pages by kind of damage."""
    if shared is None:
        yield "damaged samples", list(samples())
        return
    rows = loaded(shared / "pages/dev.json.xz")
    for style, name in STYLES.items():
        yield f"damaged, {name}", [text_of(r) for r in rows if r["style"] == style][:most]
    readings = loaded(shared / "ocr/dev.json.xz")
    for severity in ("s1", "s2", "s3"):
        pages = [{"01": r["ocr"]} for r in readings if r["severity"] == severity]
        yield f"read by OCR, {severity}", pages[:: max(1, len(pages) // (2 * most))][: 2 * most]


def loaded(path: Path) -> list[dict[str, Any]]:
    with lzma.open(path) as file:
        rows: list[dict[str, Any]] = json.load(file)
    return rows


def text_of(row: dict[str, Any]) -> Issue:
    return {
        label: "".join(piece[0] + piece[1] for piece in pieces)
        for label, pieces in row["pages"].items()
    }


def samples() -> Iterator[Issue]:
    for folder in sorted((ROOT / "samples").glob("*/damaged")):
        pages = {p.stem: p.read_bytes() for p in sorted(folder.glob("*.txt"))}
        yield {name: data.decode("utf-8", "replace") for name, data in pages.items()}


def size(pages: Sequence[Issue]) -> float:
    return sum(len(text.encode()) for issue in pages for text in issue.values()) / 1e6


def timed(run: Callable[[], object]) -> float:
    begin = time.process_time()
    run()
    return time.process_time() - begin


def measure(job: dict[str, Any]) -> dict[str, float]:
    """In the process of one state: CPU seconds over all pages but the first issue's."""
    import fixnews

    first, *rest = job["issues"]
    for issue in (*samples(), NOISE, first):
        fixnews.fix_pages(issue)
    return {"spent": timed(lambda: [fixnews.fix_pages(x) for x in rest]), "size": size(rest)}


def by_filter(job: dict[str, Any]) -> dict[str, float]:
    """In the process of this state: CPU seconds of each filter."""
    from dataclasses import replace

    from fixnews.filters import CHAIN, ByPage, Context
    from fixnews.pipeline import repair
    from fixnews.source import Source

    spent: dict[str, float] = defaultdict(float)

    def watched(name: str, read: Any) -> Any:
        def look(page: Any, context: Context) -> Any:
            begin = time.process_time()
            found = tuple(read(page, context))
            spent[name] += time.process_time() - begin
            return found

        return look

    def link(f: Any) -> Any:
        inner = ByPage(watched(f.name, f.propose.read)) if f.by_page else watched(f.name, f.propose)
        return replace(f, propose=inner)

    chain = tuple(map(link, CHAIN))
    for number, issue in enumerate(job["issues"]):
        if number == 1:
            spent.clear()
        sources = [Source(f"{name}.txt", text) for name, text in issue.items()]
        begin = time.process_time()
        repair(sources, Context(labels=tuple(issue)), chain=chain)
        if number:
            spent["(whole)"] += time.process_time() - begin
    return dict(spent)


def review(job: dict[str, Any]) -> dict[str, float]:
    """In the process of this state: a run over an issue, and answers of a review on it."""
    from fixnews.config import Config
    from fixnews.desk import Desk
    from fixnews.issue import mend
    from fixnews.review import REJECT, Answers, Review

    texts = sorted((t for issue in job["issues"] for t in issue.values()), key=len)[-16:]
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{n:02}.txt" for n in range(1, len(texts) + 1)]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, "utf-8")
        config, desk = Config(), Desk()
        mend(paths[:1], config)
        begin = time.process_time()
        sitting = Review(
            lambda decide, more: mend(paths, config, decide=decide, more=more, desk=desk),
            Answers(paths, Path(folder) / "state"),
        )
        run = time.process_time() - begin
        found, looked = len(sitting.open), desk.looked
        at = [found * n // (ANSWERS + 1) for n in range(1, ANSWERS + 1)]
        costs = [timed(lambda n=n: sitting.answer([sitting.open[n]], REJECT)) for n in at]
    return {
        "run": run, "answer": fmean(costs), "median": median(costs),
        "corrections": found, "pages": len(texts),
        "looks of the run": looked, "looks of an answer": (desk.looked - looked) / len(at),
    }  # fmt: skip


def peer(job: dict[str, Any]) -> dict[str, float]:
    """In a process of its own: CPU seconds of another tool over the same pages."""
    correct = {"autocorrect": autocorrect, "pycorrector": pycorrector}[job["peer"]](job)
    first, *rest = job["issues"]
    lines = [x for issue in rest for text in issue.values() for x in text.split("\n") if x]
    for line in next(iter(first.values())).split("\n")[:20]:
        correct(line)
    lines = lines[: job["lines"]]
    spent = timed(lambda: [correct(line) for line in lines])
    return {"spent": spent, "size": sum(len(x.encode()) + 1 for x in lines) / 1e6}


def autocorrect(_: dict[str, Any]) -> Callable[[str], object]:
    import autocorrect_py

    return autocorrect_py.format  # type: ignore[no-any-return]


def pycorrector(job: dict[str, Any]) -> Callable[[str], object]:
    sys.path.insert(0, str(Path(__file__).parent))
    from characters import theirs

    correct = theirs(Path(job["kenlm"]))
    return lambda line: correct([line])


KINDS = {
    "measure": measure, "filters": by_filter, "review": review, "peer": peer,
}  # fmt: skip


def asked(kind: str, tree: Path, **job: Any) -> dict[str, float]:
    """What a process of a state of the code answers."""
    environment = os.environ | {"PYTHONPATH": str(tree), "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, __file__, "--worker", kind], input=json.dumps(job), env=environment,
        text=True, capture_output=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(done.stderr)
    answer: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return answer


def rates(trees: Sequence[Path], pages: list[Issue]) -> list[float]:
    """MB per CPU second of each state, the best of some passes taken in turns."""
    best = [0.0] * len(trees)
    for _ in range(PASSES):
        for n, tree in enumerate(trees):
            told = asked("measure", tree, issues=pages)
            best[n] = max(best[n], told["size"] / told["spent"])
    return best


def row(name: str, found: Sequence[float]) -> str:
    ratio = f"{found[0] / found[1]:8.1f}" if len(found) > 1 else ""
    return f"{name:32}" + "".join(f"{rate:9.3f}" for rate in found) + ratio


def repaired(pages: list[Issue]) -> list[Issue]:
    import fixnews

    return [{n: r.text for n, r in fixnews.fix_pages(x).items()} for x in pages]


def told_rates(given: argparse.Namespace, kinds: dict[str, list[Issue]]) -> None:
    """A line for each kind of page, as it is and repaired, by state of the code."""
    trees = given.trees
    print(f"{'MB per CPU second':32}{'now':>9}" + ("   before   ratio" if len(trees) > 1 else ""))
    for name, pages in kinds.items():
        print(row(name, rates(trees, pages)), flush=True)
        if "OCR" not in name:
            found = rates(trees, repaired(pages))
            print(row(name.replace("damaged", "repaired"), found), flush=True)


def told_filters(_: argparse.Namespace, kinds: dict[str, list[Issue]]) -> None:
    """The dearest filters for each kind of page."""
    print("\nwhere the time goes, %")
    for name, pages in kinds.items():
        spent = asked("filters", ROOT, issues=pages)
        whole = spent.pop("(whole)")
        parts = sorted(((s / whole, f) for f, s in spent.items()), reverse=True)[:6]
        print(f"{name:32}" + ", ".join(f"{f} {share:.0%}" for share, f in parts), flush=True)


def told_review(_: argparse.Namespace, kinds: dict[str, list[Issue]]) -> None:
    """What an answer costs."""
    told = asked("review", ROOT, issues=[x for pages in kinds.values() for x in pages])
    print("\nreview: {pages:.0f} pages, {corrections:.0f} corrections".format(**told))
    print("the run {run:.2f} s, an answer {answer:.3f} s".format(**told), end="")
    shares = (told["run"] / told[name] for name in ("answer", "median"))
    print(", 1/{:.1f}, the median 1/{:.1f}; looks of filters at pages: ".format(*shares), end="")
    print("{looks of the run:.0f}, for an answer {looks of an answer:.0f}".format(**told))


def told_peers(given: argparse.Namespace, kinds: dict[str, list[Issue]]) -> None:
    """The same pages through other tools, line by line as they take them."""
    names = [n for n, m in (("autocorrect", "autocorrect_py"), ("pycorrector", "pycorrector"))
             if importlib.util.find_spec(m) and (n == "autocorrect" or given.kenlm)]  # fmt: skip
    print("\npeers, MB per CPU second: " + (", ".join(names) or "none is installed here"))
    for name in names:
        for kind, pages in kinds.items():
            job = {"peer": name, "kenlm": str(given.kenlm), "lines": 10**6}
            job |= {"lines": 300} if name == "pycorrector" else {}
            told = asked("peer", ROOT, issues=pages, **job)
            print(f"{name:12} {kind:32}{told['size'] / told['spent']:9.3f}", flush=True)


PARTS = {
    "rates": told_rates, "filters": told_filters, "review": told_review, "peers": told_peers,
}  # fmt: skip


def report(given: argparse.Namespace) -> None:
    """Print what was asked for."""
    kinds = dict(issues(given.shared, given.pages))
    for name, part in PARTS.items():
        if given.only in (None, name):
            part(given, kinds)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    options.add_argument("shared", nargs="?", type=Path)
    options.add_argument("--before", help="a revision to measure beside this one")
    options.add_argument("--kenlm", type=Path)
    options.add_argument("--pages", type=int, default=4, help="issues of each kind")
    options.add_argument("--only", choices=tuple(PARTS), help="one part of the report")
    options.add_argument("--worker", choices=tuple(KINDS), help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.worker:
        print(json.dumps(KINDS[given.worker](json.load(sys.stdin))))
        return
    given.trees = [ROOT]
    if not given.before:
        report(given)
        return
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "before"
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run(
            [*git, "add", "--detach", tree, given.before], check=True, capture_output=True
        )
        try:
            given.trees = [ROOT, tree]
            report(given)
        finally:
            subprocess.run([*git, "remove", "--force", str(tree)], check=True)


if __name__ == "__main__":
    main()
