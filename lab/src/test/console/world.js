/** A node with the example's clouds in memory, a browser, and the worked example. */
import {spawn} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import {chromium} from 'playwright-core';

const home = join(dirname(fileURLToPath(import.meta.url)), '../../../..');
const server = join(home, 'server');

/** Starts a node on a port of the loopback interface, any free one unless told; `keystone`: people must log in. */
export async function startNode(port = 0, authentication = 'none') {
  const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin/java') : 'java';
  const classes = ['src/main/resources', 'target/test-classes', 'target/classes'].map((each) => join(server, each));
  const path = [...classes, readFileSync(join(server, 'target/test-classpath'), 'utf8').trim()].join(':');
  const child = spawn(java, ['--enable-native-access=ALL-UNNAMED', '--sun-misc-unsafe-memory-access=allow', '-cp', path, 'io.isthmus.server.ExampleNode', String(port), authentication],
    {stdio: ['pipe', 'pipe', 'ignore']});
  let url = '';
  for await (const line of createInterface({input: child.stdout})) {
    if (line.startsWith('port ')) {
      url = `http://127.0.0.1:${line.slice(5)}`;
      break;
    }
  }
  if (!url) throw new Error('the node did not start; run the script "run", which compiles it first');
  child.stdout.resume();
  return {
    url,
    tell: (line) => child.stdin.write(line + '\n'),
    stop: () => new Promise((resolve) => {
      child.once('exit', resolve);
      child.stdin.end();
    }),
  };
}

export async function call(node, method, path, body, token = '') {
  const reply = await fetch(node.url + path, {
    method,
    headers: {Accept: 'application/json', 'Content-Type': 'application/json', ...(token ? {'X-Auth-Token': token} : {})},
    body: body && JSON.stringify(body),
  });
  const text = await reply.text();
  if (!reply.ok) throw new Error(`${method} ${path} answered ${reply.status}: ${text}`);
  return text ? JSON.parse(text) : {};
}

const PLACES = {
  a: ['Frankfurt', 50.11, 8.68, 'DE'], b: ['Paris', 48.86, 2.35, 'FR'], c: ['Rome', 41.9, 12.5, 'IT'], d: ['Stockholm', 59.33, 18.07, 'SE'],
};

/** Sites a, b, c, d and the links a-b, a-c, b-c, a-d: no b-d, no c-d. */
export async function addExample(node, token = '') {
  for (const [i, [id, [city, latitude, longitude, country]]] of Object.entries(PLACES).entries()) {
    await call(node, 'POST', '/v1/sites', {
      id, name: city, location: {latitude, longitude, country}, failure_domains: [`grid-${country.toLowerCase()}`],
      cloud: {kind: 'region', auth_url: 'http://127.0.0.1:5000/v3', region_name: `Region${id.toUpperCase()}`,
        physical_network: 'interdc', vlan_range: '2000-2999', credential_id: 'openstack'},
      gateways: [{name: `gw-${id}`, driver: 'frr', management: {host: `192.0.2.${i + 1}`}, tunnel_address: `10.255.0.${i + 1}`,
        asn: 65001 + i, max_mtu: 1500, capacity_mbps: 10_000}],
    }, token);
  }
  for (const [a, z, latency] of [['a', 'b', 4.5], ['a', 'c', 7], ['b', 'c', 9], ['a', 'd', 10.5]]) {
    await call(node, 'POST', '/v1/links', {a_site: a, z_site: z, latency_ms: latency, capacity_mbps: 1000}, token);
  }
}

/** Chromium with a profile of its own; `close` removes that too. */
export async function startBrowser() {
  const profile = await mkdtemp(join(tmpdir(), 'isthmus-console-'));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--headless', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', `--disk-cache-dir=${profile}`],
  });
  return {
    /** A page, and all that must not happen on it. */
    async open(node, {width = 1600, height = 900, scheme = 'light', path = '/'} = {}) {
      const context = await browser.newContext({viewport: {width, height}, colorScheme: scheme, reducedMotion: 'reduce', deviceScaleFactor: 1});
      const page = await context.newPage();
      const errors = [];
      const foreign = [];
      page.on('console', (message) => ['error', 'warning'].includes(message.type()) && errors.push(message.text()));
      page.on('pageerror', (error) => errors.push(String(error)));
      page.on('request', (request) => new URL(request.url()).origin !== node.url && foreign.push(request.url()));
      await page.goto(node.url + path);
      return {page, context, errors, foreign};
    },
    async close() {
      await browser.close();
      await rm(profile, {recursive: true, force: true});
    },
  };
}
