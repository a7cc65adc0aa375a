'use strict';

// Shows what the launcher knows; the experiments themselves run there, through the same front as this page.

const LIVE_MILLIS = 100;
const IDLE_MILLIS = 1500;
const SIDES = {stock: 'Stock Tomcat', holdfast: 'Holdfast'};
const byId = id => document.getElementById(id);
const sections = [...document.querySelectorAll('.experiment')];

for (const section of sections) {
  for (const [side, name] of Object.entries(SIDES)) {
    const panel = byId('panel').content.firstElementChild.cloneNode(true);
    panel.classList.add(side);
    panel.querySelector('h3').textContent = name;
    panel.querySelector('.kept small').textContent = section.dataset.kept;
    panel.querySelector('.lost small').textContent = section.dataset.lost;
    panel.querySelector('.loses').textContent = section.dataset.lost;
    section.append(panel);
  }
  section.querySelector('button').onclick = () => run(section.dataset.number);
}
byId('all').onclick = () => run();
byId('curl').textContent = `curl -X POST ${location.origin}/demo/run`;
for (const side of Object.keys(SIDES)) {
  fetch(`${side}.xml`).then(answer => answer.text()).then(text => byId(`${side}-xml`).textContent = text.trim());
}

let timer;
look();

/** Starts one experiment, or all; the answer comes when they are done, and meanwhile we look at how they go. */
function run(number) {
  const chosen = name => document.querySelector(`input[name=${name}]:checked`).value;
  const query = new URLSearchParams({requests: chosen('requests'), hold: chosen('hold')});
  if (number) {
    query.set('experiment', number);
  }
  const done = fetch(`demo/run?${query}`, {method: 'POST'});
  setTimeout(look, LIVE_MILLIS);
  done.finally(look);
}

async function look() {
  clearTimeout(timer);
  let running = false;
  try {
    const results = await (await fetch('demo/results.json')).json();
    running = results.running;
    show(results);
  } catch {
    say('The demo has ended. Start it again with mvn -Pdemo and open the address it prints.', 0, true);
  }
  clearTimeout(timer);
  timer = setTimeout(look, running ? LIVE_MILLIS : IDLE_MILLIS);
}

function show(results) {
  document.querySelectorAll('button').forEach(button => button.disabled = results.running);
  for (const result of results.experiments) {
    const section = sections.find(s => s.dataset.number === String(result.number));
    const width = Math.max(result.stock.millis, result.holdfast.millis, 1);
    for (const side of Object.keys(SIDES)) {
      showSide(section, side, result[side], width);
    }
  }
  showScore(results);
  showProgress(results);
}

function showSide(section, side, result, width) {
  const panel = section.querySelector(`.panel.${side}`);
  const text = (selector, value) => panel.querySelector(selector).textContent = value;
  const begun = result.state !== 'not_run';
  const done = result.state === 'done';
  const crowd = done && section.dataset.number === '1' ? `, ${atOnce(result.requests)} at once on a node` : '';
  text('.time', begun ? seconds(result.millis) + crowd : '');
  text('.kept b', done ? result.kept : '–');
  text('.lost b', done ? result.lost.length : '–');
  text('.kept small', done ? `of ${result.sent} ${section.dataset.kept}` : section.dataset.kept);
  panel.querySelector('.kept b').className = done && result.kept === result.sent ? 'good' : '';
  panel.querySelector('.lost b').className = done && result.lost.length ? 'bad' : '';
  const verdict = panel.querySelector('.verdict');
  verdict.textContent = verdictOn(section, side, result);
  verdict.className = 'verdict ' + (done ? (result.lost.length ? 'bad' : 'good') : '');
  showChips(panel.querySelector('.chips'), result.requests.filter(request => request.fate !== 'aside'));
  showLanes(panel.querySelector('.lanes'), result.requests, width);
}

function verdictOn(section, side, result) {
  const unit = section.dataset.unit;
  const lost = result.lost.length;
  if (result.state === 'failed') {
    return `Could not be carried out: ${result.failure}`;
  }
  if (result.state !== 'done') {
    return result.state === 'running' ? 'At work …' : 'Not run yet.';
  }
  if (section.dataset.number === '3') {
    return lost
      ? `The old cookie opens ${lost === 1 ? 'a session' : `${lost} sessions`} again, with the user logged in: number ${names(result)}.`
      : `All ${result.sent} sessions stayed dead, on both nodes; the late writes were dropped.`;
  }
  if (lost) {
    const answered = result.refused
      ? `Of all ${result.sent} requests, ${result.refused} were answered with an error, the others 200 OK.`
      : `Yet all ${result.sent} requests were answered 200 OK.`;
    return `Lost: ${names(result)}. ${answered}`;
  }
  return side === 'stock'
    ? 'Nothing was lost this time. It is a matter of timing: run it again.'
    : `All ${result.sent} ${unit} are there, on both nodes.`;
}

function names(result) {
  return result.lost.join(', ');
}

