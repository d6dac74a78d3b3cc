/** Words, shapes and numbers as people read them. Pure functions. */

/**
 * How serious a state is. Every tone has a colour and a shape of its own, and is always shown beside a word.
 * @typedef {'good'|'warn'|'bad'|'busy'|'idle'} Tone
 */

const SITE_TONES = {online: 'good', degraded: 'warn', unreachable: 'bad', maintenance: 'idle', unknown: 'idle'};
const OPER_TONES = {up: 'good', degraded: 'warn', down: 'bad', testing: 'busy', unknown: 'idle'};
const SYNC_TONES = {in_sync: 'good', drifted: 'warn', reconciling: 'busy', unobserved: 'idle'};
const STATUS_TONES = {
  active: 'good', error: 'bad', rolled_back: 'bad', suspended: 'idle',
  requested: 'busy', reserving: 'busy', provisioning: 'busy', updating: 'busy', rolling_back: 'busy', deleting: 'busy',
};
const OPERATION_TONES = {pending: 'busy', running: 'busy', succeeded: 'good', failed: 'bad', rolled_back: 'bad'};
const SIDE_TONES = {pending: 'idle', applying: 'busy', applied: 'good', removing: 'busy', removed: 'idle'};

export const siteTone = (status) => SITE_TONES[status] ?? 'idle';
export const operTone = (status) => OPER_TONES[status] ?? 'idle';
export const syncTone = (status) => SYNC_TONES[status] ?? 'idle';
export const statusTone = (status) => STATUS_TONES[status] ?? 'idle';
export const operationTone = (state) => OPERATION_TONES[state] ?? 'idle';
export const sideTone = (status) => SIDE_TONES[status] ?? 'idle';
export const linkTone = (link) => (!link.admin_state_up ? 'idle' : operTone(link.oper_status));

/** A connection is as good as the worst that is known of it. */
export function connectionTone(connection) {
  const {status, oper_status: oper, sync_status: sync} = connection;
  if (status !== 'active') return statusTone(status);
  if (oper === 'down') return 'bad';
  if (oper === 'degraded' || sync === 'drifted') return 'warn';
  return oper === 'up' ? 'good' : 'busy';
}

/** One word for a connection, where there is room for one only. */
export function connectionWord(connection) {
  const {status, oper_status: oper, sync_status: sync} = connection;
  if (status !== 'active') return words(status);
  if (oper === 'up' && sync === 'drifted') return 'drifted';
  return words(oper);
}

export const linkWord = (link) => (link.admin_state_up ? words(link.oper_status) : 'taken down');

export const words = (name) => String(name ?? '').replaceAll('_', ' ');

export const sitesOf = (connection) => [connection.sides.local.site, connection.sides.remote.site];

export const nameOf = (object) => object.name || object.id;

/** "b – d": a connection has no direction, so there is no arrow. */
export const pairOf = (connection) => sitesOf(connection).join(' – ');

const number = new Intl.NumberFormat('en', {maximumFractionDigits: 1});

export const count = (n, one, many = one + 's') => `${number.format(n)} ${n === 1 ? one : many}`;

export function mbps(value) {
  if (value === null || value === undefined) return 'best effort';
  return value >= 1000 && value % 100 === 0 ? `${number.format(value / 1000)} Gbit/s` : `${number.format(value)} Mbit/s`;
}

export const ms = (value) => (value === null || value === undefined ? 'not known' : `${number.format(value)} ms`);

export function duration(milliseconds) {
  if (milliseconds === null || milliseconds === undefined) return '';
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${number.format(milliseconds / 1000)} s`;
}

export const percent = (share) => (share === null || share === undefined ? 'not known' : `${number.format(share * 100)} %`);

export const bytes = (value) => (value === null || value === undefined ? 'not known' : `${value} bytes`);

const clock = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit', second: '2-digit'});
const day = new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'short', year: 'numeric'});

/** The time of day; with the day if it is not today. */
export function time(text, now = new Date()) {
  if (!text) return '';
  const at = new Date(text);
  return at.toDateString() === now.toDateString() ? clock.format(at) : `${day.format(at)}, ${clock.format(at)}`;
}
