/** The frame of the console: where one is, how fresh it is, and what is beside what. */
import './connect.js';
import './details.js';
import './lists.js';
import './login.js';
import './map.js';
import './suggest.js';
import {session} from './api.js';
import {matcher} from './lists.js';
import {icon, problem} from './parts.js';
import {State} from './state.js';
import {LitElement, html, live, nothing} from './vendor/vendor.js';
import * as w from './words.js';

const VIEWS = ['map', 'sites', 'links', 'connections', 'operations'];
const TYPES = ['site', 'link', 'connection', 'operation'];
const THEMES = ['auto', 'light', 'dark'];
const FOUND_MOST = 8;

/** `#/view`, `#/view/type/id`, `#/view/connect?local=b&remote=d` or `#/view/backup?site=b`. */
export function readRoute(hash) {
  const [path, query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [view, type, id] = path.split('/').map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return '';
    }
  });
  const route = {view: VIEWS.includes(view) ? view : 'map', selected: null, connect: null, backup: null};
  if (type === 'connect' || type === 'backup') route[type] = Object.fromEntries(new URLSearchParams(query));
  else if (TYPES.includes(type) && id) route.selected = {type, id};
  return route;
}

class IsthmusApp extends LitElement {
  static properties = {
    route: {state: true},
    tick: {state: true},
    search: {state: true},
    marked: {state: true},
    theme: {state: true},
    plan: {state: true},
    after: {state: true},
    keys: {state: true},
  };

  #state = new State();

  constructor() {
    super();
    this.route = readRoute(location.hash);
    this.tick = 0;
    this.search = '';
    this.marked = -1;
    this.plan = null;
    this.after = true;
    this.theme = localStorage.getItem('isthmus-theme') ?? 'auto';
    this.#applyTheme();
  }

  createRenderRoot() {
    this.replaceChildren();
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#state.addEventListener('change', () => { this.tick++; });
    this.#state.start();
    addEventListener('hashchange', () => this.#go());
    addEventListener('keydown', (event) => this.#shortcut(event));
  }

  #go() {
    this.route = readRoute(location.hash);
    this.search = this.route.view === 'map' ? '' : this.search;
    if (this.route.selected) {
      this.updateComplete.then(() => {
        this.querySelector('aside')?.scrollTo(0, 0);
        this.querySelector('aside h2')?.focus({preventScroll: true});
      });
    }
  }

  updated(changes) {
    if (changes.has('route')) document.title = this.#title();
  }

  #title() {
    const {selected, connect, backup, view} = this.route;
    return `${backup ? 'backup' : selected ? `${selected.type} ${selected.id.slice(0, 20)}` : connect ? 'connect' : view} · Isthmus`;
  }

