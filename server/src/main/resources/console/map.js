/**
 * The map of sites, links and connections.
 *
 * It is drawn on a canvas: 1,000 sites and 10,000 connections as elements of a page would be laid out, styled and hit-tested
 * one by one, while a canvas strokes all connections of one kind as one path. While the map is moved, a picture of the
 * last drawing is moved if drawing takes longer than a frame may. The same things are in the lists, as tables, for who
 * cannot see it; the keyboard walks from site to site.
 */
import {LitElement, html} from './vendor/vendor.js';
import {fit, isLocated} from './layout.js';
import {coloursOf, drawMap, mustAnimate} from './map-drawing.js';
import {description, legend, sentence} from './map-words.js';
import {Picture} from './map-picture.js';
import {nearestTo, placeOf, siteToward} from './map-pointing.js';
import {arrange, toScreen} from './map-scene.js';
import {pinched, shifted, zoomed} from './map-view.js';

const FRAME_MS = 9;
const REST_MS = 140;

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
  #picture = new Picture();
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
    return html`
      <canvas tabindex="0" role="application" aria-roledescription="map"
        aria-label=${description(this.state)}
        @keydown=${this.#key} @pointerdown=${this.#down} @pointermove=${this.#move} @pointerup=${this.#up}
        @pointercancel=${this.#cancel} @pointerleave=${this.#leave} @blur=${this.#blur}></canvas>
      <p class="unseen" aria-live="polite">${this.announced}</p>
      <div class="map-tools" role="group" aria-label="Map">
        <button class="tool" title="Zoom in" aria-label="Zoom in" @click=${() => this.#zoom(1.5)}>+</button>
        <button class="tool" title="Zoom out" aria-label="Zoom out" @click=${() => this.#zoom(1 / 1.5)}>−</button>
        <button class="tool" title="Show all" aria-label="Show all" @click=${() => this.fit()}>⤢</button>
        <button class="tool wide" aria-pressed=${this.#schematic} @click=${this.#toggleLayout}>Schematic</button>
      </div>
      ${legend()}`;
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
    this.#colours = coloursOf(this);
    this.#draw();
  }

  /** Where a thing is drawn, for tests and for who scripts the console. */
  placeOf(type, id) {
    return this.#scene && this.#view ? placeOf(type, id, this.#scene, this.#view) : null;
  }

  #arrange() {
    if (!this.#schematic && !this.#world) return;
    this.#scene = arrange(this.state, this.#schematic, this.#world, this.#scene);
    if (this.#scene.isFresh) this.fit();
    else this.#draw();
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
    this.#picture.forget();
    if (fresh || !this.#touched) this.fit();
    else if (this.#view) this.#view = shifted(this.#view, dx, dy);
    this.#drawNow();
  }

  #touched = false;

  fit() {
    if (!this.#scene || this.#size[0] === 0) return;
    this.#view = fit([...this.#scene.points.values()], ...this.#size);
    this.#touched = false;
    this.#picture.forget();
    this.#draw();
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
    if (moving && this.#picture.isKept && this.#cost > FRAME_MS) {
      this.#picture.draw(this.#canvas, this.#view, this.#colours.water);
    } else {
      drawMap(this.#canvas, {
        scene: this.#scene, view: this.#view, size: this.#size, colours: this.#colours, state: this.state, dash: this.#dash,
        selected: this.selected, hover: this.#hover, cursor: this.#cursor, plan: this.showPlan ? this.plan : null,
      });
      this.#cost = performance.now() - started;
      if (this.#cost > FRAME_MS) this.#picture.keep(this.#canvas, this.#view);
    }
    this.frames.push(performance.now() - started);
    if (this.frames.length > 600) this.frames.shift();
    if (mustAnimate(this.#scene)) {
      this.#dash = (this.#dash + 0.5) % 1000;
      this.#draw();
    }
  }

  // Pointing

  #at(event) {
    const box = this.#canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  #find(at) {
    return this.#scene && this.#view ? nearestTo(at, this.#scene, this.#view) : null;
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
      this.#changeView(pinched(this.#view, others[0], before, at));
    } else if (this.#moved > 4) {
      this.#changeView(shifted(this.#view, at[0] - before[0], at[1] - before[1]));
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

  #zoom(factor, at = [this.#size[0] / 2, this.#size[1] / 2]) {
    if (this.#view) this.#changeView(zoomed(this.#view, factor, at));
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
  #walk(way) {
    if (!this.#scene) return;
    const {points} = this.#scene;
    const from = points.get(this.#cursor) ?? points.get(this.selected?.id);
    const reached = from ? siteToward(way, from, this.#scene, this.#view) : [...points.keys()][0];
    if (reached) this.#standAt(reached);
  }

  #standAt(id) {
    const site = this.state.sites.get(id);
    if (!site) return;
    this.#cursor = id;
    this.announced = sentence(site, this.state);
    const [x, y] = toScreen(this.#scene.points.get(id), this.#view);
    const [width, height] = this.#size;
    if (x < 20 || y < 20 || x > width - 20 || y > height - 20) {
      this.#changeView(shifted(this.#view, width / 2 - x, height / 2 - y));
    }
    this.#draw();
  }
}

customElements.define('isthmus-map', IsthmusMap);
