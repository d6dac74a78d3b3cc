/** The map on its canvas: the world, links and connections, and what stands out of them. */
import {drawConnectionLabels, drawSites} from './map-labels.js';
import {curveOf} from './map-scene.js';

const TONES = ['good', 'warn', 'bad', 'busy', 'idle'];
const DOUBLE_LINES = 1500;

/** The theme's colours as they are for an element now: a canvas knows no variables. */
export function coloursOf(element) {
  const colours = {};
  const probe = element.appendChild(document.createElement('span'));
  for (const name of ['water', 'land', 'coast', 'grid', 'text', 'muted', 'surface', 'link', 'accent', ...TONES]) {
    probe.style.color = `var(--${name})`;
    colours[name] = getComputedStyle(probe).color;
  }
  probe.remove();
  return colours;
}

/**
 * Draws all of it.
 *
 * `look` is what decides how: scene, view, size, colours and state; selected, hover, cursor; plan, where it is to be shown; dash,
 * how far broken lines have moved.
 */
export function drawMap(canvas, look) {
  const context = canvas.getContext('2d', {alpha: false});
  const {colours, size, view: {k, x, y}} = look;
  const ratio = devicePixelRatio;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = colours.water;
  context.fillRect(0, 0, ...size);
  context.setTransform(ratio * k, 0, 0, ratio * k, ratio * x, ratio * y);
  context.lineJoin = 'round';
  drawWorld(context, k, look);
  drawLines(context, k, look);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const boxes = drawSites(context, look);
  drawConnectionLabels(context, boxes, look);
}

/** Whether something moves by itself on it: broken lines of what is under way, where there are few. */
export function mustAnimate({lines, paths}) {
  return lines.length < 500 && paths.has('busy-unbuilt') && !document.hidden
    && !matchMedia('(prefers-reduced-motion: reduce)').matches;
}

function drawWorld(context, k, {scene: {draw}, colours}) {
  if (!draw) return;
  context.lineWidth = 0.6 / k;
  context.strokeStyle = colours.grid;
  context.stroke(draw.graticule);
  context.stroke(draw.sphere);
  context.fillStyle = colours.land;
  context.fill(draw.land);
  context.lineWidth = 0.8 / k;
  context.strokeStyle = colours.coast;
  context.stroke(draw.land);
}

function drawLines(context, k, look) {
  const {scene: {paths, lines}, colours, dash: moved} = look;
  const stroke = (path, width, colour, dash = []) => {
    context.lineWidth = width / k;
    context.strokeStyle = colour;
    context.setLineDash(dash.map((length) => length / k));
    context.stroke(path);
  };
  drawHighlights(context, stroke, look);
  const many = lines.length > 400;
  context.lineCap = 'butt';
  if (paths.has('link')) stroke(paths.get('link'), many ? 0.8 : 1.6, colours.link);
  if (paths.has('link-down')) stroke(paths.get('link-down'), 1.6, colours.muted, [2, 5]);
  const double = lines.length < DOUBLE_LINES;
  for (const tone of TONES) {
    const colour = colours[tone];
    // Among thousands, what is well stands back, so that what is not can be seen.
    context.globalAlpha = double ? 1 : tone === 'good' ? 0.16 : 0.85;
    if (paths.has(tone)) {
      stroke(paths.get(tone), double ? 6 : tone === 'good' ? 0.6 : 1.2, colour);
      if (double) stroke(paths.get(tone), 2.2, colours.surface);
    }
    const unbuilt = paths.get(tone + '-unbuilt');
    if (!unbuilt) continue;
    context.lineDashOffset = tone === 'busy' ? -moved / k : 0;
    stroke(unbuilt, double ? 4 : 1, colour, tone === 'busy' ? [10, 7] : [2, 7]);
    context.lineDashOffset = 0;
  }
  context.globalAlpha = 1;
  drawPlan(stroke, look);
  context.setLineDash([]);
}

/** The selected thing, and the links that it runs over, stand out. */
function drawHighlights(context, stroke, {scene, colours, state, selected, hover, plan}) {
  const over = new Set();
  const halo = (line, width) => stroke(path(line.curve), width, colours.accent);
  context.lineCap = 'round';
  const connection = selected?.type === 'connection' && state.connections.get(selected.id);
  if (connection) connection.path.links.forEach((id) => over.add(id));
  if (plan) plan.path.links.forEach((id) => over.add(id));
  for (const line of scene.lines) {
    const isSelected = line.type === selected?.type && line.id === selected.id;
    const isHovered = line.type === hover?.type && line.id === hover.id;
    context.globalAlpha = isSelected ? 0.36 : 0.24;
    if (isSelected || isHovered || (line.type === 'link' && over.has(line.id))) {
      halo(line, line.type === 'link' ? 9 : 14);
    }
  }
  context.globalAlpha = 1;
}

function drawPlan(stroke, {plan, scene, colours}) {
  const curve = plan && curveOf(plan, scene);
  if (!curve) return;
  stroke(path(curve), 8, colours.accent, [14, 8]);
  stroke(path(curve), 3, colours.surface);
}

function path([from, control, to]) {
  const made = new Path2D();
  made.moveTo(...from);
  made.quadraticCurveTo(...control, ...to);
  return made;
}