  render() {
    const {view, selected, connect, backup} = this.route;
    const state = this.#state;
    if (state.problem?.status === 401) return this.#logIn();
    const panel = selected || connect || backup;
    const empty = state.loaded && state.sites.size === 0;
    return html`
      <a class="skip" href="#content" @click=${this.#skip}>Skip to the content</a>
      <header class="top">
        <a class="brand" href="#/map"><img src="/console/icon.svg" alt="" width="24" height="24"><span>Isthmus</span></a>
        <nav aria-label="Views">${VIEWS.map((each) => html`<a href=${`#/${each}`} aria-current=${each === view ? 'page' : nothing}>
          ${each[0].toUpperCase() + each.slice(1)}${each === 'map' || each === 'operations' ? nothing : html`<span class="count">${state[each].size}</span>`}</a>`)}</nav>
        ${this.#searchBox()}
        ${this.#freshness()}
        <button class="tool" @click=${this.#nextTheme} title="Theme: ${this.theme}" aria-label="Theme: ${this.theme}. Change it">${{auto: '◐', light: '☀', dark: '☾'}[this.theme]}</button>
        ${session.token ? html`<button class="tool wide" @click=${this.#logOut}>Log out</button>` : nothing}
        <a class="button primary" href=${`#/${view}/connect`} aria-disabled=${state.sites.size < 2}>Connect<span class="roomy">&nbsp;sites</span></a>
      </header>
      ${state.warning ? html`<p class="banner warn-banner" role="status">${icon('warn')} <span><strong>${state.warning[0].toUpperCase() + state.warning.slice(1)}.</strong> For evaluation only.</span></p>` : nothing}
      ${state.stream === 'disconnected' ? html`<p class="banner bad-banner" role="alert">${icon('bad')} <span><strong>Disconnected.</strong>
        ${state.heardAt ? `What you see is from ${w.time(state.heardAt)}. ` : ''}Trying again.</span></p>` : nothing}
      <main id="content" tabindex="-1" class=${`${panel ? 'with-panel' : ''} ${view === 'map' ? 'on-map' : 'on-list'}`}>
        <h1 class="unseen">Isthmus: ${view}</h1>
        <section class="stage">
          ${!state.loaded ? html`<div class="middle">${state.problem ? problem(state.problem) : html`<p role="status">Loading …</p>`}</div>`
            : empty && view !== 'operations' ? this.#welcome()
            : view === 'map' ? html`<isthmus-map .state=${state} .version=${state.version} .selected=${selected} .plan=${connect || backup ? this.plan : null} .showPlan=${backup ? true : this.after} @choose=${this.#choose}></isthmus-map>`
            : html`<isthmus-list .state=${state} .tick=${this.tick} .collection=${view} .search=${this.search} .selected=${selected}></isthmus-list>`}
        </section>
        ${panel && state.loaded ? html`<aside aria-label=${connect ? 'Connect two sites' : backup ? 'Choose a backup' : `Details of the ${selected.type}`}>
          ${connect ? html`<isthmus-connect .state=${state} .tick=${this.tick} .view=${view} .start=${connect} .after=${this.after}
              @plan=${(event) => { this.plan = event.detail; this.after = true; }} @after=${(event) => { this.after = event.detail; }}></isthmus-connect>`
            : backup ? html`<isthmus-suggest .state=${state} .tick=${this.tick} .view=${view} .start=${backup} @plan=${(event) => { this.plan = event.detail; }}></isthmus-suggest>`
            : html`<isthmus-details .state=${state} .tick=${this.tick} .selected=${selected} .view=${view}></isthmus-details>`}</aside>` : nothing}
      </main>
      ${this.keys ? html`<dialog class="keys" @close=${() => { this.keys = false; }} aria-labelledby="keys-title"><h2 id="keys-title">Keys</h2>
        <dl>${[['c', 'connect two sites'], ['b', 'choose a backup'], ['/', 'search'], ['m', 'map'], ['s l n o', 'sites, links, connections, operations'], ['arrows', 'on the map: from site to site'], ['Enter', 'open'], ['+ − 0', 'on the map: zoom, show all'], ['Esc', 'close'], ['?', 'this']]
          .map(([key, what]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${what}</dd></div>`)}</dl>
        <p class="actions"><button class="button" autofocus @click=${(event) => event.target.closest('dialog').close()}>Close</button></p></dialog>` : nothing}`;
  }

