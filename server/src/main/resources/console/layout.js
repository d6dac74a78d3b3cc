/** Where things are, in units of a plane that is the same for every zoom. Pure functions. */
import {feature, geoGraticule10, geoNaturalEarth1, geoPath} from './vendor/vendor.js';

const SCALE = 1000;
const LEAST_EXTENT = 330; // About 19 degrees: the outline of the world says nothing any nearer.
const CIRCLE_MOST = 40;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

/** Most sites must say where they stand before a map of the world says anything. */
export function isLocated(sites) {
  const located = sites.filter((site) => site.location).length;
  return located > 0 && located * 2 >= sites.length;
}

/**
 * Sites on the globe (Natural Earth projection, turned so that they are in the middle). Sites without a location stand
 * in a row below the others.
 */
export function geographic(sites, world) {
  const located = sites.filter((site) => site.location);
  const longitudes = located.map((site) => site.location.longitude);
  const [west, east] = [Math.min(...longitudes), Math.max(...longitudes)];
  const turn = east - west < 120 ? -(west + east) / 2 : 0;
  const projection = geoNaturalEarth1().rotate([turn, 0]).translate([0, 0]).scale(SCALE);
  const points = new Map();
  for (const {id, location} of located) points.set(id, projection([location.longitude, location.latitude]));
  const box = extent([...points.values()]);
  const others = sites.filter((site) => !site.location);
  others.forEach(({id}, i) => {
    const x = box.x + ((i + 0.5) / others.length) * box.width;
    points.set(id, [x, box.y + box.height + 60]);
  });
  return {points, draw: {
    sphere: drawn(projection, {type: 'Sphere'}),
    graticule: drawn(projection, geoGraticule10()),
    land: drawn(projection, feature(world, world.objects.land)),
  }};
}

function drawn(projection, shape) {
  const path = new Path2D();
  geoPath(projection, path)(shape);
  return path;
}

/** Sites on a circle with few crossings of links; on a spiral if there are too many for a circle. */
export function schematic(sites, links) {
  const points = new Map();
  if (sites.length > CIRCLE_MOST) {
    byNearness(sites, links).forEach((id, i) => {
      const radius = 34 * Math.sqrt(i + 0.5);
      points.set(id, [radius * Math.cos(i * GOLDEN_ANGLE), radius * Math.sin(i * GOLDEN_ANGLE)]);
    });
    return {points, draw: null};
  }
  const order = fewestCrossings(byNearness(sites, links), links);
  const radius = order.length < 2 ? 0 : Math.max(170, order.length * 26);
  // Four sites are the corners of a landscape, not of a diamond.
  const start = order.length === 4 ? -3 * Math.PI / 4 : -Math.PI / 2;
  order.forEach((id, i) => {
    const angle = start + (2 * Math.PI * i) / order.length;
    points.set(id, [1.35 * radius * Math.cos(angle), radius * Math.sin(angle)]);
  });
  return {points, draw: null};
}

/** Breadth first from the site with most links, so that neighbours come near each other. */
function byNearness(sites, links) {
  const neighbours = new Map(sites.map((site) => [site.id, []]));
  for (const {a_site: a, z_site: z} of links) {
    neighbours.get(a)?.push(z);
    neighbours.get(z)?.push(a);
  }
  const starts = [...neighbours.keys()].sort(
    (one, other) => neighbours.get(other).length - neighbours.get(one).length || one.localeCompare(other));
  const order = [];
  const seen = new Set();
  for (const start of starts) {
    const queue = [start];
    for (const id of queue) {
      if (seen.has(id) || !neighbours.has(id)) continue;
      seen.add(id);
      order.push(id);
      queue.push(...neighbours.get(id).sort());
    }
  }
  return order;
}

/** Swaps neighbours on the circle as long as that helps. */
function fewestCrossings(order, links) {
  let best = order;
  let least = crossings(best, links);
  for (let improved = true, rounds = 0; improved && least > 0 && rounds < 20; rounds++) {
    improved = false;
    for (let i = 0; i < best.length; i++) {
      for (let j = i + 1; j < Math.min(best.length, i + 4); j++) {
        const swapped = [...best];
        [swapped[i], swapped[j]] = [swapped[j], swapped[i]];
        const now = crossings(swapped, links);
        if (now < least) [best, least, improved] = [swapped, now, true];
      }
    }
  }
  return best;
}

function crossings(order, links) {
  const place = new Map(order.map((id, i) => [id, i]));
  const chords = links.map((link) => [place.get(link.a_site), place.get(link.z_site)].sort((a, b) => a - b));
  let found = 0;
  for (let i = 0; i < chords.length && i < 200; i++) {
    for (let j = i + 1; j < chords.length && j < 200; j++) {
      const [[a, b], [c, d]] = [chords[i], chords[j]];
      if ((a < c && c < b && b < d) || (c < a && a < d && d < b)) found++;
    }
  }
  return found;
}

export function extent(points) {
  if (points.length === 0) return {x: -500, y: -300, width: 1000, height: 600};
  const xs = points.map((point) => point[0]);
  const ys = points.map((point) => point[1]);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const width = Math.max(right - left, LEAST_EXTENT);
  const height = Math.max(bottom - top, LEAST_EXTENT * 0.6);
  return {x: (left + right - width) / 2, y: (top + bottom - height) / 2, width, height};
}

/** The view `{k, x, y}` that shows all points: a point p is drawn at p * k + (x, y). */
export function fit(points, width, height) {
  const box = extent(points);
  const edge = {x: Math.min(110, width * 0.17), top: 70, bottom: Math.min(84, height * 0.14)};
  const k = Math.min((width - 2 * edge.x) / box.width, (height - edge.top - edge.bottom) / box.height);
  return {
    k,
    x: width / 2 - k * (box.x + box.width / 2),
    y: edge.top + (height - edge.top - edge.bottom) / 2 - k * (box.y + box.height / 2),
  };
}

/** The bow of the n-th connection between two points, as a quadratic curve `[from, control, to]`. */
export function bow(from, to, n) {
  const bend = (0.17 + 0.09 * Math.floor(n / 2)) * (n % 2 === 0 ? 1 : -1);
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  return [from, [(from[0] + to[0]) / 2 + dy * bend, (from[1] + to[1]) / 2 - dx * bend], to];
}

export function onBow([from, control, to], t) {
  const u = 1 - t;
  return [0, 1].map((i) => u * u * from[i] + 2 * u * t * control[i] + t * t * to[i]);
}

/** How far p is from the segment a-b. */
export function distance(p, a, b) {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length));
  return Math.hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy);
}
