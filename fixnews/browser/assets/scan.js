/** The scan of a page, with a frame around what is asked about. */

import { make } from "./made.js";
import { say } from "./words.js";

const STEP = 1.3;
const LARGEST = 12;

export class Scan {
  constructor(root) {
    this.root = root;
    this.view = root.querySelector(".scan-view");
    this.sheet = root.querySelector(".scan-sheet");
    this.image = root.querySelector("img");
    this.zoom = 1;
    this.shown = "";
    this.fingers = new Map();
    this.image.addEventListener("load", () => this.frame({ scroll: true }));
    this.view.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      this.scale(event.deltaY < 0 ? STEP : 1 / STEP);
    }, { passive: false });
    this.view.addEventListener("dblclick", () => this.scale(this.zoom > 1 ? 1 / this.zoom : STEP ** 4));
    this.pinch();
    this.drag();
  }

  /** Show the sheets of a page; nothing where there is no picture. */
  open(page) {
    this.page = page;
    const pictures = page.sheets.some((sheet) => sheet.picture);
    this.root.hidden = !pictures;
    this.root.parentElement.classList.toggle("scanned", pictures);
    if (!pictures) return;
    const tools = [["in", () => this.scale(STEP)], ["out", () => this.scale(1 / STEP)], ["fit", () => this.scale(1 / this.zoom)]];
    const sheets = page.sheets.length > 1 ? page.sheets.map((_, n) => ["sheet", () => this.turn(n), n + 1]) : [];
    this.root.querySelector(".scan-tools").replaceChildren(
      ...[...tools, ...sheets].map(([name, act, n]) => make("button", { onclick: act }, say(`scan.${name}`, { n }))),
    );
    this.turn(0);
  }

  turn(sheet) {
    const address = `scans/${this.page.number}/${sheet}`;
    this.number = sheet;
    if (this.shown !== address && this.page.sheets[sheet]?.picture) {
      this.shown = address;
      this.image.src = address;
    }
    this.frame();
  }

  /** Frame a mark and bring it into sight. */
  point(mark) {
    this.mark = mark;
    const first = mark?.boxes[0];
    if (this.root.hidden || !first) return this.frame();
    if (first.sheet !== this.number) this.turn(first.sheet);
    if (this.zoom === 1) this.zoom = 2.2;
    this.frame({ scroll: true });
  }

  frame({ scroll = false } = {}) {
    this.sheet.style.width = `${100 * this.zoom}%`;
    this.sheet.querySelectorAll("i").forEach((one) => one.remove());
    const size = this.page?.sheets[this.number];
    if (!this.mark || !size) return;
    const width = size.width || this.image.naturalWidth;
    const height = size.height || this.image.naturalHeight;
    if (!width || !height) return;
    for (const { sheet, box } of this.mark.boxes) {
      if (sheet !== this.number) continue;
      const [left, top, right, bottom] = box;
      const one = make("i");
      const sides = { left: left / width, top: top / height, width: (right - left) / width, height: (bottom - top) / height };
      for (const [side, share] of Object.entries(sides)) one.style[side] = `${100 * share}%`;
      this.sheet.append(one);
      if (scroll) {
        one.scrollIntoView({ block: "center", inline: "center" });
        scroll = false;
      }
    }
  }

  scale(by) {
    const old = this.zoom;
    this.zoom = Math.min(Math.max(this.zoom * by, 1), LARGEST);
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = this.view;
    const grown = this.zoom / old;
    this.frame();
    this.view.scrollLeft = (scrollLeft + clientWidth / 2) * grown - clientWidth / 2;
    this.view.scrollTop = (scrollTop + clientHeight / 2) * grown - clientHeight / 2;
  }

  /** Two fingers change the size. */
  pinch() {
    const spread = () => {
      const [a, b] = [...this.fingers.values()];
      return Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
    };
    let before = 0;
    this.view.addEventListener("touchmove", (event) => {
      if (event.touches.length !== 2) return;
      event.preventDefault();
      this.fingers = new Map([...event.touches].map((touch) => [touch.identifier, touch]));
      const now = spread();
      if (before) this.scale(now / before);
      before = now;
    }, { passive: false });
    this.view.addEventListener("touchend", () => { before = 0; });
  }

  /** The mouse drags the picture. */
  drag() {
    let held = false;
    this.view.addEventListener("mousedown", (event) => { held = true; event.preventDefault(); });
    addEventListener("mouseup", () => { held = false; });
    addEventListener("mousemove", (event) => {
      if (held) this.view.scrollBy(-event.movementX, -event.movementY);
    });
  }
}