  #freshness() {
    const {stream} = this.#state;
    const [tone, text] = {connecting: ['busy', 'Connecting'], live: ['good', 'Live'], disconnected: ['bad', 'Disconnected']}[stream];
    return html`<span class="state fresh ${tone}" role="status" title="What is shown follows the server's event stream">${icon(tone)}<span>${text}</span></span>`;
  }

  #searchBox() {
    const found = this.#found();
    const open = this.route.view === 'map' && this.search !== '';
    return html`<div class="search" role="search">
      <input type="search" id="search" placeholder="Search  /" aria-label="Search sites, links and connections" autocomplete="off" spellcheck="false"
        role="combobox" aria-expanded=${open} aria-controls="found" aria-autocomplete="list" aria-activedescendant=${this.marked >= 0 ? `found-${this.marked}` : nothing}
        .value=${live(this.search)} @input=${(event) => { this.search = event.target.value; this.marked = -1; }} @keydown=${this.#searchKey}>
      <ul id="found" role="listbox" aria-label="Found" ?hidden=${!open}>
        ${found.map(({type, id, text, tone, word}, i) => html`<li role="option" id="found-${i}" aria-selected=${i === this.marked}
          @click=${() => this.#openFound(type, id)}><span><strong>${text}</strong> <span class="small">${type}</span></span><span class="state ${tone}">${icon(tone)}${word}</span></li>`)}
        ${found.length === 0 && open ? html`<li class="small">Nothing found.</li>` : nothing}
      </ul></div>`;
  }

  #found() {
    if (this.route.view !== 'map' || this.search === '') return [];
    const found = [];
    const look = (collection, type, show) => {
      const matches = matcher(collection, this.search);
      for (const object of this.#state[collection].values()) {
        if (found.length >= FOUND_MOST) return;
        if (matches(object)) found.push({type, id: object.id, ...show(object)});
      }
    };
    look('sites', 'site', (site) => ({text: `${site.id} ${site.name}`, tone: w.siteTone(site.status), word: w.words(site.status)}));
    look('connections', 'connection', (one) => ({text: w.nameOf(one), tone: w.connectionTone(one), word: w.connectionWord(one)}));
    look('links', 'link', (one) => ({text: one.name, tone: w.linkTone(one), word: w.linkWord(one)}));
    return found;
  }

  #searchKey(event) {
    const found = this.#found();
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (found.length) this.marked = (this.marked + step + found.length) % found.length;
    } else if (event.key === 'Enter') {
      const chosen = found[Math.max(0, this.marked)];
      if (chosen) this.#openFound(chosen.type, chosen.id);
    } else if (event.key === 'Escape') {
      this.search = '';
      this.marked = -1;
      event.stopPropagation();
    } else {
      return;
    }
    event.preventDefault();
  }

  #openFound(type, id) {
    this.search = '';
    this.marked = -1;
    location.hash = `#/${this.route.view}/${type}/${encodeURIComponent(id)}`;
  }

  #choose(event) {
    const thing = event.detail;
    if (this.route.connect && thing?.type === 'site') {
      const {local} = this.route.connect;
      if (this.plan) return;
      location.hash = local && local !== thing.id ? `#/map/connect?local=${local}&remote=${thing.id}` : `#/map/connect?local=${thing.id}`;
      return;
    }
    if (this.route.backup && thing?.type === 'site') {
      location.hash = this.#backupOf(thing);
      return;
    }
    if (this.plan && this.route.connect) return;
    location.hash = thing ? `#/map/${thing.type}/${encodeURIComponent(thing.id)}` : '#/map';
  }

  #welcome() {
    return html`<div class="middle welcome">
      <h2>No sites yet</h2>
      <p>A site is one datacenter with one OpenStack cell, region or instance. Describe yours on the command line; they appear here at once.</p>
      <pre tabindex="0" aria-label="Commands"><code>isthmus site create b --kind region --auth-url https://keystone.example/v3 \\
    --region RegionB --physical-network physnet1 --vlan-range 2000-2999 \\
    --credential b --latitude 48.86 --longitude 2.35 --country FR \\
    --gateway name=gw-b,driver=frr,…

isthmus link create a b --latency 5 --capacity 1000

isthmus connect b d --bandwidth 200</code></pre>
      <p class="small"><code>isthmus site create --help</code> explains every option.</p>
    </div>`;
  }

  #logIn() {
    return html`<main class="middle"><isthmus-login .reason=${this.#state.problem.document.detail ?? ''} @known=${() => {
      this.#state.restart();
      this.tick++;
    }}></isthmus-login></main>`;
  }

  #logOut() {
    session.token = '';
    location.reload();
  }

  /** The suggestion for a site that is chosen, or for any. */
  #backupOf(thing) {
    const site = thing?.type === 'site' ? `?site=${encodeURIComponent(thing.id)}` : '';
    return `#/${this.route.view}/backup${site}`;
  }

  #skip(event) {
    event.preventDefault();
    this.querySelector('#content').focus();
  }

  #applyTheme() {
    document.documentElement.dataset.theme = this.theme;
  }

  #nextTheme() {
    this.theme = THEMES[(THEMES.indexOf(this.theme) + 1) % THEMES.length];
    localStorage.setItem('isthmus-theme', this.theme);
    this.#applyTheme();
    this.querySelector('isthmus-map')?.recolour();
  }

  #shortcut(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector('dialog[open]')) return;
    if (event.key === 'Escape' && (this.route.selected || this.route.connect || this.route.backup)) {
      location.hash = `#/${this.route.view}`;
      this.updateComplete.then(() => this.querySelector('canvas')?.focus());
      return;
    }
    if (event.target.closest?.('input, textarea, select')) return;
    const views = {m: 'map', s: 'sites', l: 'links', n: 'connections', o: 'operations'};
    if (event.key === 'c') location.hash = `#/${this.route.view}/connect`;
    else if (event.key === 'b') location.hash = this.#backupOf(this.route.selected);
    else if (event.key === '/') this.querySelector('#search').focus();
    else if (event.key === '?') {
      this.keys = true;
      this.updateComplete.then(() => this.querySelector('dialog.keys').showModal());
    } else if (views[event.key]) location.hash = `#/${views[event.key]}`;
    else return;
    event.preventDefault();
  }
}

customElements.define('isthmus-app', IsthmusApp);
