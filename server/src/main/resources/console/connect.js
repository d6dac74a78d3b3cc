/** Connecting two sites: what is wanted, then the plan, then doing it. */
import {LitElement, html, live, nothing} from './vendor/vendor.js';
import {Problem, createConnection, listAll, newKey, planConnection} from './api.js';
import {fact, icon, problem} from './parts.js';
import * as w from './words.js';

const FREE = {local: '', remote: '', cidr: '', bandwidth: '', name: '', latency: '', onFailure: 'rollback'};
/** Which field of the form a part of the request came from. */
const POINTERS = [[/^\/?local_endpoint\/network/, 'cidr'], [/^\/?remote_endpoint\/network/, 'cidr'], [/^\/?local_endpoint/, 'local'],
  [/^\/?remote_endpoint/, 'remote'], [/^\/?bandwidth/, 'bandwidth'], [/^\/?max_latency/, 'latency'], [/^\/?name/, 'name']];

export class IsthmusConnect extends LitElement {
  static properties = {
    state: {attribute: false},
    tick: {attribute: false},
    view: {attribute: false},
    start: {attribute: false},
    after: {attribute: false},
    wish: {state: true},
    plan: {state: true},
    failure: {state: true},
    busy: {state: true},
  };

  #key = '';

  constructor() {
    super();
    this.wish = {...FREE};
    this.plan = null;
    this.failure = null;
    this.busy = false;
    this.after = true;
    this.start = {};
  }

  createRenderRoot() { return this; }

  willUpdate(changes) {
    if (changes.has('start')) {
      const {local, remote} = this.start;
      this.wish = {...this.wish, ...(local ? {local} : {}), ...(remote ? {remote} : {})};
    }
  }

  firstUpdated() {
    this.#suggestPrefix();
    this.querySelector(this.wish.local ? '#remote' : '#local')?.focus();
  }

  updated(changes) {
    if (changes.has('failure') && this.failure) {
      (this.querySelector('[aria-invalid=true]') ?? this.querySelector('.problem'))?.focus();
    }
    if (changes.has('plan') && this.plan) {
      this.closest('aside')?.scrollTo(0, 0);
      this.querySelector('h2')?.focus({preventScroll: true});
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#tell(null);
  }

  /** The first of 10.20.0.0/24, 10.20.1.0/24 … that no endpoint has. */
  async #suggestPrefix() {
    const endpoints = await listAll('endpoints').catch(() => []);
    const taken = new Set(endpoints.map(({network}) => network.create?.cidr));
    for (let i = 0; i < 256 && !this.wish.cidr; i++) {
      if (!taken.has(`10.20.${i}.0/24`)) this.wish = {...this.wish, cidr: `10.20.${i}.0/24`};
    }
  }

