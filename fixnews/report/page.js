'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const CHUNK = 20, HIGH = 89, FIRST = 20, CONTEXT = 24, SERIES = 60;
const FIELDS = ['page', 'number', 'start', 'end', 'after', 'code', 'safety', 'confidence',
  'applied', 'message', 'line', 'column', 'keys', 'to'];
const rows = data.corrections.map((values, id) => {
  const row = {id};
  FIELDS.forEach((name, n) => { row[name] = values[n]; });
  return row;
});
const pages = data.pages.map((page, id) => ({...page, id, rows: []}));
for (const row of rows) { row.before = pages[row.page].text.slice(row.start, row.end); pages[row.page].rows.push(row); }
const questions = new Map();
for (const one of data.series) for (const ids of one.questions) for (const id of ids) questions.set(id, ids);
const answers = new Map(), done = [];
const form = document.forms[0], main = document.querySelector('main'), nav = document.querySelector('nav');
const output = document.querySelector('output');
const said = document.getElementById('said');

const SHAPELESS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\p{Cf}\p{Co}\p{Cn}\p{Cs}]/gu;
function visible(text, breaks = '⏎') {
  return text.replace(/\r\n?/g, '\n').replace(SHAPELESS, c => {
    const code = c.codePointAt(0);
    if (c === '\n') return breaks;
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '<U+' + code.toString(16).toUpperCase().padStart(4, '0') + '>';
  });
}
function el(tag, facts = {}, ...inside) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(facts)) {
    if (name === 'data') Object.assign(node.dataset, value);
    else if (name.startsWith('on') || name in node) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...inside.filter(one => one !== null));
  return node;
}
function line(page, start, end) {
  const text = pages[page].text;
  const left = text.slice(Math.max(0, start - CONTEXT), start).split(/[\r\n]/).pop();
  return [left, text.slice(end, end + CONTEXT).split(/[\r\n]/)[0]];
}
function marked(row) {
  if (row.safety === 'note') return [el('mark', {}, visible(row.before))];
  const typed = answers.get(row.id);
  const after = typed && typed.verdict === 'edit' ? typed.text : row.to ? '' : row.after;
  return [row.before ? el('del', {}, visible(row.before)) : null,
    after ? el('ins', {}, visible(after)) : null];
}
function hay(row) {
  if (!row.hay) row.hay = [pages[row.page].path, row.code, data.rules[row.code] || '',
    data.messages[row.message], row.before, row.after, ...line(row.page, row.start, row.end)].join('\n');
  return row.hay;
}
function change(row) {
  const [left, right] = line(row.page, row.start, row.end);
  return el('p', {className: 'change', lang: 'zh'}, visible(left), ...marked(row), visible(right));
}
function place(page, offset) {
  const lines = pages[page].text.slice(0, offset).split(/\r\n?|\n/);
  return pages[page].path + ':' + lines.length;
}
function buttons(ids, series) {
  const box = el('span', {className: 'answer'});
  const given = ids.map(id => (answers.get(id) || {}).verdict || '');
  const all = verdict => given.length > 0 && given.every(one => one === verdict);
  for (const verdict of ['accept', 'reject'])
    box.append(el('button', {type: 'button', 'aria-pressed': String(all(verdict)), data: {verdict},
      onclick: event => { event.preventDefault(); decide(ids, all(verdict) ? '' : verdict); }}, verdict));
  if (!series && !rows[ids[0]].to && ids.length === 1)
    box.append(el('button', {type: 'button', 'aria-pressed': String(all('edit')), data: {verdict: 'edit'},
      onclick: () => type(rows[ids[0]])}, 'edit'));
  return box;
}
function article(row) {
  const facts = `${row.line}:${row.column} · ${row.safety} · ${row.confidence.toFixed(2)}`
    + (row.applied || row.safety === 'note' ? '' : ' · not applied');
  const what = el('p', {className: 'what'},
    row.safety === 'note' ? null : buttons(questions.get(row.id) || [row.id], false),
    el('b', {}, `${row.code} ${data.rules[row.code] || ''}`), ' ' + facts + ' ',
    el('a', {href: `#c${row.id}`, title: 'a link to this'}, `${row.number}/${pages[row.page].rows.length}`),
    row.to ? el('a', {href: `#p${row.to[0] + 1}`}, ' → ' + visible(place(...row.to))) : null,
    el('br'), visible(data.messages[row.message]));
  const verdict = (answers.get(row.id) || {}).verdict || '';
  return el('article', {id: `c${row.id}`, className: (row.applied ? '' : 'unapplied ') + verdict,
    data: {rule: row.code, safety: row.safety}}, what, change(row));
}

