/** What is meant by a place on the screen, or by a direction. */
import {distance, onBow} from './layout.js';
import {toScreen} from './map-scene.js';

const NEAR_SITE = 16;
const NEAR_LINE = 7;

/** What is nearest to a place on the screen; sites come before lines, connections before links. */
export function nearestTo(at, scene, view) {
  let best = null;
  let nearest = NEAR_SITE;
  for (const [id, point] of scene.points) {
    const [x, y] = toScreen(point, view);
    const far = Math.hypot(x - at[0], y - at[1]);
    if (far < nearest) [best, nearest] = [{type: 'site', id}, far];
  }
  if (best) return best;
  nearest = NEAR_LINE;
  for (const {type, id, curve} of scene.lines) {
    const points = curve.map((point) => toScreen(point, view));
    if (!near(at, points, NEAR_LINE)) continue;
    const steps = type === 'link' ? 1 : 12;
    for (let i = 0; i < steps; i++) {
      const far = distance(at, onBow(points, i / steps), onBow(points, (i + 1) / steps)) + (type === 'link' ? 1 : 0);
      if (far < nearest) [best, nearest] = [{type, id}, far];
    }
  }
  return best;
}

/** The next site from one in a direction: rather straight ahead than near; null if none is there. */
export function siteToward([dx, dy], from, scene, view) {
  const [x, y] = toScreen(from, view);
  const reached = [...scene.points]
    .map(([id, point]) => [id, toScreen(point, view)])
    .map(([id, [px, py]]) => ({id, along: (px - x) * dx + (py - y) * dy, aside: Math.abs((px - x) * dy) + Math.abs((py - y) * dx)}))
    .filter(({along}) => along > 1)
    .sort((one, other) => one.along + 2 * one.aside - other.along - 2 * other.aside)[0];
  return reached?.id ?? null;
}

/** Where a thing is on the screen: a site's place, the middle of a line. */
export function placeOf(type, id, scene, view) {
  const at = type === 'site' ? scene.points.get(id)
    : scene.lines.filter((line) => line.type === type && line.id === id).map(({curve}) => onBow(curve, 0.5))[0];
  return at ? toScreen(at, view) : null;
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
