/** What is known of one site, link, connection or operation. */
import {LitElement, html, nothing} from './vendor/vendor.js';
import {Problem, deleteConnection, planDeletion, reconcileConnection, verifyConnection} from './api.js';
import {history} from './charts.js';
import {fact, icon, problem, state, stepError, timeline} from './parts.js';
import * as w from './words.js';

export class IsthmusDetails extends LitElement {
  static properties = {
    state: {attribute: false},
    tick: {attribute: false},
    selected: {attribute: false},
    view: {attribute: false},
    busy: {state: true},
    failure: {state: true},
    removal: {state: true},
  };

  constructor() {
    super();
    this.busy = '';
    this.failure = null;
    this.removal = null;
  }

  createRenderRoot() { return this; }

  willUpdate(changes) {
    const before = changes.get('selected');
    if (changes.has('selected') && (before?.id !== this.selected?.id || before?.type !== this.selected?.type)) {
      this.failure = null;
      this.removal = null;
      this.busy = '';
    }
  }

  updated(changes) {
    const dialog = this.querySelector('dialog');
    if (this.removal && dialog && !dialog.open) dialog.showModal();
    if (changes.has('failure') && this.failure) this.querySelector('.problem[role=alert]')?.focus();
  }

  #link(type, id, text) {
    return html`<a href=${`#/${this.view}/${type}/${encodeURIComponent(id)}`}>${text}</a>`;
  }

  #site = (id) => this.#link('site', id, id);

  render() {
    const {type, id} = this.selected;
    const object = {site: this.state.sites, link: this.state.links, connection: this.state.connections, operation: this.state.operations}[type]?.get(id);
    if (!object) {
      const removed = type === 'connection' && [...this.state.operations.values()].some((each) => each.resource_id === id && each.kind === 'delete');
      return html`${this.#head(type, removed ? 'Deleted' : 'Not found')}
        <p>${!this.state.loaded ? 'Loading …' : removed ? html`${icon('good')} This connection was deleted; nothing of it is left at either site.`
          : `There is no ${type} ${id}, or it is not yours to see.`}</p>`;
    }
    switch (type) {
      case 'site': return this.#showSite(object);
      case 'link': return this.#showLink(object);
      case 'connection': return this.#showConnection(object);
      default: return this.#showOperation(object);
    }
  }

  #head(type, title) {
    return html`<header class="panel-head">
      <div><p class="kind">${type}</p><h2 tabindex="-1">${title}</h2></div>
      <a class="close" href=${`#/${this.view}`} aria-label="Close details" title="Close (Esc)">×</a>
    </header>`;
  }

  #showSite(site) {
    const {cloud} = site;
    return html`${this.#head('site', site.id)}
      <p class="axes">${state(w.siteTone(site.status), w.words(site.status))}<span>${site.name}</span></p>
      ${site.conditions.map((each) => html`<div class="problem"><h3>${icon('warn')} ${each.part}</h3><p>${each.detail}</p>
        <p class="small"><code>${each.code}</code> since ${w.time(each.since)}</p></div>`)}
      <p class="actions"><a class="button primary" href=${`#/${this.view}/connect?local=${site.id}`}>Connect ${site.id} …</a>
        <a class="button" href=${`#/${this.view}/backup?site=${site.id}`}>Suggest a backup …</a></p>
      <h3>Connections</h3>${this.#connectionList(this.state.connectionsAt(site.id))}
      <h3>Links</h3>${this.#linkList(this.state.linksAt(site.id), site.id)}
      <h3>Cloud</h3>
      <dl>${fact('Kind', cloud.kind)}${fact('Region', cloud.region_name)}${fact('Cell', cloud.cell)}
        ${fact('Keystone', cloud.auth_url)}${fact('Physical network', cloud.physical_network)}${fact('VLANs', cloud.vlan_range)}</dl>
      ${site.gateways.map((gateway) => html`<h3>Gateway ${gateway.name}</h3>
        <dl>${fact('Driver', gateway.driver)}${fact('Tunnel address', gateway.tunnel_address)}${fact('AS number', gateway.asn)}
        ${fact('Largest MTU', w.bytes(gateway.max_mtu))}${fact('Capacity', w.mbps(gateway.capacity_mbps))}</dl>`)}
      <h3>Place</h3>
      <dl>${fact('Location', site.location ? `${site.location.latitude}°, ${site.location.longitude}° ${site.location.country ?? ''}` : 'not given')}
        ${fact('Failure domains', site.failure_domains.join(', ') || 'none')}${fact('Tags', site.tags.join(', '))}</dl>`;
  }

  #connectionList(connections) {
    if (connections.length === 0) return html`<p class="small">None.</p>`;
    return html`<ul class="rows">${connections.slice(0, 50).map((each) => html`<li>${this.#link('connection', each.id, w.nameOf(each))}
      <span class="small">${w.pairOf(each)}</span>${state(w.connectionTone(each), w.connectionWord(each))}</li>`)}
      ${connections.length > 50 ? html`<li class="small">and ${connections.length - 50} more</li>` : nothing}</ul>`;
  }

  #linkList(links, from) {
    if (links.length === 0) return html`<p class="small">None.</p>`;
    return html`<ul class="rows">${links.slice(0, 50).map((each) => html`<li>
      ${this.#link('link', each.id, from ? `to ${each.a_site === from ? each.z_site : each.a_site}` : each.name)}
      <span class="small">${w.ms(each.latency_ms)} · ${w.mbps(each.capacity_mbps)}</span>${state(w.linkTone(each), w.linkWord(each))}</li>`)}</ul>`;
  }

  #showLink(link) {
    const share = link.reserved_mbps / link.capacity_mbps;
    return html`${this.#head('link', link.name)}
      <p class="axes">${state(w.linkTone(link), w.linkWord(link))}<span>${this.#site(link.a_site)} – ${this.#site(link.z_site)}</span></p>
      <dl>${fact('Latency, one way', w.ms(link.latency_ms))}${fact('Capacity', w.mbps(link.capacity_mbps))}
        ${fact('Reserved', html`${w.mbps(link.reserved_mbps)} <span class="small">(${w.percent(share)})</span>
          <svg class="meter" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="axis" width="100" height="6"/>
          <rect class=${share > 0.9 ? 'warn' : 'good'} width=${Math.min(100, share * 100)} height="6"/></svg>`)}
        ${fact('MTU', w.bytes(link.mtu))}${fact('Cost', link.cost)}${fact('Failure domains', link.failure_domains.join(', ') || 'none')}</dl>
      <h3>Connections over it</h3>${this.#connectionList(this.state.connectionsOver(link.id))}`;
  }

  #showConnection(connection) {
    const {path, mtu, measured, sides} = connection;
    const operation = connection.operation_id && this.state.operations.get(connection.operation_id);
    const running = operation && ['pending', 'running'].includes(operation.state);
    const gone = ['rolled_back', 'deleting'].includes(connection.status);
    return html`${this.#head('connection', w.nameOf(connection))}
      <p class="small">${this.#site(sides.local.site)} – ${this.#site(sides.remote.site)} · ${connection.service.toUpperCase()}</p>
      <dl class="axes-3" aria-live="polite">
        <div><dt>Status</dt><dd>${state(w.statusTone(connection.status), w.words(connection.status))}</dd></div>
        <div><dt>Traffic</dt><dd>${state(w.operTone(connection.oper_status), w.words(connection.oper_status))}</dd></div>
        <div><dt>Sides</dt><dd>${state(w.syncTone(connection.sync_status), w.words(connection.sync_status))}</dd></div>
      </dl>
      ${connection.status === 'rolled_back' ? html`<p>It was not made. Everything was taken back; nothing is left at either site.</p>` : nothing}
      ${connection.deadline_at && !gone ? html`<p class="small">Must be done by ${w.time(connection.deadline_at)}.</p>` : nothing}
      ${stepError(connection.last_error)}
      ${['local', 'remote'].map((role) => sides[role].last_error && sides[role].last_error.detail !== connection.last_error?.detail
        ? stepError(sides[role].last_error, `Site ${sides[role].site}`) : nothing)}
      ${problem(this.failure)}
      ${running ? html`<h3>Progress</h3>${timeline(operation)}` : nothing}
      <h3>Measured</h3>
      ${measured ? html`<dl class="tiles">
          <div><dt>Round trip</dt><dd>${w.ms(measured.rtt_ms)}</dd></div>
          <div><dt>Loss</dt><dd>${w.percent(measured.loss)}</dd></div>
          <div><dt>MTU</dt><dd>${mtu.measured ?? 'not known'}</dd></div>
        </dl>
        <table class="small-table"><caption class="unseen">Measured by direction</caption>
          <thead><tr><th scope="col">Direction</th><th scope="col">RTT</th><th scope="col">Loss</th><th scope="col">MTU</th></tr></thead>
          <tbody>${[['local', 'remote'], ['remote', 'local']].map(([from, to]) => {
            const way = measured[`${from}_to_${to}`];
            return html`<tr><th scope="row">${sides[from].site} to ${sides[to].site}</th><td>${w.ms(way.rtt_ms)}</td><td>${w.percent(way.loss)}</td><td>${way.mtu ?? 'not known'}</td></tr>`;
          })}</tbody></table>
        <p class="small">At ${w.time(measured.at)}. MTU computed: ${w.bytes(mtu.computed)}.</p>
        ${history(this.state.measuredOf(connection.id))}` : html`<p class="small">Not measured yet.</p>`}
      <h3>Path</h3>
      ${path.sites.length > 0 ? html`<p class="path">${path.sites.map((site, i) => html`${i ? html`<span aria-hidden="true"> — </span>` : nothing}${this.#site(site)}`)}
        <span class="small">${w.ms(path.latency_ms)} one way</span></p>` : html`<p class="small">${gone ? 'It has none any more.' : 'None was chosen yet.'}</p>`}
      <h3>Sides</h3>
      <div class="sides">${['local', 'remote'].map((role) => html`<section>
        <h4>${this.#site(sides[role].site)} <span class="small">${role}</span></h4>
        <p>${state(w.sideTone(sides[role].status), w.words(sides[role].status))}</p>
        <dl>${fact('VLAN', sides[role].vlan)}${fact('MTU', sides[role].mtu)}${fact('Network', sides[role].network_id)}${fact('Subnet', sides[role].subnet_id)}</dl></section>`)}</div>
      <h3>Wanted</h3>
      <dl>${fact('Bandwidth', w.mbps(connection.bandwidth_mbps))}${fact('Largest latency', connection.max_latency_ms === null ? 'any' : w.ms(connection.max_latency_ms))}
        ${fact('MTU', mtu.requested ? w.bytes(mtu.requested) : 'the largest that fits')}${fact('Encryption', connection.encryption)}
        ${fact('If it fails', connection.on_failure === 'rollback' ? 'take everything back' : 'keep trying')}${fact('VNI', connection.vni)}
        ${fact('Project', connection.project_id)}${fact('Made', w.time(connection.created_at))}${fact('Id', html`<code>${connection.id}</code>`)}</dl>
      ${operation && !running ? html`<h3>Last operation</h3><p>${this.#link('operation', operation.id, `${operation.kind}, ${w.time(operation.created_at)}`)} ${state(w.operationTone(operation.state), w.words(operation.state))}</p>` : nothing}
      <p class="actions">
        ${gone || connection.status === 'error' ? nothing : html`<button class="button" ?disabled=${this.busy !== ''} @click=${() => this.#do('verify', verifyConnection)}>${this.busy === 'verify' ? 'Measuring …' : 'Measure now'}</button>`}
        ${gone ? nothing : html`<button class="button" ?disabled=${this.busy !== ''} @click=${() => this.#do('reconcile', reconcileConnection)}>${this.busy === 'reconcile' ? 'Asking …' : 'Reconcile'}</button>`}
        ${connection.status === 'deleting' ? nothing : html`<button class="button danger" ?disabled=${this.busy !== ''} @click=${this.#askDelete}>Delete …</button>`}
      </p>
      ${this.removal ? this.#confirmation(connection) : nothing}`;
  }

  #confirmation(connection) {
    const {changes} = this.removal;
    return html`<dialog aria-labelledby="confirm-title" @close=${() => { this.removal = null; }}>
      <h2 id="confirm-title">Delete connection ${w.nameOf(connection)}?</h2>
      <p>Traffic between ${sidesText(connection)} over it ends at once. This cannot be undone.</p>
      ${changes.length > 0 ? html`<ul class="rows">${changes.map((each) => html`<li><strong>${each.site}</strong> ${each.step}: <span class="small wrap">${each.detail}</span></li>`)}</ul>`
        : html`<p class="small">Nothing was made at either site.</p>`}
      <p class="actions"><button class="button" autofocus @click=${() => this.querySelector('dialog').close()}>Keep it</button>
        <button class="button danger" @click=${() => this.#delete(connection)}>Delete</button></p>
    </dialog>`;
  }

  async #do(what, action) {
    this.busy = what;
    this.failure = null;
    const {id} = this.selected;
    try {
      this.state.learn(await action(id));
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
      this.failure = failure;
    } finally {
      this.busy = '';
    }
  }

  async #askDelete() {
    this.busy = 'plan';
    this.failure = null;
    try {
      this.removal = (await planDeletion(this.selected.id)).plan;
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
      this.failure = failure;
    } finally {
      this.busy = '';
    }
  }

  async #delete(connection) {
    this.querySelector('dialog').close();
    await this.#do('delete', (id) => deleteConnection(id, this.state.connections.get(connection.id)?.revision ?? connection.revision));
  }

  #showOperation(operation) {
    const connection = this.state.connections.get(operation.resource_id);
    return html`${this.#head('operation', `${operation.kind} ${operation.resource_type}`)}
      <p class="axes">${state(w.operationTone(operation.state), w.words(operation.state))}<span>${w.time(operation.created_at)}</span></p>
      <dl>${fact(operation.resource_type, connection ? this.#link('connection', connection.id, w.nameOf(connection)) : html`<code>${operation.resource_id}</code>`)}
        ${fact('Took', w.duration(Date.parse(operation.updated_at) - Date.parse(operation.created_at)))}</dl>
      <h3>Steps</h3>${timeline(operation)}`;
  }
}

const sidesText = (connection) => w.sitesOf(connection).join(' and ');

customElements.define('isthmus-details', IsthmusDetails);
