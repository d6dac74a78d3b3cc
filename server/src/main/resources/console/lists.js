/** Sites, links, connections and operations as tables. */
import {LitElement, html, nothing} from './vendor/vendor.js';
import {state} from './parts.js';
import * as w from './words.js';

const ROWS = 100;

/** A column: its heading, what it shows, and what it is sorted by. */
const COLUMNS = {
  sites: [
    ['Site', (site, link) => link(site.id), (site) => site.id],
    ['Name', (site) => site.name, (site) => site.name],
    ['Status', (site) => state(w.siteTone(site.status), w.words(site.status)), (site) => site.status],
    ['Cloud', (site) => [site.cloud.kind, site.cloud.region_name, site.cloud.cell].filter(Boolean).join(' '), (site) => site.cloud.region_name],
    ['Gateways', (site) => site.gateways.map(({name}) => name).join(', '), (site) => site.gateways.length],
    ['Connections', (site, _, counts) => counts.get(site.id) ?? 0, (site, counts) => counts.get(site.id) ?? 0],
  ],
  links: [
    ['Link', (one, link) => link(one.name), (one) => one.name],
    ['Sites', (one) => `${one.a_site} – ${one.z_site}`, (one) => one.a_site],
    ['Status', (one) => state(w.linkTone(one), w.linkWord(one)), (one) => w.linkWord(one)],
    ['Latency', (one) => w.ms(one.latency_ms), (one) => one.latency_ms],
    ['Capacity', (one) => w.mbps(one.capacity_mbps), (one) => one.capacity_mbps],
    ['Reserved', (one) => w.mbps(one.reserved_mbps), (one) => one.reserved_mbps],
    ['MTU', (one) => one.mtu, (one) => one.mtu],
  ],
  connections: [
    ['Connection', (one, link) => link(w.nameOf(one)), (one) => w.nameOf(one)],
    ['Sites', (one) => w.pairOf(one), (one) => w.pairOf(one)],
    ['Status', (one) => state(w.statusTone(one.status), w.words(one.status)), (one) => one.status],
    ['Traffic', (one) => state(w.operTone(one.oper_status), w.words(one.oper_status)), (one) => one.oper_status],
    ['Sides', (one) => state(w.syncTone(one.sync_status), w.words(one.sync_status)), (one) => one.sync_status],
    ['RTT', (one) => (one.measured ? w.ms(one.measured.rtt_ms) : ''), (one) => one.measured?.rtt_ms ?? Infinity],
    ['Loss', (one) => (one.measured ? w.percent(one.measured.loss) : ''), (one) => one.measured?.loss ?? Infinity],
    ['MTU', (one) => one.mtu.measured ?? one.mtu.computed ?? '', (one) => one.mtu.measured ?? 0],
    ['Bandwidth', (one) => w.mbps(one.bandwidth_mbps), (one) => one.bandwidth_mbps ?? 0],
  ],
  operations: [
    ['Time', (one, link) => link(w.time(one.created_at)), (one) => one.created_at],
    ['Operation', (one, _, names) => `${one.kind} ${one.resource_type} ${names.get(one.resource_id) ?? one.resource_id.slice(0, 8)}`, (one) => one.kind],
    ['State', (one) => state(w.operationTone(one.state), w.words(one.state)), (one) => one.state],
    ['Steps', (one) => one.steps.length, (one) => one.steps.length],
    ['Took', (one) => w.duration(Date.parse(one.updated_at) - Date.parse(one.created_at)), (one) => Date.parse(one.updated_at) - Date.parse(one.created_at)],
  ],
};

const SEARCHED = {
  sites: (site) => [site.id, site.name, site.status, site.cloud.region_name, site.cloud.cell, site.location?.country, ...site.failure_domains, ...site.tags],
  links: (one) => [one.name, one.a_site, one.z_site, one.id, w.linkWord(one), ...one.failure_domains, ...one.tags],
  connections: (one) => [one.name, one.id, ...w.sitesOf(one), w.words(one.status), w.words(one.oper_status), w.words(one.sync_status), one.project_id, ...one.tags],
  operations: (one) => [one.kind, one.state, one.resource_id, one.id],
};

