/** Sites and the words of the map, each where nothing else is written. */
import {onBow} from './layout.js';
import {Boxes} from './map-boxes.js';
import {glyph, haloText} from './map-glyphs.js';
import {curveOf, toScreen} from './map-scene.js';
import {connectionWord, nameOf, siteTone, words} from './words.js';

const LABELLED_CONNECTIONS = 40;

/** Draws sites with their names; answers what is written on now. */
export function drawSites(context, look) {
  const {scene, view, size, colours, state: {sites}, plan} = look;
  const radius = sites.size <= 60 ? 9 : sites.size <= 300 ? 6 : 3.5;
  const withWords = sites.size <= 60 && size[1] > 300;
  const boxes = new Boxes();
  const visible = [];
  for (const [id, point] of scene.points) {
    const site = sites.get(id);
    if (!site) continue;
    const [x, y] = toScreen(point, view);
    if (x < -80 || y < -40 || x > size[0] + 80 || y > size[1] + 40) continue;
    visible.push([site, x, y]);
    boxes.take(x - radius, y - radius, 2 * radius, 2 * radius);
  }
  const ringed = new Set();
  for (const [site, x, y] of visible) {
    const isPointedAt = [look.selected, look.hover].some((each) => each?.type === 'site' && each.id === site.id);
    const isEnd = plan && [plan.sides.local.site, plan.sides.remote.site].includes(site.id);
    if (isPointedAt || isEnd || look.cursor === site.id) {
      ringed.add(site);
      context.beginPath();
      context.arc(x, y, radius + 6, 0, 2 * Math.PI);
      context.lineWidth = 2.5;
      context.strokeStyle = colours.accent;
      context.stroke();
    }
    glyph(context, siteTone(site.status), x, y, radius, colours);
  }
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  const urgent = (site) => (siteTone(site.status) === 'good' ? 1 : 0);
  visible.sort((one, other) => urgent(one[0]) - urgent(other[0]));
  for (const [site, x, y] of visible) {
    drawSiteLabel(context, boxes, site, [x, y, ringed.has(site) ? radius + 6 : radius], withWords, look);
  }
  return boxes;
}

function drawSiteLabel(context, boxes, site, [x, y, radius], withWords, {size: [screenWidth], colours, state}) {
  const name = site.id;
  const size = state.sites.size <= 60 ? 14 : 12;
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
  const place = places.find(([left, top]) => left > 2 && left + width < screenWidth - 2 && boxes.isFree(left, top, width, height))
    ?? (withWords && state.sites.size <= 12 ? places[1] : null);
  if (!place) return;
  boxes.take(place[0], place[1], width, height);
  context.font = `650 ${size}px system-ui, sans-serif`;
  haloText(context, name, place[0], place[1] + size / 2, colours);
  if (!second) return;
  context.font = '12px system-ui, sans-serif';
  haloText(context, second, place[0], place[1] + size + 8, colours);
}

/** Writes on connections: on all where they are few, else on those that are pointed at. */
export function drawConnectionLabels(context, boxes, look) {
  const {scene, selected, hover, plan} = look;
  const connections = scene.lines.filter((line) => line.type === 'connection');
  const few = connections.length <= LABELLED_CONNECTIONS;
  const isPointedAt = (line) => [selected, hover].some((each) => each?.type === 'connection' && each.id === line.id);
  const stand = connections.filter(isPointedAt);
  const others = few ? connections.filter((line) => !isPointedAt(line)) : [];
  for (const line of [...stand, ...others]) {
    const stands = stand.includes(line);
    pill(context, boxes, line.curve, `${nameOf(line.object)} · ${connectionWord(line.object)}`, line.tone, stands, look);
  }
  const curve = plan && curveOf(plan, scene);
  if (curve) pill(context, boxes, curve, plan.word ?? 'planned', null, true, look);
}

function pill(context, boxes, curve, label, tone, always, {view, colours}) {
  context.font = '600 12.5px system-ui, sans-serif';
  const text = label.length > 34 ? label.slice(0, 33) + '…' : label;
  const mark = tone ? 18 : 0;
  const width = context.measureText(text).width + mark + 18;
  const height = 24;
  const spot = [0.5, 0.38, 0.62, 0.28, 0.72].map((t) => toScreen(onBow(curve, t), view))
    .map(([x, y]) => [x - width / 2, y - height / 2])
    .find(([left, top]) => boxes.isFree(left, top, width, height));
  if (!spot && !always) return;
  const [left, top] = spot ?? toScreen(onBow(curve, 0.5), view).map((at, i) => at - (i ? height : width) / 2);
  boxes.take(left, top, width, height);
  context.beginPath();
  context.roundRect(left, top, width, height, height / 2);
  context.fillStyle = colours.surface;
  context.fill();
  context.lineWidth = 1.5;
  context.strokeStyle = tone ? colours[tone] : colours.accent;
  context.stroke();
  if (tone) glyph(context, tone, left + 14, top + height / 2, 5.5, colours);
  context.fillStyle = colours.text;
  context.textBaseline = 'middle';
  context.fillText(text, left + 9 + mark, top + height / 2 + 0.5);
}