const watcher = new IntersectionObserver(seen => {
  for (const one of seen) if (one.isIntersecting) fill(one.target);
}, {rootMargin: '800px'});
function fill(chunk) {
  if (!chunk.wanted) return;
  chunk.append(...chunk.wanted.map(article));
  chunk.wanted = null;
  watcher.unobserve(chunk);
}
function chunks(found) {
  const made = [];
  for (let at = 0; at < found.length; at += CHUNK) {
    const chunk = el('div', {className: 'chunk'});
    chunk.wanted = found.slice(at, at + CHUNK);
    chunk.style.setProperty('--high', chunk.wanted.length * HIGH + 'px');
    made.push(chunk);
  }
  return made;
}
function put(body, found) {
  for (const old of body.querySelectorAll('.chunk')) watcher.unobserve(old);
  body.replaceChildren(...chunks(found));
  for (const chunk of body.children) watcher.observe(chunk);
}

for (const page of pages) {
  page.body = el('div');
  page.button = el('button', {type: 'button', onclick: () => whole(page)}, 'whole page');
  page.section = el('section', {id: `p${page.id + 1}`},
    el('h2', {}, visible(page.path), ' ', el('small', {}, page.facts), ' ', page.button), page.body);
  page.count = el('b', {}, String(page.rows.length));
  page.link = el('a', {href: `#p${page.id + 1}`}, el('span', {}, visible(page.path)), page.count);
}
document.getElementById('pages').append(...pages.map(page => page.section));
nav.append(...pages.map(page => page.link));

function whole(page) {
  page.open = !page.open;
  page.button.textContent = page.open ? 'list' : 'whole page';
  if (!page.open) { put(page.body, page.found); return; }
  const changing = page.rows.filter(row => row.safety !== 'note' && row.applied);
  page.body.replaceChildren(el('div', {className: 'whole', lang: 'zh'},
    el('div', {}, ...pieces(page, changing, false)), el('div', {}, ...pieces(page, changing, true))));
}
function link(row, node) {
  return el('a', {href: `#c${row.id}`, title: row.code, onclick: event => { event.preventDefault(); go(row); }}, node);
}
function* pieces(page, changing, after) {
  const coming = after ? rows.filter(row => row.to && row.applied && row.to[0] === page.id) : [];
  yield* stretch(page, 0, page.text.length, changing, coming, after);
}
function* stretch(page, start, end, changing, coming, after) {
  const stops = [...changing.filter(row => row.start >= start && row.end <= end).map(row => [row.start, 1, row]),
    ...coming.filter(row => row.to[1] >= start && row.to[1] <= end).map(row => [row.to[1], 0, row])]
    .sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  let at = start;
  for (const [where, own, row] of stops) {
    if (own && row.start < at) continue;
    yield visible(page.text.slice(at, where), '\n');
    at = Math.max(at, where);
    if (!own) {
      const from = pages[row.page], inner = from.rows.filter(one => one.applied && !one.to && one.safety !== 'note');
      yield link(row, el('ins', {}, ...stretch(from, row.start, row.end, inner, [], true)));
      continue;
    }
    at = row.end;
    const text = after ? (row.to ? '' : row.after) : row.before;
    if (text) yield link(row, el(after ? 'ins' : 'del', {}, after ? visible(text, '⏎\n') : visible(text, '⏎\n')));
  }
  yield visible(page.text.slice(at, end), '\n');
}
function go(row) {
  const page = pages[row.page];
  if (page.open) whole(page);
  if (!page.found.includes(row)) { form.reset(); filter(); }
  fill(page.body.children[Math.floor(page.found.indexOf(row) / CHUNK)]);
  const target = document.getElementById(`c${row.id}`);
  location.hash = target.id;
  target.scrollIntoView({block: 'center'});
}

const shownSeries = [];
function sure(one) {
  const [least, mean] = [one.least, one.mean].map(value => value.toFixed(2));
  return least === mean ? mean : `${least}–${mean}`;
}
function folded(one) {
  const pair = one.kind === 'pair' ? `${visible(one.before) || '∅'} → ${visible(one.after) || '∅'}` : one.kind;
  one.state = el('small');
  one.answer = el('span');
  one.inner = el('div');
  one.node = el('details', {className: 'series', ontoggle: () => opened(one)},
    el('summary', {}, one.answer, el('b', {}, `${one.code} ${data.rules[one.code] || ''}`), `  ${pair}  `,
      el('small', {}, `${one.surroundings} · ${one.questions.length} on ${one.pages} page${one.pages > 1 ? 's' : ''} · ${sure(one)}`
        + (one.sure ? '' : ' · doubtful') + ' '), one.state), one.inner);
  shownSeries.push(one);
  return one.node;
}
for (const one of data.series) one.ids = one.questions.flat();
const equals = data.series.filter(one => one.sure || one.questions.length > 1);
const alone = data.series.filter(one => !one.sure && one.questions.length === 1).map(one => rows[one.ids[0]]);
const more = el('button', {type: 'button', onclick: () => { more.before(...equals.slice(SERIES).map(folded)); more.remove(); tell(); }},
  `all ${equals.length} series`);
