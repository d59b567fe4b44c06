// Shows what the control API says. Everything that comes from outside is set as text, never as markup.

const TOKEN_KEY = 'sandbox-token';
const REFRESH_MS = 2000;
const ROWS_MAX = 50;

const GROUPS = [
  ['Answers', ['mode', 'buyBeforeFault', 'timeoutMs', 'latencyMs', 'latencyJitterMs']],
  ['Outcomes', ['failureRate', 'failRc', 'pendingRate', 'pendingDelayMs', 'pendingFailureRate', 'unknownRc', 'seed']],
  ['Callbacks', ['callbackEnabled', 'callbackDuplicates', 'callbackDelayMs', 'callbackRetryMs', 'contradictLater']],
  ['Limits', ['minRepollMs', 'priceListIntervalMs']],
];
const LABELS = {
  mode: 'Mode',
  buyBeforeFault: 'Buy before the fault strikes',
  timeoutMs: 'Timeout (ms)',
  latencyMs: 'Latency (ms)',
  latencyJitterMs: 'Jitter on top (ms)',
  failureRate: 'Failures (0 to 1)',
  failRc: 'rc of failures',
  pendingRate: 'Pending (0 to 1)',
  pendingDelayMs: 'Pending for (ms)',
  pendingFailureRate: 'Pending that fail (0 to 1)',
  unknownRc: 'Unpublished rc (empty: the true one)',
  seed: 'Seed',
  callbackEnabled: 'Callbacks are sent',
  callbackDuplicates: 'Each one so many times',
  callbackDelayMs: 'Delay (ms)',
  callbackRetryMs: 'First retry after (ms)',
  contradictLater: 'Contradict afterwards',
  minRepollMs: 'Same reference again after (ms)',
  priceListIntervalMs: 'Price list again after (ms)',
};
const MODES = ['NORMAL', 'DOWN', 'HANG', 'HTTP_500', 'GARBAGE', 'TIMEOUT_AFTER_BUY', 'TRUNCATED'];
const SUMMARY = [
  ['references', 'References'],
  ['delivered', 'Delivered'],
  ['pending', 'Pending'],
  ['deliveredTwice', 'Delivered twice', true],
  ['destinationsFilledMoreThanOnce', 'Destinations filled more than once', true],
  ['callsReceived', 'Calls received'],
  ['callsNotCarriedOut', 'Calls not carried out'],
  ['callbacksSent', 'Callbacks accepted'],
  ['callbacksFailed', 'Callbacks given up'],
  ['callbacksWaiting', 'Callbacks waiting'],
];

const rupiah = new Intl.NumberFormat('id-ID', { style: 'currency', currency: 'IDR', maximumFractionDigits: 0 });
const count = new Intl.NumberFormat('en');
const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: 'Asia/Jakarta' });

const at = id => document.getElementById(id);
const shown = new Map();
let switches = {};
let timer = 0;

class Unauthorised extends Error {}

