/**
 * The map of sites, links and connections.
 *
 * It is drawn on a canvas: 1,000 sites and 10,000 connections as elements of a page would be laid out, styled and hit-tested
 * one by one, while a canvas strokes all connections of one kind as one path. While the map is moved, a picture of the
 * last drawing is moved if drawing takes longer than a frame may. The same things are in the lists, as tables, for who
 * cannot see it; the keyboard walks from site to site.
 */
import {LitElement, html} from './vendor/vendor.js';
import {bow, distance, fit, geographic, isLocated, onBow, schematic} from './layout.js';
import {icon} from './parts.js';
import {connectionTone, connectionWord, linkTone, nameOf, siteTone, sitesOf, words} from './words.js';

const TONES = ['good', 'warn', 'bad', 'busy', 'idle'];
const FRAME_MS = 9;
const REST_MS = 140;
const NEAR_SITE = 16;
const NEAR_LINE = 7;
const LABELLED_CONNECTIONS = 40;
const DOUBLE_LINES = 1500;
const ZOOM = [0.05, 60];

const world = fetch('/console/vendor/land-110m.json').then((reply) => reply.json());

export class IsthmusMap extends LitElement {
  static properties = {
    state: {attribute: false},
    version: {attribute: false},
    selected: {attribute: false},
    plan: {attribute: false},
    showPlan: {attribute: false},
    layout: {state: true},
    announced: {state: true},
  };

  #world = null;
  #scene = null;
  #view = null;
  #size = [0, 0];
  #colours = {};
  #hover = null;
  #cursor = null;
  #pointers = new Map();
  #moved = 0;
  #drawTimer = 0;
  #restTimer = 0;
  #cost = 0;
  #picture = null;
  #dash = 0;
  /** How long drawings took, in ms, newest last; for tests. */
  frames = [];

  constructor() {
    super();
    this.layout = localStorage.getItem('isthmus-layout') ?? 'auto';
    this.announced = '';
    this.selected = null;
    this.plan = null;
    this.showPlan = true;
  }

  createRenderRoot() { return this; }