function showChips(list, updates) {
  while (list.children.length > updates.length) {
    list.lastChild.remove();
  }
  updates.forEach((update, i) => {
    let chip = list.children[i];
    if (!chip) {
      chip = document.createElement('li');
      chip.append(document.createElement('i'), document.createElement('span'));
      list.append(chip);
    }
    chip.firstChild.textContent = update.node;
    chip.lastChild.textContent = update.label;
    const flying = update.sent >= 0 && update.answered < 0 ? 'flying' : '';
    chip.className = `${update.node.toLowerCase()} ${flying} ${update.fate}`;
    chip.title = update.answered < 0 ? '' : `node ${update.node}, ${update.answered - update.sent} ms, HTTP ${update.status}`;
  });
}

/** One lane for each node, and in it as few rows as keep requests from covering each other. */
function showLanes(lanes, requests, width) {
  const answered = requests.filter(request => request.answered >= 0 && request.node);
  lanes.replaceChildren();
  if (!answered.length) {
    return;
  }
  const percent = millis => `${100 * millis / width}%`;
  for (const node of ['A', 'B']) {
    const lane = add(lanes, 'div', `lane ${node.toLowerCase()}`);
    add(lane, 'i', `dot ${node.toLowerCase()}`).textContent = node;
    const rows = add(lane, 'div', 'rows');
    const ends = [];
    answered.filter(request => request.node === node).sort((x, y) => x.entered - y.entered).forEach(request => {
      let row = ends.findIndex(end => end <= request.sent);
      row = row < 0 ? ends.length : row;
      ends[row] = request.left;
      const wait = add(rows, 'span', 'bar-wait');
      const work = add(rows, 'span', `bar-work ${request.fate}`);
      wait.style.left = percent(request.sent);
      wait.style.width = percent(request.entered - request.sent);
      work.style.left = percent(request.entered);
      work.style.width = percent(request.left - request.entered);
      wait.style.top = work.style.top = `${row * 8}px`;
      work.title = `${request.label}: ${request.entered} to ${request.left} ms on node ${node}`;
    });
    rows.style.height = `${Math.max(2, ends.length) * 8}px`;
  }
  const axis = add(lanes, 'div', 'axis');
  add(axis, 'span').textContent = '0 s';
  add(axis, 'span').textContent = seconds(width);
  lanes.setAttribute('aria-label', `When each of ${answered.length} requests waited and worked, by node`);
}

/** The most requests that worked at the same time on one node. */
function atOnce(requests) {
  const working = requests.filter(request => request.left >= 0);
  return Math.max(0, ...working.map(one => working.filter(
    other => other.node === one.node && other.entered <= one.entered && one.entered < other.left).length));
}

function showScore(results) {
  for (const side of Object.keys(SIDES)) {
    const done = results.experiments.map(result => result[side]).filter(result => result.state === 'done');
    const score = byId(`score-${side}`);
    if (!done.length) {
      score.textContent = '–';
      score.className = 'big';
      byId(`of-${side}`).textContent = results.running ? 'at work …' : 'run the experiments';
      continue;
    }
    const lost = done.reduce((sum, result) => sum + result.lost.length, 0);
    const sent = done.reduce((sum, result) => sum + result.sent, 0);
    score.textContent = lost;
    add(score, 'small').textContent = ' lost';
    score.className = `big ${lost ? 'bad' : 'good'}`;
    byId(`of-${side}`).textContent =
      `of ${sent} changes, in ${done.length === 1 ? 'one experiment' : `${done.length} experiments`}`;
  }
}

function showProgress(results) {
  const sides = results.experiments.flatMap(result => [result.stock, result.holdfast]);
  const at = results.experiments.find(result => result.stock.state === 'running' || result.holdfast.state === 'running');
  const all = results.experiments.length;
  if (results.running && at) {
    const answered = side => side.requests.filter(request => request.fate !== 'aside' && request.answered >= 0).length;
    const share = (answered(at.stock) + answered(at.holdfast)) / Math.max(1, at.stock.sent + at.holdfast.sent);
    const before = results.experiments.filter(result => result.number < at.number).length;
    say(`Experiment ${at.number} of ${all}: of ${at.stock.sent} requests, stock Tomcat has answered ${answered(at.stock)}, `
      + `Holdfast ${answered(at.holdfast)}`, (before + share) / all);
  } else if (sides.some(side => side.state === 'failed')) {
    say('An experiment could not be carried out; its panel and the console say why.', 0, true);
  } else if (sides.every(side => side.state === 'not_run')) {
    say('Ready. Run all three; it takes about six seconds.', 0);
  } else {
    say('Done. Run it again: no two runs are alike.', 1);
  }
}

function say(text, share, off = false) {
  byId('progress').textContent = text;
  byId('progress').parentElement.classList.toggle('off', off);
  byId('meter').style.width = `${100 * share}%`;
}

function seconds(millis) {
  return `${(millis / 1000).toFixed(millis < 1000 ? 2 : 1)} s`;
}

function add(parent, tag, className = '') {
  const child = document.createElement(tag);
  child.className = className;
  parent.append(child);
  return child;
}
