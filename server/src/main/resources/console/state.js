/** All that the console knows, kept fresh by the event stream, or by asking again where there is none. */
import {Problem, follow, get, listAll, session} from './api.js';

const TOGETHER_MS = 60; // Events that come together are answered together.
const MANY = 25; // From so many on, the whole list is asked for.
const SITES_EVERY_MS = 5_000; // The health of sites is observed, not stored, so no event tells of it.
const POLL_MS = 5_000;
const RETRY_MOST_MS = 15_000;
const OPERATIONS = {sort_key: 'created_at', sort_dir: 'desc', limit: 200};
const OPERATIONS_KEPT = 500;
const SAMPLES_KEPT = 120;
const HISTORIES_KEPT = 300;

export class State extends EventTarget {
  sites = new Map();
  links = new Map();
  connections = new Map();
  operations = new Map();
  /** @type {'connecting'|'live'|'disconnected'} */
  stream = 'connecting';
  loaded = false;
  /** When something was last heard of the server. */
  heardAt = null;
  warning = '';
  /** Why nothing can be shown, if so. */
  problem = null;
  /** Grows with every change of sites, links or connections; operations do not change the map. */
  version = 0;

  /** What was measured of each connection while this page was open. */
  #measured = new Map();
  #wanted = new Map();
  #timer = 0;
  #announced = false;
  #abort = new AbortController();
  #lastEvent = '';
  #loading = null;