  get #canvas() { return this.querySelector('canvas'); }
  get #schematic() {
    return this.layout === 'schematic' || (this.layout === 'auto' && !isLocated([...this.state.sites.values()]));
  }

  render() {
    const {sites, links, connections} = this.state;
    return html`
      <canvas tabindex="0" role="application" aria-roledescription="map"
        aria-label=${`Map of ${sites.size} sites, ${links.size} links and ${connections.size} connections. `
          + 'Arrow keys go from site to site, Enter opens, plus and minus zoom, 0 shows all. The lists have the same as tables.'}
        @keydown=${this.#key} @pointerdown=${this.#down} @pointermove=${this.#move} @pointerup=${this.#up}
        @pointercancel=${this.#cancel} @pointerleave=${this.#leave} @blur=${this.#blur}></canvas>
      <p class="unseen" aria-live="polite">${this.announced}</p>
      <div class="map-tools" role="group" aria-label="Map">
        <button class="tool" title="Zoom in" aria-label="Zoom in" @click=${() => this.#zoom(1.5)}>+</button>
        <button class="tool" title="Zoom out" aria-label="Zoom out" @click=${() => this.#zoom(1 / 1.5)}>−</button>
        <button class="tool" title="Show all" aria-label="Show all" @click=${() => this.fit()}>⤢</button>
        <button class="tool wide" aria-pressed=${this.#schematic} @click=${this.#toggleLayout}>Schematic</button>
      </div>
      <details class="legend">
        <summary>Legend</summary>
        <ul>
          ${[['good', 'online, up'], ['warn', 'degraded, drifted'], ['bad', 'unreachable, down, error'],
            ['busy', 'under way, testing'], ['idle', 'not known, maintenance']]
            .map(([tone, text]) => html`<li>${icon(tone)} ${text}</li>`)}
          <li><i class="key link" aria-hidden="true"></i> link</li>
          <li><i class="key connection" aria-hidden="true"></i> connection</li>
          <li><i class="key planned" aria-hidden="true"></i> planned connection</li>
        </ul>
      </details>`;
  }

  firstUpdated() {
    new ResizeObserver(() => this.#resized()).observe(this);
    this.#canvas.addEventListener('wheel', (event) => this.#wheel(event), {passive: false});
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.recolour());
    world.then((file) => {
      this.#world = file;
      this.#arrange();
    });
    this.recolour();
  }

  updated(changes) {
    if (changes.has('version') || changes.has('layout') || changes.has('state')) this.#arrange();
    this.#draw();
  }

  /** After the theme changed. */
  recolour() {
    const probe = this.appendChild(document.createElement('span'));
    for (const name of ['water', 'land', 'coast', 'grid', 'text', 'muted', 'surface', 'link', 'accent', ...TONES]) {
      probe.style.color = `var(--${name})`;
      this.#colours[name] = getComputedStyle(probe).color;
    }
    probe.remove();
    this.#draw();
  }

  /** Where a thing is drawn, for tests and for who scripts the console. */
  placeOf(type, id) {
    const at = type === 'site' ? this.#scene?.points.get(id)
      : this.#scene?.lines.filter((line) => line.type === type && line.id === id).map(({curve}) => onBow(curve, 0.5))[0];
    return at && this.#view ? this.#toScreen(at) : null;
  }

  // What is drawn

  #arrange() {
    const sites = [...this.state.sites.values()];
    const links = [...this.state.links.values()];
    if (!this.#schematic && !this.#world) return;
    const shape = JSON.stringify([this.#schematic, sites.map(({id, location}) => [id, location]),
      this.#schematic ? links.map(({a_site: a, z_site: z}) => [a, z]) : 0]);
    const fresh = shape !== this.#scene?.shape;
    const {points, draw} = !fresh ? this.#scene
      : this.#schematic ? schematic(sites, links) : geographic(sites, this.#world);
    this.#scene = {shape, points, draw, ...this.#lines(points, links)};
    if (fresh) this.fit();
    else this.#draw();
  }

  /** Links as straight lines, connections as bows; those of one tone are one path. */
  #lines(points, links) {
    const lines = [];
    const paths = new Map();
    const into = (key) => paths.get(key) ?? paths.set(key, new Path2D()).get(key);
    for (const link of links) {
      const [a, z] = [points.get(link.a_site), points.get(link.z_site)];
      if (!a || !z) continue;
      const path = into(link.admin_state_up && link.oper_status !== 'down' ? 'link' : 'link-down');
      path.moveTo(...a);
      path.lineTo(...z);
      lines.push({type: 'link', id: link.id, object: link, curve: [a, [(a[0] + z[0]) / 2, (a[1] + z[1]) / 2], z]});
    }
    const between = new Map();
    for (const connection of this.state.connections.values()) {
      const pair = sitesOf(connection).sort();
      const [a, z] = pair.map((id) => points.get(id));
      if (!a || !z) continue;
      const key = pair.join(' ');
      const n = between.get(key) ?? 0;
      between.set(key, n + 1);
      const curve = bow(a, z, n);
      const tone = connectionTone(connection);
      const path = into(this.#isBuilt(connection) ? tone : tone + '-unbuilt');
      path.moveTo(...a);
      path.quadraticCurveTo(...curve[1], ...z);
      lines.push({type: 'connection', id: connection.id, object: connection, curve, tone});
    }
    return {lines, paths, between};
  }

  /** Whether both sides are made: what is not, is drawn broken. */
  #isBuilt(connection) {
    return ['active', 'updating', 'suspended'].includes(connection.status);
  }

  #resized() {
    const {clientWidth: width, clientHeight: height} = this;
    if (width === 0 || height === 0) return;
    const fresh = this.#size[0] === 0;
    const [dx, dy] = [(width - this.#size[0]) / 2, (height - this.#size[1]) / 2];
    this.#size = [width, height];
    const canvas = this.#canvas;
    canvas.width = width * devicePixelRatio;
    canvas.height = height * devicePixelRatio;
    this.#picture = null;
    if (fresh || !this.#touched) this.fit();
    else if (this.#view) this.#view = {...this.#view, x: this.#view.x + dx, y: this.#view.y + dy};
    this.#drawNow();
  }

  #touched = false;

  fit() {
    if (!this.#scene || this.#size[0] === 0) return;
    this.#view = fit([...this.#scene.points.values()], ...this.#size);
    this.#touched = false;
    this.#picture = null;
    this.#draw();
  }

  #toScreen([x, y]) {
    const {k, x: dx, y: dy} = this.#view;
    return [x * k + dx, y * k + dy];
  }

  // Drawing

  #draw() {
    this.#drawTimer ||= requestAnimationFrame(() => {
      this.#drawTimer = 0;
      this.#drawNow();
    });
  }

  #drawNow() {
    if (!this.#scene || !this.#view || this.#size[0] === 0) return;
    const started = performance.now();
    const moving = this.#restTimer !== 0;
    if (moving && this.#picture && this.#cost > FRAME_MS) {
      this.#movePicture();
    } else {
      this.#drawAll();
      this.#cost = performance.now() - started;
      if (this.#cost > FRAME_MS) this.#keepPicture();
    }
    this.frames.push(performance.now() - started);
    if (this.frames.length > 600) this.frames.shift();
    if (this.#mustAnimate()) {
      this.#dash = (this.#dash + 0.5) % 1000;
      this.#draw();
    }
  }

  #mustAnimate() {
    return this.#scene.lines.length < 500 && this.#scene.paths.has('busy-unbuilt') && !document.hidden
      && !matchMedia('(prefers-reduced-motion: reduce)').matches;
  }

  #keepPicture() {
    const canvas = this.#canvas;
    const copy = this.#picture?.copy ?? document.createElement('canvas');
    if (copy.width !== canvas.width || copy.height !== canvas.height) [copy.width, copy.height] = [canvas.width, canvas.height];
    copy.getContext('2d').drawImage(canvas, 0, 0);
    this.#picture = {copy, view: this.#view};
  }

  #movePicture() {
    const context = this.#canvas.getContext('2d');
    const {copy, view} = this.#picture;
    const scale = this.#view.k / view.k;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = this.#colours.water;
    context.fillRect(0, 0, copy.width, copy.height);
    context.setTransform(scale, 0, 0, scale,
      (this.#view.x - view.x * scale) * devicePixelRatio, (this.#view.y - view.y * scale) * devicePixelRatio);
    context.drawImage(copy, 0, 0);
  }

  #drawAll() {
    const context = this.#canvas.getContext('2d', {alpha: false});
    const {k, x, y} = this.#view;
    const ratio = devicePixelRatio;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = this.#colours.water;
    context.fillRect(0, 0, ...this.#size);
    context.setTransform(ratio * k, 0, 0, ratio * k, ratio * x, ratio * y);
    context.lineJoin = 'round';
    this.#drawWorld(context, k);
    this.#drawLines(context, k);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const boxes = this.#drawSites(context);
    this.#drawConnectionLabels(context, boxes);
  }

  #drawWorld(context, k) {
    const {draw} = this.#scene;
    if (!draw) return;
    context.lineWidth = 0.6 / k;
    context.strokeStyle = this.#colours.grid;
    context.stroke(draw.graticule);
    context.stroke(draw.sphere);
    context.fillStyle = this.#colours.land;
    context.fill(draw.land);
    context.lineWidth = 0.8 / k;
    context.strokeStyle = this.#colours.coast;
    context.stroke(draw.land);
  }

  #drawLines(context, k) {
    const {paths, lines} = this.#scene;
    const stroke = (path, width, colour, dash = []) => {
      context.lineWidth = width / k;
      context.strokeStyle = colour;
      context.setLineDash(dash.map((length) => length / k));
      context.stroke(path);
    };
    this.#drawHighlights(stroke);
    const many = lines.length > 400;
    context.lineCap = 'butt';
    if (paths.has('link')) stroke(paths.get('link'), many ? 0.8 : 1.6, this.#colours.link);
    if (paths.has('link-down')) stroke(paths.get('link-down'), 1.6, this.#colours.muted, [2, 5]);
    const double = lines.length < DOUBLE_LINES;
    for (const tone of TONES) {
      const colour = this.#colours[tone];
      // Among thousands, what is well stands back, so that what is not can be seen.
      context.globalAlpha = double ? 1 : tone === 'good' ? 0.16 : 0.85;
      if (paths.has(tone)) {
        stroke(paths.get(tone), double ? 6 : tone === 'good' ? 0.6 : 1.2, colour);
        if (double) stroke(paths.get(tone), 2.2, this.#colours.surface);
      }
      const unbuilt = paths.get(tone + '-unbuilt');
      if (!unbuilt) continue;
      context.lineDashOffset = tone === 'busy' ? -this.#dash / k : 0;
      stroke(unbuilt, double ? 4 : 1, colour, tone === 'busy' ? [10, 7] : [2, 7]);
      context.lineDashOffset = 0;
    }
    context.globalAlpha = 1;
    this.#drawPlan(stroke);
    context.setLineDash([]);
  }

  /** The selected thing, and the links that it runs over, stand out. */
  #drawHighlights(stroke) {
    const over = new Set();
    const halo = (line, width) => stroke(path(line.curve), width, this.#colours.accent);
    const context = this.#canvas.getContext('2d');
    context.lineCap = 'round';
    const {selected} = this;
    const connection = selected?.type === 'connection' && this.state.connections.get(selected.id);
    if (connection) connection.path.links.forEach((id) => over.add(id));
    if (this.plan && this.showPlan) this.plan.path.links.forEach((id) => over.add(id));
    for (const line of this.#scene.lines) {
      const isSelected = line.type === selected?.type && line.id === selected.id;
      const isHovered = line.type === this.#hover?.type && line.id === this.#hover.id;
      context.globalAlpha = isSelected ? 0.36 : 0.24;
      if (isSelected || isHovered || (line.type === 'link' && over.has(line.id))) {
        halo(line, line.type === 'link' ? 9 : 14);
      }
    }
    context.globalAlpha = 1;
  }

  #planCurve() {
    const pair = [this.plan.sides.local.site, this.plan.sides.remote.site].sort();
    const [a, z] = pair.map((id) => this.#scene.points.get(id));
    return a && z ? bow(a, z, this.#scene.between.get(pair.join(' ')) ?? 0) : null;
  }

  #drawPlan(stroke) {
    if (!this.plan || !this.showPlan) return;
    const curve = this.#planCurve();
    if (!curve) return;
    stroke(path(curve), 8, this.#colours.accent, [14, 8]);
    stroke(path(curve), 3, this.#colours.surface);
  }

  #drawSites(context) {
    const {sites} = this.state;
    const radius = sites.size <= 60 ? 9 : sites.size <= 300 ? 6 : 3.5;
    const withWords = sites.size <= 60 && this.#size[1] > 300;
    const boxes = new Boxes();
    const visible = [];
    for (const [id, point] of this.#scene.points) {
      const site = sites.get(id);
      if (!site) continue;
      const [x, y] = this.#toScreen(point);
      if (x < -80 || y < -40 || x > this.#size[0] + 80 || y > this.#size[1] + 40) continue;
      visible.push([site, x, y]);
      boxes.take(x - radius, y - radius, 2 * radius, 2 * radius);
    }
    for (const [site, x, y] of visible) {
      const selected = this.selected?.type === 'site' && this.selected.id === site.id;
      const ends = this.plan && this.showPlan && [this.plan.sides.local.site, this.plan.sides.remote.site].includes(site.id);
      if (selected || ends || this.#cursor === site.id || (this.#hover?.type === 'site' && this.#hover.id === site.id)) {
        context.beginPath();
        context.arc(x, y, radius + 6, 0, 2 * Math.PI);
        context.lineWidth = 2.5;
        context.strokeStyle = this.#colours.accent;
        context.stroke();
      }
      glyph(context, siteTone(site.status), x, y, radius, this.#colours);
    }
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
    const urgent = (site) => (siteTone(site.status) === 'good' ? 1 : 0);
    visible.sort((one, other) => urgent(one[0]) - urgent(other[0]));
    for (const [site, x, y] of visible) this.#drawSiteLabel(context, boxes, site, x, y, radius, withWords);
    return boxes;
  }

  #drawSiteLabel(context, boxes, site, x, y, radius, withWords) {
    const name = site.id;
    const size = radius > 6 ? 14 : 12;
    const status = withWords || siteTone(site.status) !== 'good' ? words(site.status) : '';
    const full = site.name && site.name !== site.id && withWords ? site.name : '';
    const second = [full, status].filter(Boolean).join(' · ');
    context.font = `650 ${size}px system-ui, sans-serif`;
    const wide = context.measureText(name).width;
    context.font = '12px system-ui, sans-serif';
    const width = Math.max(wide, second ? context.measureText(second).width : 0);
    const height = size + (second ? 16 : 2);
    const places = [[x + radius + 7, y - height / 2], [x - width / 2, y + radius + 5],
      [x - radius - 7 - width, y - height / 2], [x - width / 2, y - radius - 5 - height]];
    const place = places.find(([left, top]) => left > 2 && left + width < this.#size[0] - 2 && boxes.isFree(left, top, width, height))
      ?? (withWords && this.state.sites.size <= 12 ? places[1] : null);
    if (!place) return;
    boxes.take(place[0], place[1], width, height);
    context.font = `650 ${size}px system-ui, sans-serif`;
    this.#haloText(context, name, place[0], place[1] + size / 2, this.#colours.text);
    if (!second) return;
    context.font = '12px system-ui, sans-serif';
    this.#haloText(context, second, place[0], place[1] + size + 8, this.#colours.text);
  }

  #haloText(context, text, x, y, colour) {
    context.lineWidth = 4;
    context.strokeStyle = this.#colours.surface;
    context.globalAlpha = 0.85;
    context.strokeText(text, x, y);
    context.globalAlpha = 1;
    context.fillStyle = colour;
    context.fillText(text, x, y);
  }

  #drawConnectionLabels(context, boxes) {
    const connections = this.#scene.lines.filter((line) => line.type === 'connection');
    const few = connections.length <= LABELLED_CONNECTIONS;
    const isPointedAt = (line) => [this.selected, this.#hover].some((each) => each?.type === 'connection' && each.id === line.id);
    const stand = connections.filter(isPointedAt);
    const others = few ? connections.filter((line) => !isPointedAt(line)) : [];
    for (const line of [...stand, ...others]) {
      const stands = stand.includes(line);
      this.#pill(context, boxes, line.curve, `${nameOf(line.object)} · ${connectionWord(line.object)}`, line.tone, stands);
    }
    if (this.plan && this.showPlan) {
      const curve = this.#planCurve();
      if (curve) this.#pill(context, boxes, curve, this.plan.word ?? 'planned', null, true);
    }
  }

  #pill(context, boxes, curve, label, tone, always) {
    context.font = '600 12.5px system-ui, sans-serif';
    const text = label.length > 34 ? label.slice(0, 33) + '…' : label;
    const mark = tone ? 18 : 0;
    const width = context.measureText(text).width + mark + 18;
    const height = 24;
    const spot = [0.5, 0.38, 0.62, 0.28, 0.72].map((t) => this.#toScreen(onBow(curve, t)))
      .map(([x, y]) => [x - width / 2, y - height / 2])
      .find(([left, top]) => boxes.isFree(left, top, width, height));
    if (!spot && !always) return;
    const [left, top] = spot ?? this.#toScreen(onBow(curve, 0.5)).map((at, i) => at - (i ? height : width) / 2);
    boxes.take(left, top, width, height);
    context.beginPath();
    context.roundRect(left, top, width, height, height / 2);
    context.fillStyle = this.#colours.surface;
    context.fill();
    context.lineWidth = 1.5;
    context.strokeStyle = tone ? this.#colours[tone] : this.#colours.accent;
    context.stroke();
    if (tone) glyph(context, tone, left + 14, top + height / 2, 5.5, this.#colours);
    context.fillStyle = this.#colours.text;
    context.textBaseline = 'middle';
    context.fillText(text, left + 9 + mark, top + height / 2 + 0.5);
  }

  // Pointing

  #at(event) {
    const box = this.#canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  /** What is nearest to a place on the screen; sites come before lines, connections before links. */
  #find(at) {
    if (!this.#scene || !this.#view) return null;
    let best = null;
    let nearest = NEAR_SITE;
    for (const [id, point] of this.#scene.points) {
      const [x, y] = this.#toScreen(point);
      const far = Math.hypot(x - at[0], y - at[1]);
      if (far < nearest) [best, nearest] = [{type: 'site', id}, far];
    }
    if (best) return best;
    nearest = NEAR_LINE;
    for (const {type, id, curve} of this.#scene.lines) {
      const points = curve.map((point) => this.#toScreen(point));
      if (!near(at, points, NEAR_LINE)) continue;
      const steps = type === 'link' ? 1 : 12;
      for (let i = 0; i < steps; i++) {
        const far = distance(at, onBow(points, i / steps), onBow(points, (i + 1) / steps)) + (type === 'link' ? 1 : 0);
        if (far < nearest) [best, nearest] = [{type, id}, far];
      }
    }
    return best;
  }

  #down(event) {
    if (event.button !== 0) return;
    this.#canvas.setPointerCapture(event.pointerId);
    this.#pointers.set(event.pointerId, this.#at(event));
    this.#moved = 0;
  }

  #move(event) {
    const at = this.#at(event);
    const before = this.#pointers.get(event.pointerId);
    if (!before) {
      const found = this.#find(at);
      this.#canvas.classList.toggle('pointing', found !== null);
      if (found?.id !== this.#hover?.id) {
        this.#hover = found;
        this.#draw();
      }
      return;
    }
    this.#moved += Math.hypot(at[0] - before[0], at[1] - before[1]);
    const others = [...this.#pointers].filter(([id]) => id !== event.pointerId).map(([, place]) => place);
    this.#pointers.set(event.pointerId, at);
    if (others.length === 1) {
      const [other] = others;
      const factor = Math.hypot(at[0] - other[0], at[1] - other[1]) / Math.max(1, Math.hypot(before[0] - other[0], before[1] - other[1]));
      this.#zoom(factor, [(at[0] + other[0]) / 2, (at[1] + other[1]) / 2]);
    } else if (this.#moved > 4) {
      this.#changeView({...this.#view, x: this.#view.x + at[0] - before[0], y: this.#view.y + at[1] - before[1]});
    }
  }

  #up(event) {
    if (!this.#pointers.delete(event.pointerId) || this.#moved > 4) return;
    this.#open(this.#find(this.#at(event)));
  }

  #cancel(event) {
    this.#pointers.delete(event.pointerId);
  }

  #leave() {
    this.#hover = null;
    this.#draw();
  }

  #blur() {
    this.#cursor = null;
    this.#draw();
  }

  #wheel(event) {
    event.preventDefault();
    this.#zoom(Math.exp(-Math.max(-120, Math.min(120, event.deltaY)) * 0.0025), this.#at(event));
  }

  #zoom(factor, [x, y] = [this.#size[0] / 2, this.#size[1] / 2]) {
    if (!this.#view) return;
    const k = Math.max(ZOOM[0], Math.min(ZOOM[1], this.#view.k * factor));
    const scale = k / this.#view.k;
    this.#changeView({k, x: x - (x - this.#view.x) * scale, y: y - (y - this.#view.y) * scale});
  }

  #changeView(view) {
    if (!this.#view) return;
    this.#view = view;
    this.#touched = true;
    clearTimeout(this.#restTimer);
    this.#restTimer = setTimeout(() => {
      this.#restTimer = 0;
      this.#draw();
    }, REST_MS);
    this.#draw();
  }

  #toggleLayout() {
    this.layout = this.#schematic ? 'map' : 'schematic';
    localStorage.setItem('isthmus-layout', this.layout);
  }

  #open(thing) {
    this.dispatchEvent(new CustomEvent('choose', {detail: thing, bubbles: true}));
  }

  // The keyboard

  #key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const way = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[event.key];
    if (way) this.#walk(way);
    else if (event.key === 'Enter' && this.#cursor) this.#open({type: 'site', id: this.#cursor});
    else if (event.key === '+' || event.key === '=') this.#zoom(1.5);
    else if (event.key === '-') this.#zoom(1 / 1.5);
    else if (event.key === '0') this.fit();
    else return;
    event.preventDefault();
  }

  /** To the nearest site in a direction. */
  #walk([dx, dy]) {
    if (!this.#scene) return;
    const places = [...this.#scene.points].map(([id, point]) => [id, this.#toScreen(point)]);
    const from = this.#scene.points.get(this.#cursor) ?? this.#scene.points.get(this.selected?.id);
    if (!from) {
      this.#standAt(places[0]?.[0]);
      return;
    }
    const [x, y] = this.#toScreen(from);
    const reached = places
      .map(([id, [px, py]]) => ({id, along: (px - x) * dx + (py - y) * dy, aside: Math.abs((px - x) * dy) + Math.abs((py - y) * dx)}))
      .filter(({along}) => along > 1)
      .sort((one, other) => one.along + 2 * one.aside - other.along - 2 * other.aside)[0];
    if (reached) this.#standAt(reached.id);
  }

  #standAt(id) {
    const site = this.state.sites.get(id);
    if (!site) return;
    this.#cursor = id;
    const connected = this.state.connectionsAt(id);
    this.announced = `Site ${id}, ${nameOf(site)}, ${words(site.status)}, ${this.state.linksAt(id).length} links, `
      + `${connected.length} connections. Enter opens it.`;
    const [x, y] = this.#toScreen(this.#scene.points.get(id));
    if (x < 20 || y < 20 || x > this.#size[0] - 20 || y > this.#size[1] - 20) {
      this.#changeView({...this.#view, x: this.#view.x + this.#size[0] / 2 - x, y: this.#view.y + this.#size[1] / 2 - y});
    }
    this.#draw();
  }
}

