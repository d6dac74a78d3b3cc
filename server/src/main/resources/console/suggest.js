/** Which site could back one up: a ranking with reasons, and why every other site is none. */
import {LitElement, html, live, nothing} from './vendor/vendor.js';
import {Problem, selectBackup} from './api.js';
import {icon, problem} from './parts.js';
import * as w from './words.js';

const FREE = {site: '', latency: '', bandwidth: '', nearest: '', farthest: '', without: ''};
const CRITERIA = {
  latency_ms: ['Latency', (value) => `${w.ms(value)} one way`],
  free_capacity: ['Free capacity', (value) => (typeof value === 'number' ? `${w.percent(value)} free` : value)],
  shared_risk: ['Shared risk', (value) => `${value} in common`],
  spare_balance: ['Balance of spares', (value) => `${value} spares there`],
  cost: ['Cost', (value) => `${value}`],
};

export class IsthmusSuggest extends LitElement {
  static properties = {
    state: {attribute: false},
    tick: {attribute: false},
    view: {attribute: false},
    start: {attribute: false},
    wish: {state: true},
    found: {state: true},
    shown: {state: true},
    failure: {state: true},
    busy: {state: true},
  };

  constructor() {
    super();
    this.wish = {...FREE};
    this.found = null;
    this.shown = '';
    this.failure = null;
    this.busy = false;
    this.start = {};
  }

  createRenderRoot() { return this; }

  willUpdate(changes) {
    if (changes.has('start') && this.start.site && this.start.site !== this.wish.site) {
      this.wish = {...this.wish, site: this.start.site};
      this.found = null;
    }
  }

  firstUpdated() {
    if (this.wish.site) this.#ask();
    else this.querySelector('#active')?.focus();
  }

  updated(changes) {
    if (changes.has('failure') && this.failure) this.querySelector('.problem')?.focus();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#draw(null);
  }

  /** What the map draws: the candidate's path, as a plan is drawn. */
  #draw(candidate) {
    this.shown = candidate?.site ?? '';
    this.dispatchEvent(new CustomEvent('plan', {
      bubbles: true,
      detail: candidate && {path: candidate.path, word: 'suggested', sides: {local: {site: this.asked}, remote: {site: candidate.site}}},
    }));
  }

  render() {
    return html`<header class="panel-head">
        <div><p class="kind">backup</p><h2 tabindex="-1">${this.wish.site ? `A backup for ${this.wish.site}` : 'Choose a backup'}</h2></div>
        <a class="close" href=${`#/${this.view}`} aria-label="Close" title="Close (Esc)">×</a>
      </header>
      ${this.#form()}${problem(this.failure)}${this.found ? this.#results() : nothing}`;
  }

  #form() {
    const input = (name, id, label, type, more = nothing) => html`<div class="field"><label for=${id}>${label}</label>
      <input id=${id} type=${type} min="0" step="any" list=${more} autocomplete="off" spellcheck="false" ?required=${name === 'site'}
        .value=${live(this.wish[name])} @input=${(event) => { this.wish = {...this.wish, [name]: event.target.value}; }}></div>`;
    return html`<form @submit=${(event) => { event.preventDefault(); this.#ask(); }}>
      <datalist id="active-ids">${[...this.state.sites.values()].map(({id, name}) => html`<option value=${id} label=${name}></option>`)}</datalist>
      <div class="halves">${input('site', 'active', 'Active site', 'text', 'active-ids')}${input('without', 'without', 'Not these sites', 'text')}
        ${input('latency', 'most-latency', 'Largest latency, ms', 'number')}${input('bandwidth', 'least-bandwidth', 'Bandwidth, Mbit/s', 'number')}
        ${input('nearest', 'least-distance', 'At least, km away', 'number')}${input('farthest', 'most-distance', 'At most, km away', 'number')}</div>
      <p class="actions"><button class="button primary" ?disabled=${this.busy}>${this.busy ? 'Looking …' : 'Suggest'}</button><span class="small">Nothing is changed.</span></p>
    </form>`;
  }

  #results() {
    const {candidates, rejected} = this.found;
    return html`<h3 id="ranking">${candidates.length === 0 ? 'No site fits' : w.count(candidates.length, 'candidate')}</h3>
      ${candidates.length > 0 ? html`<div class="table-frame"><table class="ranking" aria-labelledby="ranking">
        <thead><tr><th scope="col">#</th><th scope="col">Site</th><th scope="col">Score</th><th scope="col">Path</th></tr></thead>
        <tbody>${candidates.map((each, i) => html`<tr class=${each.site === this.shown ? 'selected' : ''}>
          <td>${i + 1}</td><th scope="row"><button class="as-link" aria-pressed=${each.site === this.shown} @click=${() => this.#draw(each)}>${each.site}</button></th>
          <td>${each.score.toFixed(1)}</td><td class="wrap">${each.path.sites.join(' — ')}</td></tr>`)}</tbody></table></div>
        ${this.#reasons(candidates.find(({site}) => site === this.shown))}` : nothing}
      ${rejected.length > 0 ? html`<h3>${w.count(rejected.length, 'site')} rejected</h3><ul class="rows rejected">${rejected.map((each) => html`<li>
        ${icon('bad')}<strong>${each.site}</strong> <span class="wrap">${each.reason}
        <span class="small">${w.words(each.criterion)}: ${each.value ?? 'not known'}${each.limit === null ? '' : `, limit ${each.limit}`}</span></span></li>`)}</ul>` : nothing}`;
  }

  #reasons(candidate) {
    if (!candidate) return html`<p class="small">Choose a site to see its path and its reasons.</p>`;
    return html`<h4>Why ${candidate.site}</h4>
      <table class="small-table"><caption class="unseen">What ${candidate.site} scores, of 100 points in all</caption>
        <thead><tr><th scope="col">Criterion</th><th scope="col">Value</th><th scope="col">Points</th></tr></thead>
        <tbody>${candidate.reasons.map(({criterion, value, score}) => {
          const [label, show] = CRITERIA[criterion] ?? [w.words(criterion), String];
          return html`<tr><th scope="row">${label}</th><td>${value === null ? 'not known' : show(value)}</td><td>${score.toFixed(1)}</td></tr>`;
        })}</tbody></table>
      <p class="actions"><a class="button primary" href=${`#/${this.view}/connect?local=${encodeURIComponent(this.asked)}&remote=${encodeURIComponent(candidate.site)}`}>Connect ${this.asked} and ${candidate.site} …</a></p>`;
  }

  #body() {
    const {site, latency, bandwidth, nearest, farthest, without} = this.wish;
    const number = (text) => (text === '' ? {} : Number(text));
    const constraints = Object.fromEntries(Object.entries({
      max_latency_ms: number(latency), min_bandwidth_mbps: number(bandwidth), min_distance_km: number(nearest), max_distance_km: number(farthest),
      exclude_sites: without.split(/[\s,]+/).filter(Boolean),
    }).filter(([, value]) => typeof value === 'number' || value.length > 0));
    return {site: site.trim(), constraints};
  }

  async #ask() {
    this.busy = true;
    this.failure = null;
    this.asked = this.wish.site.trim();
    this.#draw(null);
    try {
      this.found = await selectBackup(this.#body());
      if (this.found.candidates.length > 0) this.#draw(this.found.candidates[0]);
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
      this.found = null;
      this.failure = failure;
    } finally {
      this.busy = false;
    }
  }
}

customElements.define('isthmus-suggest', IsthmusSuggest);
