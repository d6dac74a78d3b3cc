/** The REST API, as its user. */

const PAGE = 1000;
const SILENCE_MS = 40_000; // The server says something every 15 s.
const TOKEN = 'isthmus-token';

/** What the server refused, in its own words (RFC 9457). */
export class Problem extends Error {
  constructor(document) {
    super(document.detail || document.title || 'the server refused');
    this.document = document;
    this.status = document.status ?? 0;
    this.code = document.code ?? '';
  }
}

export const session = {
  get token() { return sessionStorage.getItem(TOKEN) ?? ''; },
  set token(value) { value ? sessionStorage.setItem(TOKEN, value) : sessionStorage.removeItem(TOKEN); },
  /** Called with the text of the reply's Warning header, or ''. */
  onWarning: () => {},
};

function headers(more = {}) {
  const all = {Accept: 'application/json', 'OpenStack-API-Version': 'georedundancy 1.0', ...more};
  if (session.token) all['X-Auth-Token'] = session.token;
  return all;
}

/** What `299 - "text"` says. */
function warningText(header) {
  return header?.match(/^\d{3} \S+ "(.*)"$/)?.[1] ?? header ?? '';
}

async function send(method, path, {body, headers: more} = {}) {
  let response;
  try {
    response = await fetch(path, {
      method,
      cache: 'no-store',
      headers: headers({...(body === undefined ? {} : {'Content-Type': 'application/json'}), ...more}),
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Problem({title: 'No answer', status: 0, code: 'no_answer', detail: 'the server does not answer',
      hint: 'check that the node runs and that this machine can reach it'});
  }
  session.onWarning(warningText(response.headers.get('Warning')));
  const text = await response.text();
  let document = {};
  try {
    document = text ? JSON.parse(text) : {};
  } catch {
    document = {title: 'Not understood', detail: 'the server answered something that is not JSON'};
  }
  if (!response.ok) throw new Problem({status: response.status, ...document});
  return document;
}

export const get = (path) => send('GET', path);

/** All pages of a collection. */
export async function listAll(collection, query = {}) {
  const found = [];
  let marker;
  do {
    const parameters = new URLSearchParams({limit: PAGE, ...query, ...(marker ? {marker} : {})});
    const page = await get(`/v1/${collection}?${parameters}`);
    found.push(...page[collection]);
    // The list of links between sites has its page links under another name.
    const next = (collection === 'links' ? page.links_links : page.links).find((link) => link.rel === 'next');
    marker = next && new URL(next.href, location.origin).searchParams.get('marker');
  } while (marker);
  return found;
}

export const planConnection = (body) => send('POST', '/v1/connections?dry_run=true', {body});
export const createConnection = (body, key) =>
  send('POST', '/v1/connections', {body, headers: {'Idempotency-Key': key}});
export const planDeletion = (id) => send('DELETE', `/v1/connections/${id}?dry_run=true`);
export const deleteConnection = (id, revision) =>
  send('DELETE', `/v1/connections/${id}`, {headers: {'If-Match': `"${revision}"`}});
export const verifyConnection = (id) => send('POST', `/v1/connections/${id}/verify?timeout_s=20`);
export const reconcileConnection = (id) => send('POST', `/v1/connections/${id}/reconcile`);

export const selectBackup = (body) => send('POST', '/v1/backup-selections', {body});
export const logIn = (person) => send('POST', '/console/log-in', {body: person});

/** A key for one wish; `crypto.randomUUID` is missing where the console is served without TLS. */
export function newKey() {
  return 'console-' + Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Follows the event stream until it breaks, then returns. `EventSource` is not used, because it cannot send a token.
 *
 * @param last the id of the last event that was seen, or ''
 * @param on `{open(), event({id, kind, data})}`
 */
export async function follow(last, on, signal) {
  const abort = new AbortController();
  const stop = () => abort.abort();
  signal.addEventListener('abort', stop);
  let silence = setTimeout(stop, SILENCE_MS);
  try {
    const more = {Accept: 'text/event-stream', ...(last ? {'Last-Event-ID': last} : {})};
    const response = await fetch('/v1/events', {headers: headers(more), cache: 'no-store', signal: abort.signal});
    if (!response.ok) throw new Problem({status: response.status, ...(await response.json().catch(() => ({})))});
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    let opened = false;
    for (;;) {
      const {done, value} = await reader.read();
      if (done) return;
      clearTimeout(silence);
      silence = setTimeout(stop, SILENCE_MS);
      if (!opened) {
        opened = true;
        on.open();
      }
      text += value;
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const event = parse(text.slice(0, end));
        text = text.slice(end + 2);
        if (event) on.event(event);
      }
    }
  } finally {
    clearTimeout(silence);
    signal.removeEventListener('abort', stop);
  }
}

function parse(block) {
  const fields = {};
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) fields[line.slice(0, colon)] = line.slice(colon + 1).trimStart();
  }
  return fields.data ? {id: fields.id ?? '', kind: fields.event ?? '', data: JSON.parse(fields.data)} : null;
}
