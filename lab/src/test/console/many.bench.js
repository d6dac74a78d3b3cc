/**
 * How long frames take with 1,000 sites, 2,000 links and 10,000 connections. Prints; asserts nothing, since a busy machine is
 * no fault of the console.
 */
import {after, before, test} from 'node:test';
import {join} from 'node:path';
import {startBrowser, startNode} from './world.js';

const pictures = process.env.PICTURES;
let node;
let browser;

before(async () => {
  node = await startNode();
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await node?.stop();
});

test('frames with 1,000 sites and 10,000 connections', {timeout: 120_000}, async (t) => {
  const {page, context} = await browser.open(node, {path: '/#/map'});
  await context.route(/\/v1\/(sites|links|connections)\?/, (route) => {
    const [, collection] = /v1\/(\w+)/.exec(route.request().url());
    const marker = Number(new URL(route.request().url()).searchParams.get('marker') ?? 0);
    route.fulfill({json: manyOf(collection, marker)});
  });
  await page.reload();
  await page.waitForFunction(() => document.querySelector('isthmus-map')?.state.connections.size === 10_000, null, {timeout: 60_000});
  await page.waitForTimeout(1500);
  const drawing = await page.evaluate(() => document.querySelector('isthmus-map').frames.at(-1));
  await page.evaluate(() => {
    window.beats = [];
    const beat = (at) => { window.beats.push(at); requestAnimationFrame(beat); };
    requestAnimationFrame(beat);
  });
  await page.mouse.move(800, 500);
  await page.mouse.down();
  for (let i = 0; i < 90; i++) {
    await page.mouse.move(800 + 3 * i, 500 + i);
    await page.waitForTimeout(8);
  }
  const beats = await page.evaluate(() => window.beats);
  await page.mouse.up();
  const frames = beats.slice(1).map((at, i) => at - beats[i]).sort((a, b) => a - b);
  const [median, late, worst] = [0.5, 0.95, 1].map((share) => frames[Math.min(frames.length - 1, Math.floor(frames.length * share))]);
  t.diagnostic(`a whole drawing takes ${drawing.toFixed(0)} ms; while it is moved, ${frames.length} frames, `
    + `from one to the next: median ${median.toFixed(1)} ms, 95 % within ${late.toFixed(1)} ms, worst ${worst.toFixed(1)} ms`);
  if (pictures) await page.screenshot({path: join(pictures, 'console-many.png')});
  await context.close();
});

/** One page of a made-up world: what its replies would be, as far as the console reads them. */
function manyOf(collection, marker) {
  const time = '2026-01-01T00:00:00Z';
  const record = {created_at: time, updated_at: time, revision: 1, tags: []};
  const site = (i) => `s${i}`;
  const uuid = (i) => `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`;
  const random = (i, n) => Math.abs(Math.imul(i ^ 0x9e3779b9, 0x85ebca6b) >>> 3) % n;
  const make = {
    sites: (i) => ({id: site(i), name: `Site ${i}`, location: {latitude: random(i, 110) - 45, longitude: random(i * 7 + 1, 340) - 170, country: ''},
      failure_domains: [], cloud: {kind: 'region', region_name: `R${i}`}, gateways: [], admin_state_up: true,
      status: i % 50 ? 'online' : i % 100 ? 'degraded' : 'unreachable', conditions: [], ...record}),
    links: (i) => ({id: uuid(i), name: `l${i}`, a_site: site(i % 1000), z_site: site((i + 1 + random(i, 30)) % 1000), latency_ms: 5,
      capacity_mbps: 1000, reserved_mbps: 0, mtu: 1500, cost: 1, failure_domains: [], admin_state_up: true, oper_status: 'unknown', ...record}),
    connections: (i) => ({id: uuid(100_000 + i), name: `c${i}`, project_id: 'p', service: 'l2', status: i % 97 ? 'active' : 'error',
      oper_status: i % 31 ? 'up' : 'degraded', sync_status: 'in_sync', path: {sites: [], links: []}, mtu: {computed: 1450, measured: 1450, requested: null},
      measured: null, sides: {local: {site: site(random(i, 1000))}, remote: {site: site(random(i * 31 + 7, 999))}}, ...record}),
  }[collection];
  const size = {sites: 1000, links: 2000, connections: 10_000}[collection];
  const end = Math.min(size, marker + 1000);
  const items = Array.from({length: end - marker}, (_, i) => make(marker + i));
  return {[collection]: items, [collection === 'links' ? 'links_links' : 'links']: end < size ? [{rel: 'next', href: `/v1/${collection}?marker=${end}`}] : []};
}