async function call(method, path, body) {
  const response = await fetch('/control' + path, {
    method,
    headers: { 'X-Sandbox-Token': sessionStorage.getItem(TOKEN_KEY) ?? '' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (response.status === 401) {
    throw new Unauthorised('This is not the token of this sandbox.');
  }
  const answer = response.status === 204 ? null : await response.json();
  if (!response.ok) {
    throw new Error(answer.error);
  }
  return answer;
}

function element(name, options = {}, ...children) {
  const { className, ...rest } = options;
  const made = document.createElement(name);
  if (className) {
    made.className = className;
  }
  Object.entries(rest).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

function cell(label, content, className) {
  return element('td', { 'data-label': label, className }, content);
}

/** Details that stay open when they are drawn anew. */
function foldable(key, open, ...children) {
  const details = element('details', {}, ...children);
  details.dataset.key = key;
  details.open = open.has(String(key));
  return details;
}

function openDetails(id) {
  return new Set([...at(id).querySelectorAll('details[open]')].map(details => details.dataset.key));
}

/** Draws a part of the page anew only if what it shows has changed, so that nothing jumps while somebody reads. */
function draw(id, data, children) {
  const print = JSON.stringify(data);
  if (shown.get(id) !== print) {
    shown.set(id, print);
    at(id).replaceChildren(...children());
  }
}

function nothing(columns, text) {
  return element('tr', {}, element('td', { colspan: columns, className: 'empty' }, text));
}

function drawSummary(summary) {
  draw('summary', summary, () => SUMMARY.map(([key, label, alarming]) => {
    const value = summary[key];
    return element('div', alarming && value > 0 ? { className: 'alarm' } : {},
      element('dt', {}, label), element('dd', {}, count.format(value)));
  }));
}

function drawAccounts(accounts) {
  draw('accounts', accounts, () => {
    const open = openDetails('accounts');
    return accounts.length === 0 ? [nothing(4, 'No account yet.')] : accounts.map(account =>
      element('tr', {},
        cell('Username', account.username, 'mono'),
        cell('Balance', rupiah.format(account.balance), 'number'),
        cell('Callbacks', account.callbackUrl ?? 'nowhere'),
        cell('Keys', keys(account, open), 'keys')));
  });
  drawChoices(accounts.map(account => account.username));
}

function keys(account, open) {
  return foldable(account.username, open, element('summary', {}, 'Show'),
    element('dl', {},
      element('dt', {}, 'API key'), element('dd', { className: 'mono' }, account.apiKey),
      element('dt', {}, 'Webhook secret'), element('dd', { className: 'mono' }, account.webhookSecret),
      element('dt', {}, 'Webhook id'), element('dd', { className: 'mono' }, account.hookId)));
}

function drawChoices(usernames) {
  const chosen = at('switches-for').value;
  draw('switches-for', usernames, () => [
    element('option', { value: '' }, 'everybody'),
    ...usernames.map(username => element('option', { value: username }, username)),
  ]);
  at('switches-for').value = usernames.includes(chosen) ? chosen : '';
}

function drawScripts(scripts) {
  draw('scripts', scripts, () => {
    const entries = Object.entries(scripts);
    return entries.length === 0
      ? [element('li', { className: 'empty' }, 'None: everybody gets what the switches say.')]
      : entries.map(([number, script]) => scriptItem(number, script));
  });
}

function scriptItem(number, script) {
  const remove = element('button', { type: 'button', className: 'quiet', 'aria-label': 'Remove script of ' + number }, 'Remove');
  remove.addEventListener('click', () => attempt(() => call('DELETE', '/digiflazz/scripts/' + encodeURIComponent(number))));
  const terms = [script.rc && 'rc ' + script.rc, script.times && script.times + ' left', script.on === 'INQUIRY' && 'inquiries'];
  return element('li', {},
    element('span', { className: 'mono' }, number),
    element('span', {}, script.outcome),
    element('span', { className: 'answer' }, terms.filter(Boolean).join(', ')),
    remove);
}

function badge(status, rc) {
  const kind = { Sukses: 'good', Pending: 'wait', Gagal: 'bad' }[status] ?? 'wait';
  return element('span', { className: 'badge ' + kind }, `${status} ${rc}`);
}

function drawDeliveries(deliveries) {
  draw('deliveries', deliveries, () => deliveries.length === 0 ? [nothing(9, 'Nothing was bought yet.')] : deliveries.map(delivery =>
    element('tr', {},
      cell('Time (WIB)', clock.format(new Date(delivery.firstAt))),
      cell('Reference', delivery.ref_id, 'mono'),
      cell('Account', delivery.username),
      cell('Product', delivery.sku + (delivery.testing ? ' (test)' : '')),
      cell('Destination', delivery.customer_no, 'mono'),
      cell('Status', badge(delivery.status, delivery.rc)),
      cell('Price', rupiah.format(delivery.price), 'number'),
      cell('Delivered', count.format(delivery.deliveries), 'number'),
      cell('Calls', count.format(delivery.purchaseCalls), 'number'))));
}

function drawCalls(id, calls, none) {
  draw(id, calls, () => {
    const open = openDetails(id);
    return calls.length === 0 ? [element('p', { className: 'empty' }, none)] : calls.map(entry => callItem(entry, open));
  });
}

/** The reference a call was about and the code it came to, where they can be read. */
function about(entry) {
  const asked = parsed(entry.body);
  const answered = parsed(entry.answer);
  const parts = [asked.ref_id ?? asked.data?.ref_id ?? asked.customer_no, answered.data?.rc ?? asked.data?.rc];
  return parts.filter(Boolean).join(' → ');
}

function parsed(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

function callItem(entry, open) {
  const kind = entry.status === 0 ? 'bad' : entry.status < 300 ? 'good' : 'bad';
  return foldable(entry.number, open,
    element('summary', {},
      element('time', { datetime: entry.at }, clock.format(new Date(entry.at))),
      element('span', { className: 'path' },
        element('span', { className: 'mono' }, entry.path), ' ',
        element('span', { className: 'about' }, about(entry)), ' ',
        entry.note ? element('span', { className: 'note' }, entry.note) : null),
      element('span', { className: 'badge ' + kind }, entry.status === 0 ? 'none' : String(entry.status)),
      element('span', { className: 'number ms' }, entry.ms.toFixed(1) + ' ms')),
    element('h3', {}, 'Body'), element('pre', {}, entry.body || '(empty)'),
    element('h3', {}, 'Answer'), element('pre', {}, entry.answer || '(none)'));
}

function drawSwitches() {
  at('switches').replaceChildren(...GROUPS.map(([title, names]) =>
    element('fieldset', {}, element('legend', {}, title), ...names.map(switchField))));
}

function switchField(name) {
  const id = 'switch-' + name;
  const label = element('label', { for: id }, LABELS[name]);
  const input = switchInput(name, id);
  const checkbox = input.type === 'checkbox';
  const field = element('div', { className: checkbox ? 'check' : 'field' }, ...(checkbox ? [input, label] : [label, input]));
  input.addEventListener('input', () => field.classList.toggle('changed', read(input) !== (switches[name] ?? null)));
  return field;
}

function switchInput(name, id) {
  const value = switches[name];
  if (name === 'mode') {
    const select = element('select', { id, name }, ...MODES.map(mode => element('option', {}, mode)));
    select.value = value;
    return select;
  }
  if (typeof value === 'boolean') {
    const checkbox = element('input', { id, name, type: 'checkbox' });
    checkbox.checked = value;
    return checkbox;
  }
  const number = typeof value === 'number';
  const input = element('input', { id, name, autocomplete: 'off', ...(number ? { type: 'number', step: 'any' } : {}) });
  input.value = value ?? '';
  return input;
}

function read(input) {
  if (input.type === 'checkbox') {
    return input.checked;
  }
  if (input.type === 'number') {
    return input.value === '' ? null : Number(input.value);
  }
  return input.value === '' ? null : input.value;
}

function switchesPath() {
  const username = at('switches-for').value;
  return '/digiflazz/switches' + (username ? '?username=' + encodeURIComponent(username) : '');
}

async function loadSwitches() {
  switches = await call('GET', switchesPath());
  drawSwitches();
}

async function setSwitches() {
  const change = {};
  for (const input of at('switches').querySelectorAll('input, select')) {
    const value = read(input);
    if (value !== (switches[input.name] ?? null)) {
      change[input.name] = value;
    }
  }
  switches = await call('PUT', switchesPath(), change);
  drawSwitches();
}

async function refresh() {
  const [summary, accounts, scripts, deliveries, calls, callbacks] = await Promise.all([
    call('GET', '/digiflazz/summary'),
    call('GET', '/digiflazz/accounts'),
    call('GET', '/digiflazz/scripts'),
    call('GET', '/digiflazz/deliveries?order=newest&limit=' + ROWS_MAX),
    call('GET', '/calls?limit=' + ROWS_MAX),
    call('GET', '/callbacks?limit=' + ROWS_MAX),
  ]);
  drawSummary(summary);
  drawAccounts(accounts.items);
  drawScripts(scripts);
  drawDeliveries(deliveries.items);
  drawCalls('calls', calls.items, 'Nobody has called yet.');
  drawCalls('callbacks', callbacks.items, 'None was sent yet.');
}

function tell(text, lost = false) {
  at('state').textContent = text;
  at('state').classList.toggle('lost', lost);
}

async function attempt(action) {
  try {
    await action();
    await refresh();
    tell('Up to date');
    return true;
  } catch (error) {
    if (error instanceof Unauthorised) {
      close(error.message);
    } else {
      tell(error instanceof TypeError ? 'The sandbox does not answer' : error.message, true);
    }
    return false;
  }
}

async function tick() {
  if (!document.hidden) {
    await attempt(async () => {});
  }
  if (!at('desk').hidden) {
    timer = setTimeout(tick, REFRESH_MS);
  }
}

function onSubmit(formId, action) {
  const form = at(formId);
  const answer = form.querySelector('.answer');
  form.addEventListener('submit', async event => {
    event.preventDefault();
    try {
      answer.textContent = await action(new FormData(form), form);
      answer.classList.remove('error');
      await attempt(async () => {});
    } catch (error) {
      answer.textContent = error.message;
      answer.classList.add('error');
    }
  });
}

function filled(data, name) {
  const text = (data.get(name) ?? '').trim();
  return text === '' ? undefined : text;
}

function wholeNumber(data, name) {
  const text = filled(data, name);
  return text === undefined ? undefined : Number(text);
}

async function open() {
  if (await attempt(loadSwitches)) {
    at('gate').hidden = true;
    at('desk').hidden = false;
    at('forget').hidden = false;
    clearTimeout(timer);
    timer = setTimeout(tick, REFRESH_MS);
  }
}

function close(message) {
  clearTimeout(timer);
  sessionStorage.removeItem(TOKEN_KEY);
  at('gate').hidden = false;
  at('desk').hidden = true;
  at('forget').hidden = true;
  at('token-error').textContent = message;
  tell('');
  at('token').focus();
}

at('token-form').addEventListener('submit', event => {
  event.preventDefault();
  sessionStorage.setItem(TOKEN_KEY, at('token').value.trim());
  at('token-form').reset();
  at('token-error').textContent = '';
  open();
});
at('forget').addEventListener('click', () => close(''));
at('switches-for').addEventListener('change', () => attempt(loadSwitches));
at('switches-reset').addEventListener('click', () => attempt(async () => {
  switches = await call('DELETE', switchesPath());
  drawSwitches();
}));
onSubmit('switches-form', async () => {
  await setSwitches();
  return 'Set.';
});
onSubmit('account-form', async (data, form) => {
  const account = await call('POST', '/digiflazz/accounts', {
    username: filled(data, 'username'),
    balance: wholeNumber(data, 'balance'),
    callbackUrl: filled(data, 'callbackUrl'),
  });
  form.reset();
  return `Saved ${account.username}.`;
});
onSubmit('script-form', async (data, form) => {
  const number = filled(data, 'number');
  await call('PUT', '/digiflazz/scripts/' + encodeURIComponent(number), {
    outcome: data.get('outcome'),
    rc: filled(data, 'rc'),
    times: wholeNumber(data, 'times'),
  });
  form.reset();
  return `Scripted ${number}.`;
});

if (sessionStorage.getItem(TOKEN_KEY)) {
  open();
} else {
  close('');
}