/** Whether every word of a text begins a word of what can be searched. */
export function matcher(collection, text) {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  return (object) => {
    const has = SEARCHED[collection](object).filter(Boolean).map((each) => String(each).toLowerCase());
    return wanted.every((word) => has.some((each) => each.includes(word)));
  };
}

export class IsthmusList extends LitElement {
  static properties = {
    state: {attribute: false},
    tick: {attribute: false},
    collection: {attribute: false},
    search: {attribute: false},
    selected: {attribute: false},
    order: {state: true},
    shown: {state: true},
  };

  constructor() {
    super();
    this.search = '';
    this.shown = ROWS;
    this.order = {};
  }

  createRenderRoot() { return this; }

  willUpdate(changes) {
    if (changes.has('collection') || changes.has('search')) this.shown = ROWS;
  }

  #extra() {
    const counts = new Map();
    if (this.collection === 'sites') {
      for (const connection of this.state.connections.values()) {
        for (const site of w.sitesOf(connection)) counts.set(site, (counts.get(site) ?? 0) + 1);
      }
    }
    if (this.collection === 'operations') {
      for (const connection of this.state.connections.values()) counts.set(connection.id, w.nameOf(connection));
    }
    return counts;
  }

  render() {
    const columns = COLUMNS[this.collection];
    const type = this.collection.slice(0, -1);
    const extra = this.#extra();
    const {by, down} = this.order[this.collection] ?? {by: 0, down: this.collection === 'operations'};
    const key = columns[by][2];
    const all = [...this.state[this.collection].values()];
    const found = all.filter(matcher(this.collection, this.search)).map((object) => [key(object, extra), object]);
    found.sort(([a], [b]) => (typeof a === 'string' ? a.localeCompare(b, 'en', {numeric: true}) : a - b) * (down ? -1 : 1));
    const link = (id) => (text) => html`<a href=${`#/${this.collection}/${type}/${encodeURIComponent(id)}`}>${text}</a>`;
    return html`
      <h2 class="list-title">${this.collection[0].toUpperCase() + this.collection.slice(1)}
        <span class="small">${this.search ? `${found.length} of ${all.length}` : all.length}</span></h2>
      ${all.length === 0 ? this.#none() : html`<div class="table-frame" tabindex="0" role="region" aria-label=${`Table of ${this.collection}`}><table>
        <thead><tr>${columns.map(([heading], i) => html`<th scope="col" aria-sort=${by !== i ? 'none' : down ? 'descending' : 'ascending'}>
          <button @click=${() => this.#sort(i, by, down)}>${heading}<span class="sort" aria-hidden="true">${by !== i ? '' : down ? '▾' : '▴'}</span></button></th>`)}</tr></thead>
        <tbody>${found.slice(0, this.shown).map(([, object]) => html`<tr class=${this.selected?.id === object.id ? 'selected' : ''}>
          ${columns.map(([heading, show], i) => i === 0 ? html`<th scope="row" data-label=${heading}>${show(object, link(object.id), extra)}</th>`
            : html`<td data-label=${heading}>${show(object, link(object.id), extra)}</td>`)}</tr>`)}</tbody>
      </table></div>
      ${found.length === 0 ? html`<p>Nothing matches “${this.search}”.</p>` : nothing}
      ${found.length > this.shown ? html`<p><button class="button" @click=${() => { this.shown += 5 * ROWS; }}>Show more (${found.length - this.shown} left)</button></p>` : nothing}`}`;
  }

  #none() {
    return html`<p>${this.collection === 'connections' ? html`No connections yet. <a href="#/map/connect">Connect two sites</a>.`
      : this.collection === 'links' ? html`No links yet. Describe one: <code>isthmus link create A B --latency 5 --capacity 1000</code>`
      : `No ${this.collection} yet.`}</p>`;
  }

  #sort(i, by, down) {
    this.order = {...this.order, [this.collection]: {by: i, down: by === i ? !down : false}};
  }
}

customElements.define('isthmus-list', IsthmusList);
