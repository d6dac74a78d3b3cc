/** What is on the map, in places of its own that zooming and moving leave as they are. */
import {bow, geographic, schematic} from './layout.js';
import {connectionTone, sitesOf} from './words.js';

/**
 * Arranges sites, links and connections. Sites keep the places that they have in `before` as long as nothing moves them;
 * `isFresh` says that something did.
 */
export function arrange(state, isSchematic, world, before) {
  const sites = [...state.sites.values()];
  const links = [...state.links.values()];
  const shape = JSON.stringify([isSchematic, sites.map(({id, location}) => [id, location]),
    isSchematic ? links.map(({a_site: a, z_site: z}) => [a, z]) : 0]);
  const isFresh = shape !== before?.shape;
  const {points, draw} = !isFresh ? before : isSchematic ? schematic(sites, links) : geographic(sites, world);
  return {shape, isFresh, points, draw, ...linesBetween(points, links, state.connections.values())};
}

/** Links as straight lines, connections as bows; those of one tone are one path. */
function linesBetween(points, links, connections) {
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
  for (const connection of connections) {
    const pair = sitesOf(connection).sort();
    const [a, z] = pair.map((id) => points.get(id));
    if (!a || !z) continue;
    const key = pair.join(' ');
    const n = between.get(key) ?? 0;
    between.set(key, n + 1);
    const curve = bow(a, z, n);
    const tone = connectionTone(connection);
    const path = into(isBuilt(connection) ? tone : tone + '-unbuilt');
    path.moveTo(...a);
    path.quadraticCurveTo(...curve[1], ...z);
    lines.push({type: 'connection', id: connection.id, object: connection, curve, tone});
  }
  return {lines, paths, between};
}

/** Whether both sides are made: what is not, is drawn broken. */
function isBuilt(connection) {
  return ['active', 'updating', 'suspended'].includes(connection.status);
}

/** The bow that a planned connection would have beside those that are there. */
export function curveOf(plan, scene) {
  const pair = [plan.sides.local.site, plan.sides.remote.site].sort();
  const [a, z] = pair.map((id) => scene.points.get(id));
  return a && z ? bow(a, z, scene.between.get(pair.join(' ')) ?? 0) : null;
}

export function toScreen([x, y], {k, x: dx, y: dy}) {
  return [x * k + dx, y * k + dy];
}