const rest = el('div');
document.getElementById('series').append(...equals.slice(0, SERIES).map(folded),
  equals.length > SERIES ? more : '',
  alone.length ? el('details', {className: 'series', ontoggle: event => put(rest, event.target.open ? alone : [])},
    el('summary', {}, el('b', {}, `doubtful, one of each: ${alone.length}`)), rest) : '');
function opened(one) {
  if (!one.node.open) { one.inner.replaceChildren(); return; }
  const all = el('div'), left = one.questions.length - one.examples.length;
  one.inner.replaceChildren(...one.examples.map(id => el('div', {}, el('small', {}, visible(place(rows[id].page, rows[id].start)) + ' '), change(rows[id]))),
    left > 0 ? el('button', {type: 'button', onclick: () => put(all, one.questions.map(ids => rows[ids[0]]))}, `all ${one.questions.length}`) : '', all);
}

function decide(ids, verdict, text = '') {
  const every = [...new Set(ids.flatMap(id => questions.get(id) || [id]))];
  done.push(every.map(id => [id, answers.get(id)]));
  for (const id of every) if (verdict) answers.set(id, {verdict, text}); else answers.delete(id);
  decided(every);
}
function undo() {
  const last = done.pop();
  if (!last) return;
  for (const [id, before] of last) if (before) answers.set(id, before); else answers.delete(id);
  decided(last.map(([id]) => id));
}
function decided(ids) {
  for (const id of ids) for (const old of document.querySelectorAll(`[id="c${id}"]`)) old.replaceWith(article(rows[id]));
  tell();
  keep();
}
function type(row) {
  const before = answers.get(row.id);
  const text = prompt(`instead of “${visible(row.before)}”`, before && before.verdict === 'edit' ? before.text : row.after);
  if (text !== null) decide([row.id], 'edit', text);
}
function tell() {
  for (const one of shownSeries) {
    const given = one.ids.filter(id => answers.has(id)).length;
    one.state.textContent = given ? (given === one.ids.length ? 'answered' : `${one.ids.length - given} left`) : '';
    one.answer.replaceChildren(buttons(one.ids, true));
  }
  said.textContent = answers.size ? `${answers.size} answered` : '';
}
const store = 'fixnews:' + data.name;
let waiting = 0;
function keep() {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    try { localStorage.setItem(store, JSON.stringify([...answers])); } catch { /* private window */ }
  }, 300);
}
function answered() {
  const made = [];
  for (const [id, {verdict, text}] of answers) {
    const row = rows[id], path = pages[row.page].path;
    for (const key of row.keys) made.push({key, verdict, text, path, line: row.line, column: row.column,
      code: row.code, before: row.before, after: row.after});
  }
  return data.header + made.map(one => JSON.stringify(one) + '\n').join('');
}
function save() {
  const url = URL.createObjectURL(new Blob([answered()], {type: 'application/jsonl'}));
  el('a', {href: url, download: 'answers.jsonl'}).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

function filter() {
  const safe = new Set([...form.safety].filter(b => b.checked).map(b => b.value));
  const rule = form.rule.value, words = form.search.value.trim();
  let count = 0, ready = 0;
  for (const page of pages) {
    page.found = page.rows.filter(row => safe.has(row.safety) && (!rule || row.code === rule)
      && (!words || hay(row).includes(words)));
    const some = page.found.length > 0;
    page.section.hidden = !some && page.rows.length > 0;
    page.link.hidden = page.section.hidden;
    page.count.textContent = String(page.found.length);
    page.body.hidden = false;
    if (!page.open) put(page.body, page.found);
    for (const chunk of page.open ? [] : page.body.children) {
      if (ready >= FIRST) break;
      ready += chunk.wanted.length;
      fill(chunk);
    }
    count += page.found.length;
  }
  output.textContent = count + ' / ' + rows.length;
}
const where = new IntersectionObserver(seen => {
  for (const one of seen) {
    const page = pages[Number(one.target.id.slice(1)) - 1];
    page.link.classList.toggle('here', one.isIntersecting);
    if (one.isIntersecting) nav.scrollTop = page.link.offsetTop - nav.offsetTop - nav.clientHeight / 2;
  }
}, {rootMargin: '-20% 0px -75% 0px'});
for (const page of pages) where.observe(page.section);
function hashed() {
  const id = /^#c(\d+)$/.exec(location.hash);
  if (id && rows[id[1]] && !document.getElementById(`c${id[1]}`)) go(rows[id[1]]);
}
try { for (const [id, given] of JSON.parse(localStorage.getItem(store) || '[]')) if (rows[id]) answers.set(id, given); } catch { /* none */ }
form.addEventListener('input', filter);
form.addEventListener('submit', event => event.preventDefault());
document.getElementById('save').onclick = save;
document.getElementById('undo').onclick = undo;
window.addEventListener('hashchange', hashed);
filter();
tell();
hashed();