  start() {
    session.onWarning = (text) => {
      if (text !== this.warning) {
        this.warning = text;
        this.#changed();
      }
    };
    this.#follow();
    setInterval(() => this.#poll(), POLL_MS);
    const askForSites = () => document.hidden || this.problem?.status === 401 || this.#quietly(() => this.#list('sites'));
    setInterval(askForSites, SITES_EVERY_MS);
    document.addEventListener('visibilitychange', askForSites);
  }

  /** After another token was given. */
  restart() {
    this.problem = null;
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#follow();
  }

  async #follow() {
    const {signal} = this.#abort;
    let wait = 500;
    while (!signal.aborted) {
      try {
        await follow(this.#lastEvent, {
          open: () => {
            wait = 500;
            this.stream = 'live';
            this.#heard();
            // Asked for once the stream is open: what changes meanwhile is told by it.
            this.#quietly(() => this.loadAll());
            this.#quietly(() => this.#checkPlace());
          },
          event: (event) => this.#event(event),
        }, signal);
      } catch (failure) {
        if (failure instanceof Problem && failure.status === 401) {
          this.problem = failure;
          this.#changed();
          return; // Until somebody logs in.
        }
      }
      if (signal.aborted) return;
      this.stream = 'disconnected';
      this.#changed();
      if (!this.loaded) this.#quietly(() => this.loadAll());
      await new Promise((resolve) => setTimeout(resolve, wait));
      wait = Math.min(wait * 2, RETRY_MOST_MS);
    }
  }

  /** After a store was restored, its events are numbered anew: to wait for those after ours would be to wait for nothing. */
  async #checkPlace() {
    if (this.#lastEvent === '') return;
    const [newest] = (await get('/v1/events?limit=1')).events;
    if (newest && Number(newest.id) >= Number(this.#lastEvent)) return;
    this.#lastEvent = '';
    this.restart();
  }

  #poll() {
    if (this.stream !== 'live' && !document.hidden && this.problem?.status !== 401) this.#quietly(() => this.loadAll());
  }

  loadAll() {
    this.#loading ??= Promise.all(['sites', 'links', 'connections', 'operations'].map((each) => this.#list(each)))
      .then(() => {
        this.loaded = true;
        this.problem = null;
        this.#heard();
        this.#changed();
      })
      .finally(() => { this.#loading = null; });
    return this.#loading;
  }

  async #list(collection) {
    if (collection === 'operations') {
      const page = await get('/v1/operations?' + new URLSearchParams(OPERATIONS));
      this.#put(collection, page.operations);
      return;
    }
    this.#put(collection, await listAll(collection));
  }

  /** Newer revisions that an event brought meanwhile are kept. */
  #put(collection, objects) {
    const before = this[collection];
    if (collection === 'connections') objects.forEach((each) => this.#remember(each));
    this[collection] = new Map(objects.map((object) => {
      const known = before.get(object.id);
      return [object.id, known && known.revision > object.revision ? known : object];
    }));
    this.#heard();
    if (collection !== 'operations') this.version++;
    this.#changed();
  }

  #event({id, kind, data}) {
    if (id) this.#lastEvent = id;
    this.#heard();
    if (kind === 'stream.gap') {
      this.#quietly(() => this.loadAll());
      return;
    }
    const collection = {site: 'sites', link: 'links', connection: 'connections', operation: 'operations'}[data.resource_type];
    if (!collection) return;
    if (!this.#wanted.has(collection)) this.#wanted.set(collection, new Set());
    this.#wanted.get(collection).add(data.resource_id);
    this.#timer ||= setTimeout(() => {
      this.#timer = 0;
      const wanted = this.#wanted;
      this.#wanted = new Map();
      for (const [each, ids] of wanted) this.#quietly(() => this.#refresh(each, ids));
    }, TOGETHER_MS);
  }

  async #refresh(collection, ids) {
    if (ids.size > MANY) {
      await this.#list(collection);
    } else {
      await Promise.all(Array.from(ids, (id) => this.#refreshOne(collection, id)));
    }
    // What a connection books is shown at the links.
    if (collection === 'connections') await this.#list('links');
  }

  async #refreshOne(collection, id) {
    try {
      const object = await get(`/v1/${collection}/${encodeURIComponent(id)}`);
      if (collection === 'connections') this.#remember(object);
      const known = this[collection].get(id);
      if (!known || known.revision <= object.revision) this[collection].set(id, object);
    } catch (failure) {
      if (failure instanceof Problem && failure.status === 404) this[collection].delete(id);
      else throw failure;
    }
    if (collection === 'operations') this.#forgetOldOperations();
    else this.version++;
    this.#changed();
  }

  #forgetOldOperations() {
    if (this.operations.size <= OPERATIONS_KEPT) return;
    const oldest = [...this.operations.values()].sort((a, b) => a.created_at.localeCompare(b.created_at));
    for (const each of oldest.slice(0, oldest.length - OPERATIONS_KEPT)) this.operations.delete(each.id);
  }

  #remember({id, measured, mtu}) {
    if (!measured || (!this.#measured.has(id) && this.#measured.size >= HISTORIES_KEPT)) return;
    const samples = this.#measured.get(id) ?? this.#measured.set(id, []).get(id);
    if (samples.at(-1)?.at === measured.at) return;
    samples.push({at: measured.at, rtt_ms: measured.rtt_ms, loss: measured.loss, mtu: mtu.measured});
    if (samples.length > SAMPLES_KEPT) samples.shift();
  }

  /** Oldest first. */
  measuredOf(id) {
    return this.#measured.get(id) ?? [];
  }

  /** Takes over what a reply told. */
  learn(connection) {
    this.#remember(connection);
    this.connections.set(connection.id, connection);
    this.version++;
    this.#changed();
  }

  #heard() {
    this.heardAt = new Date();
  }

  #quietly(work) {
    work().catch((failure) => {
      if (!(failure instanceof Problem)) throw failure;
      if (failure.status === 401 || failure.status === 403 || !this.loaded) this.problem = failure;
      this.#changed();
    });
  }

  #changed() {
    if (this.#announced) return;
    this.#announced = true;
    queueMicrotask(() => {
      this.#announced = false;
      this.dispatchEvent(new Event('change'));
    });
  }

  connectionsAt(site) {
    return [...this.connections.values()].filter(({sides}) => sides.local.site === site || sides.remote.site === site);
  }

  linksAt(site) {
    return [...this.links.values()].filter((link) => link.a_site === site || link.z_site === site);
  }

  connectionsOver(link) {
    return [...this.connections.values()].filter((connection) => connection.path.links.includes(link));
  }
}