  #tell(plan) {
    this.dispatchEvent(new CustomEvent('plan', {detail: plan, bubbles: true}));
  }

  #body() {
    const {local, remote, cidr, bandwidth, name, latency, onFailure} = this.wish;
    const end = (site) => ({site: site.trim(), network: {create: {cidr: cidr.trim()}}});
    return {
      ...(name.trim() ? {name: name.trim()} : {name: `${local.trim()}-${remote.trim()}`}),
      local_endpoint: end(local), remote_endpoint: end(remote), service: 'l2', on_failure: onFailure,
      ...(bandwidth ? {bandwidth_mbps: Number(bandwidth)} : {}), ...(latency ? {max_latency_ms: Number(latency)} : {}),
    };
  }

  render() {
    return html`<header class="panel-head">
        <div><p class="kind">${this.plan ? 'plan' : 'new connection'}</p><h2 tabindex="-1">${this.plan ? `Connect ${this.wish.local} and ${this.wish.remote}` : 'Connect two sites'}</h2></div>
        <a class="close" href=${`#/${this.view}`} aria-label="Close" title="Close (Esc)">×</a>
      </header>
      ${this.plan ? this.#showPlan() : this.#form()}`;
  }

  #field(name, label, input, help) {
    const wrong = this.#wrong(name);
    return html`<div class="field"><label for=${name}>${label}</label>${input(wrong ? 'true' : 'false', `${name}-help`)}
      <p class=${wrong ? 'wrong' : 'small'} id="${name}-help">${wrong ? html`${icon('bad')} ${wrong}` : help ?? nothing}</p></div>`;
  }

  #wrong(field) {
    return this.failure?.document.errors?.filter(({pointer}) => POINTERS.find(([pattern]) => pattern.test(pointer))?.[1] === field)
      .map(({detail}) => detail)[0];
  }

  #input(name, type, more = {}) {
    return (invalid, described) => html`<input id=${name} name=${name} type=${type} aria-invalid=${invalid} aria-describedby=${described}
      autocomplete="off" spellcheck="false" ?required=${more.required} list=${more.list ?? nothing} min=${more.min ?? nothing} step=${more.step ?? nothing}
      inputmode=${more.inputmode ?? nothing} placeholder=${more.placeholder ?? nothing}
      .value=${live(this.wish[name])} @input=${(event) => { this.wish = {...this.wish, [name]: event.target.value}; }}>`;
  }

  #form() {
    const sites = [...this.state.sites.values()].sort((a, b) => a.id.localeCompare(b.id));
    const elsewhere = this.failure && !POINTERS.some(([, field]) => this.#wrong(field));
    return html`<form @submit=${this.#ask}>
      <datalist id="site-ids">${sites.map((site) => html`<option value=${site.id} label=${`${site.name}, ${w.words(site.status)}`}></option>`)}</datalist>
      <div class="pair">
        ${this.#field('local', 'Local site', this.#input('local', 'text', {required: true, list: 'site-ids'}))}
        <button type="button" class="tool swap" aria-label="Swap the sites" title="Swap the sites" @click=${this.#swap}>⇄</button>
        ${this.#field('remote', 'Remote site', this.#input('remote', 'text', {required: true, list: 'site-ids'}))}
      </div>
      ${this.#field('cidr', 'Network', this.#input('cidr', 'text', {required: true}), 'One network, stretched over both sites; each gives out its own half of the addresses.')}
      ${this.#field('bandwidth', 'Bandwidth, Mbit/s', this.#input('bandwidth', 'number', {min: 1, step: 1, inputmode: 'numeric'}), 'Reserved in each direction. Empty: best effort.')}
      ${this.#field('name', 'Name', this.#input('name', 'text', {placeholder: this.wish.local && this.wish.remote ? `${this.wish.local}-${this.wish.remote}` : ''}))}
      <details><summary>More</summary>
        ${this.#field('latency', 'Largest latency, ms one way', this.#input('latency', 'number', {min: 0, step: 'any', inputmode: 'decimal'}), 'Over the whole path. Empty: any.')}
        <fieldset><legend>If it fails</legend>
          ${[['rollback', 'take everything back'], ['retry', 'keep trying']].map(([value, label]) => html`<label class="choice"><input type="radio" name="on-failure" value=${value}
            .checked=${this.wish.onFailure === value} @change=${() => { this.wish = {...this.wish, onFailure: value}; }}> ${label}</label>`)}
        </fieldset>
      </details>
      ${elsewhere ? problem(this.failure) : nothing}
      ${this.failure && !elsewhere && this.failure.document.hint ? html`<p class="small"><strong>What to do:</strong> ${this.failure.document.hint}</p>` : nothing}
      <p class="actions"><button class="button primary" ?disabled=${this.busy}>${this.busy ? 'Planning …' : 'Show the plan'}</button></p>
      <p class="small">Nothing is changed yet.</p>
    </form>`;
  }

  #swap() {
    this.wish = {...this.wish, local: this.wish.remote, remote: this.wish.local};
  }

  #showPlan() {
    const {path, mtu, vni, sides, changes} = this.plan;
    const bySite = Map.groupBy(changes, (change) => change.site);
    const links = path.links.map((id) => this.state.links.get(id)).filter(Boolean);
    return html`
      <fieldset class="switch"><legend class="unseen">What the map shows</legend>
        ${[[false, 'Before'], [true, 'After']].map(([value, label]) => html`<label><input type="radio" name="when" .checked=${live(this.after === value)}
          @change=${() => this.dispatchEvent(new CustomEvent('after', {detail: value, bubbles: true}))}><span>${label}</span></label>`)}
      </fieldset>
      <p>${this.#sentence()}</p>
      <dl>${fact('Path', path.sites.join(' — '))}${fact('Latency, one way', w.ms(path.latency_ms))}${fact('MTU', w.bytes(mtu))}
        ${fact('Bandwidth', w.mbps(this.wish.bandwidth ? Number(this.wish.bandwidth) : null))}${fact('VNI', vni)}
        ${fact('VLANs', [sides.local, sides.remote].map((side) => `${side.vlan ?? 'as it is'} at ${side.site}`).join(', '))}</dl>
      ${this.wish.bandwidth && links.length ? html`<h3>Links that carry it</h3><ul class="rows">${links.map((link) => html`<li>${link.name}
        <span class="small">${w.mbps(link.reserved_mbps)} → ${w.mbps(link.reserved_mbps + Number(this.wish.bandwidth))} of ${w.mbps(link.capacity_mbps)} reserved</span></li>`)}</ul>` : nothing}
      <h3>${w.count(changes.length, 'change')}</h3>
      ${[...bySite].map(([site, each]) => html`<h4>Site ${site}</h4><ol class="changes">${each.map(({step, detail}) => html`<li><strong>${step}</strong> <span class="wrap">${detail}</span></li>`)}</ol>`)}
      ${problem(this.failure)}
      <p class="actions"><button class="button primary" ?disabled=${this.busy} @click=${this.#create}>${this.busy ? 'Creating …' : 'Create the connection'}</button>
        <button class="button" ?disabled=${this.busy} @click=${this.#back}>Back</button></p>`;
  }

  #sentence() {
    const {local, remote} = this.plan.sides;
    const transit = this.plan.path.sites.slice(1, -1);
    return transit.length === 0 ? `${local.site} and ${remote.site} are joined over their direct link.`
      : `${local.site} and ${remote.site} have no direct link; the connection runs through ${transit.join(' and ')}.`;
  }

  async #ask(event) {
    event.preventDefault();
    this.busy = true;
    this.failure = null;
    try {
      this.plan = (await planConnection(this.#body())).plan;
      this.#key = newKey();
      this.#tell(this.plan);
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
      this.failure = failure;
    } finally {
      this.busy = false;
    }
  }

  #back() {
    this.plan = null;
    this.failure = null;
    this.#tell(null);
    this.updateComplete.then(() => this.querySelector('#local').focus());
  }

  async #create() {
    this.busy = true;
    this.failure = null;
    try {
      // The key makes it one connection however often it is asked for.
      const made = await createConnection(this.#body(), this.#key);
      this.state.learn(made);
      location.hash = `#/${this.view}/connection/${made.id}`;
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
      this.failure = failure;
    } finally {
      this.busy = false;
    }
  }
}

customElements.define('isthmus-connect', IsthmusConnect);