function path([from, control, to]) {
  const made = new Path2D();
  made.moveTo(...from);
  made.quadraticCurveTo(...control, ...to);
  return made;
}

function near([x, y], points, margin) {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [px, py] of points) {
    left = Math.min(left, px);
    right = Math.max(right, px);
    top = Math.min(top, py);
    bottom = Math.max(bottom, py);
  }
  return x > left - margin && x < right + margin && y > top - margin && y < bottom + margin;
}

/** A shape of its own for every tone: circle with tick, triangle, crossed square, half circle, ring. */
function glyph(context, tone, x, y, r, colours) {
  context.beginPath();
  context.lineWidth = Math.max(1.5, r * 0.28);
  context.strokeStyle = colours.surface;
  context.fillStyle = colours[tone];
  if (tone === 'warn') {
    context.moveTo(x, y - r * 1.15);
    context.lineTo(x + r * 1.15, y + r * 0.9);
    context.lineTo(x - r * 1.15, y + r * 0.9);
    context.closePath();
  } else if (tone === 'bad') {
    context.rect(x - r * 0.95, y - r * 0.95, r * 1.9, r * 1.9);
  } else {
    context.arc(x, y, r, 0, 2 * Math.PI);
  }
  context.stroke();
  if (tone === 'idle' || tone === 'busy') {
    context.fillStyle = colours.surface;
    context.fill();
    context.strokeStyle = colours[tone];
    context.stroke();
    if (tone === 'idle') return;
    context.beginPath();
    context.arc(x, y, r * 0.95, -Math.PI / 2, Math.PI / 2);
    context.fillStyle = colours.busy;
    context.fill();
    return;
  }
  context.fill();
  if (r < 5) return;
  context.beginPath();
  context.lineWidth = Math.max(1.4, r * 0.24);
  if (tone === 'good') {
    context.moveTo(x - r * 0.45, y + r * 0.02);
    context.lineTo(x - r * 0.1, y + r * 0.38);
    context.lineTo(x + r * 0.48, y - r * 0.35);
  } else if (tone === 'warn') {
    context.moveTo(x, y - r * 0.45);
    context.lineTo(x, y + r * 0.25);
    context.moveTo(x, y + r * 0.5);
    context.lineTo(x, y + r * 0.65);
  } else {
    context.moveTo(x - r * 0.45, y - r * 0.45);
    context.lineTo(x + r * 0.45, y + r * 0.45);
    context.moveTo(x + r * 0.45, y - r * 0.45);
    context.lineTo(x - r * 0.45, y + r * 0.45);
  }
  context.stroke();
}

/** Which parts of the screen have something written on them, in cells so that many are found fast. */
class Boxes {
  #cells = new Map();

  #each(left, top, width, height, visit) {
    for (let column = Math.floor(left / 64); column <= Math.floor((left + width) / 64); column++) {
      for (let row = Math.floor(top / 64); row <= Math.floor((top + height) / 64); row++) {
        if (visit(column * 4096 + row)) return true;
      }
    }
    return false;
  }

  take(left, top, width, height) {
    this.#each(left, top, width, height, (cell) => {
      if (!this.#cells.has(cell)) this.#cells.set(cell, []);
      this.#cells.get(cell).push([left, top, width, height]);
    });
  }

  isFree(left, top, width, height) {
    return !this.#each(left, top, width, height, (cell) => this.#cells.get(cell)?.some(
      ([l, t, w, h]) => left < l + w && l < left + width && top < t + h && t < top + height));
  }
}

customElements.define('isthmus-map', IsthmusMap);
