import assert from 'node:assert/strict';
import {mkdirSync} from 'node:fs';
import {after, before, test} from 'node:test';
import {join} from 'node:path';
import {addExample, call, startBrowser, startNode} from './world.js';

const pictures = process.env.PICTURES;
let node;
let browser;

before(async () => {
  if (pictures) mkdirSync(pictures, {recursive: true});
  node = await startNode();
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await node?.stop();
});

/**
 * Opens a page, does the work, and fails on any error of the page and on any request to elsewhere. The browser itself
 * reports replies of 4xx; `mayReport` names those that are wanted.
 */
async function on(options, work) {
  const {mayReport = /^$/, ...rest} = options;
  const {page, context, errors, foreign} = await browser.open(node, rest);
  try {
    await work(page);
    assert.deepEqual(errors.filter((text) => !mayReport.test(text)), [], 'nothing is written to the browser\'s console');
    assert.deepEqual(foreign, [], 'nothing is asked of another host');
  } finally {
    await context.close();
  }
}

async function picture(page, name) {
  if (!pictures) return;
  await page.mouse.move(5, 400);
  await page.waitForTimeout(400);
  await page.screenshot({path: join(pictures, `console-${name}.png`)});
}

const panel = (page) => page.locator('aside');
const shown = (page, text) => page.getByText(text).first().waitFor({timeout: 10_000});

/** The colours of the map around a place that the map itself names. */
const coloursAt = (page, type, id) => page.evaluate(([kind, which]) => {
  const map = document.querySelector('isthmus-map');
  const [x, y] = map.placeOf(kind, which);
  const {data} = map.querySelector('canvas').getContext('2d').getImageData(x - 4, y - 4, 9, 9);
  return new Set(Array.from({length: 81}, (_, i) => data.slice(4 * i, 4 * i + 3).join())).size;
}, [type, id]);

test('without sites, it says how to describe them, and shows them as soon as they are there', () => on({}, async (page) => {
  await shown(page, 'No sites yet');
  await shown(page, /isthmus site create/);
  await addExample(node);
  await page.waitForFunction(() => document.querySelector('isthmus-map')?.placeOf('site', 'd'));
  assert.match(await page.locator('canvas').getAttribute('aria-label'), /4 sites/);
}));

test('every page of the console forbids inline script and other hosts', async () => {
  const reply = await fetch(node.url, {headers: {Accept: 'text/html'}});
  const policy = reply.headers.get('Content-Security-Policy');
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /script-src 'self'/);
  assert.doesNotMatch(policy, /unsafe|https?:|\*/);
  assert.doesNotMatch(await reply.text(), /<script(?![^>]*\bsrc=)|\bon\w+=|style=/);
  assert.ok((await call(node, 'GET', '/')).versions, 'programs still get the versions');
});

test('it warns that authentication is off', () => on({}, (page) => shown(page, /Authentication is off/)));

test('by keyboard alone: b and d are connected, with the plan before and the traffic after', () => on({}, async (page) => {
  await page.waitForFunction(() => document.querySelector('isthmus-map')?.placeOf('site', 'd'));
  await shown(page, 'Live');
  await page.waitForFunction(() => [...document.querySelector('isthmus-map').state.sites.values()].every(({status}) => status === 'online'), null, {timeout: 15_000});
  await picture(page, 'before');
  const {keyboard} = page;
  await keyboard.press('c');
  await page.waitForFunction(() => document.activeElement.id === 'local');
  await keyboard.type('b');
  await keyboard.press('Tab');
  await keyboard.press('Tab');
  await keyboard.type('d');
  await keyboard.press('Tab');
  await page.waitForFunction(() => document.activeElement.value === '10.20.0.0/24');
  await keyboard.press('Tab');
  await keyboard.type('200');
  await keyboard.press('Enter');
  await shown(page, 'b and d have no direct link; the connection runs through a.');
  assert.equal((await call(node, 'GET', '/v1/connections')).connections.length, 0, 'a plan changes nothing');
  await shown(page, '0 Mbit/s → 200 Mbit/s of 1 Gbit/s reserved');
  await picture(page, 'plan');
  const planned = () => page.evaluate(() => {
    const {plan, showPlan} = document.querySelector('isthmus-map');
    return Boolean(plan && showPlan);
  });
  assert.equal(await planned(), true);
  await keyboard.press('Tab');
  await keyboard.press('Tab');
  await keyboard.press('ArrowLeft');
  assert.equal(await planned(), false, 'the map shows what was before');
  await keyboard.press('ArrowRight');
  assert.equal(await planned(), true, 'the map shows what will be');
  await keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Create the connection');
  await keyboard.press('Enter');
  await shown(page, /create network/);
  await panel(page).getByText('active', {exact: true}).waitFor();
  await panel(page).getByText('34 ms').first().waitFor();
  await panel(page).getByText('1450').first().waitFor();
  const [made] = (await call(node, 'GET', '/v1/connections')).connections;
  assert.equal(made.status, 'active');
  assert.ok(await coloursAt(page, 'connection', made.id) > 3, 'the connection is on the map');
  assert.match(page.url(), new RegExp(made.id), 'the place has a link');
  await picture(page, 'active');
}));

test('a connection that fails says where, why, and what to do', () => on({}, async (page) => {
  node.tell('exhaust RegionD');
  const network = {create: {cidr: '10.20.9.0/24'}};
  const {id} = await call(node, 'POST', '/v1/connections',
    {name: 'c-d', local_endpoint: {site: 'c', network}, remote_endpoint: {site: 'd', network}});
  await page.goto(`${node.url}/#/map/connection/${id}`);
  await panel(page).getByText('rolled back', {exact: true}).first().waitFor();
  await panel(page).getByText(/Quota exceeded/).first().waitFor();
  await panel(page).getByText(/raise the network quota/).first().waitFor();
  await panel(page).getByText(/nothing is left at either site/).waitFor();
  await picture(page, 'failed');
  node.tell('restore RegionD');
}));

test('what the server refuses stands at its field', () => on({path: '/#/map/connect?local=b&remote=d', mayReport: /status of 4\d\d/}, async (page) => {
  await page.locator('#cidr').fill('10.20.0.7/24');
  await page.keyboard.press('Enter');
  await page.locator('#cidr[aria-invalid=true]').waitFor();
  assert.match(await page.locator('#cidr-help').textContent(), /\S/);
}));

test('the arrow keys go from site to site, and Enter opens', () => on({path: '/#/map'}, async (page) => {
  await page.waitForFunction(() => document.querySelector('isthmus-map')?.placeOf('site', 'd'));
  await page.locator('canvas').focus();
  await page.keyboard.press('ArrowRight');
  await page.locator('isthmus-map [aria-live]').getByText(/^Site a, Frankfurt/).waitFor({state: 'attached'});
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await panel(page).getByRole('heading', {name: 'b', exact: true}).waitFor();
  await page.keyboard.press('Escape');
  await panel(page).waitFor({state: 'detached'});
}));

test('search finds a connection and opens it', () => on({path: '/#/map'}, async (page) => {
  await shown(page, 'Live');
  await page.keyboard.press('/');
  await page.keyboard.type('b-d up');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await panel(page).getByRole('heading', {name: 'b-d', exact: true}).waitFor();
}));

test('a backup is suggested with its reasons, drawn on the map, and connected', () => on({path: '/#/map/site/b'}, async (page) => {
  await panel(page).getByRole('link', {name: 'Suggest a backup …'}).click();
  await panel(page).getByRole('heading', {name: 'A backup for b'}).waitFor();
  await page.getByRole('heading', {name: '3 candidates'}).waitFor();
  const ranked = await panel(page).locator('.ranking tbody th').allTextContents();
  assert.deepEqual([...ranked].sort(), ['a', 'c', 'd']);
  const drawn = () => page.evaluate(() => document.querySelector('isthmus-map').plan?.sides.remote.site);
  assert.equal(await drawn(), ranked[0], 'the best one is on the map');
  await panel(page).getByRole('heading', {name: `Why ${ranked[0]}`}).waitFor();
  const points = (await panel(page).locator('.small-table tbody td:last-child').allTextContents()).map(Number);
  const score = Number(await panel(page).locator('.ranking tbody tr.selected td').nth(1).textContent());
  assert.ok(Math.abs(points.reduce((sum, each) => sum + each, 0) - score) < 0.5, `${points} add up to ${score}`);
  await panel(page).getByLabel('Largest latency, ms').fill('12');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', {name: '1 site rejected'}).waitFor();
  assert.match(await panel(page).locator('.rejected').textContent(), /d.*15\.0 ms.*latency ms: 15, limit 12/s);
  await panel(page).getByLabel('Largest latency, ms').fill('');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', {name: '3 candidates'}).waitFor();
  await panel(page).getByRole('button', {name: 'd', exact: true}).click();
  assert.equal(await drawn(), 'd');
  await picture(page, 'suggestion');
  await panel(page).getByRole('link', {name: 'Connect b and d …'}).click();
  await page.locator('#remote').waitFor();
  assert.deepEqual([await page.locator('#local').inputValue(), await page.locator('#remote').inputValue()], ['b', 'd']);
}));

test('what is measured again and again is drawn small', () => on({path: '/#/map'}, async (page) => {
  const made = (await call(node, 'GET', '/v1/connections')).connections.find(({name}) => name === 'b-d');
  await page.goto(`${node.url}/#/map/connection/${made.id}`);
  await panel(page).getByRole('button', {name: 'Measure now'}).click();
  await panel(page).getByText(/\d measurements since/).waitFor();
  assert.match(await panel(page).locator('.spark svg').first().getAttribute('aria-label'), /^Round trip: from 34 ms/);
}));

test('who has name and password logs in, and a reader may look but not create', {timeout: 60_000}, async () => {
  const guarded = await startNode(0, 'keystone');
  const {page, context, errors} = await browser.open(guarded, {path: '/#/map'});
  try {
    await page.locator('#user').fill('root');
    await page.locator('#password').fill('a guess');
    await page.locator('#project').fill('demo');
    await page.getByRole('button', {name: 'Log in'}).click();
    await shown(page, /Keystone refused/);
    await page.locator('#password').fill('password-of-root');
    await page.getByRole('button', {name: 'Log in'}).click();
    await shown(page, 'No sites yet');
    await addExample(guarded, await page.evaluate(() => sessionStorage.getItem('isthmus-token')));
    await page.waitForFunction(() => document.querySelector('isthmus-map')?.placeOf('site', 'd'));
    await page.getByRole('button', {name: 'Log out'}).click();
    await page.locator('#user').fill('rita');
    await page.locator('#password').fill('password-of-rita');
    await page.locator('#project').fill('demo');
    await picture(page, 'login');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('isthmus-map')?.placeOf('site', 'd'));
    await page.goto(`${guarded.url}/#/map/connect?local=b&remote=d`);
    await page.locator('#cidr').fill('10.20.0.0/24');
    await page.keyboard.press('Enter');
    await panel(page).locator('.problem').waitFor();
    assert.match(await panel(page).locator('.problem').textContent(), /role|may not/i);
    assert.deepEqual(errors.filter((text) => !/status of 40[13]/.test(text)), []);
  } finally {
    await context.close();
    await guarded.stop();
  }
});

test('the lists have everything as tables', () => on({path: '/#/connections'}, async (page) => {
  await page.getByRole('rowheader', {name: 'b-d'}).waitFor();
  assert.equal(await page.locator('tbody tr').count(), 2);
  await page.locator('#search').fill('rolled');
  await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1);
}));

test('it says when it is disconnected, and follows again by itself', {timeout: 60_000}, async () => {
  const first = await startNode();
  await addExample(first);
  const {page, context} = await browser.open(first, {path: '/#/sites'});
  await page.getByRole('rowheader', {name: 'd'}).waitFor();
  await first.stop();
  await shown(page, /What you see is from/);
  assert.equal(await page.locator('tbody tr').count(), 4, 'what was known is still shown');
  const second = await startNode(Number(new URL(first.url).port));
  try {
    await page.locator('.fresh.good').waitFor({timeout: 30_000});
    await shown(page, 'No sites yet');
    await addExample(second);
    await page.getByRole('rowheader', {name: 'd'}).waitFor({timeout: 3000});
  } finally {
    await context.close();
    await second.stop();
  }
});

test('dark and light, narrow and wide: readable, and never wider than the screen', async () => {
  const {connections} = await call(node, 'GET', '/v1/connections');
  const active = connections.find(({name}) => name === 'b-d');
  for (const scheme of ['light', 'dark']) {
    for (const [size, width, height] of [['narrow', 360, 740], ['wide', 1600, 900]]) {
      await on({scheme, width, height, path: `/#/map/connection/${active.id}`}, async (page) => {
        await panel(page).getByText('34 ms').first().waitFor();
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width, `${scheme} ${size} fits`);
        assert.deepEqual(await page.evaluate(tooFaint), [], `${scheme} ${size} is readable`);
        await picture(page, `connection-${scheme}-${size}`);
        await page.goto(`${node.url}/#/connections`);
        await page.getByRole('rowheader').first().waitFor();
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
        assert.deepEqual(await page.evaluate(tooFaint), []);
        await picture(page, `list-${scheme}-${size}`);
        await page.goto(`${node.url}/#/map/connect`);
        await page.locator('#local').waitFor();
        assert.deepEqual(await page.evaluate(tooFaint), []);
      });
    }
  }
});

test('a connection is deleted only after it was confirmed', () => on({path: '/#/connections', mayReport: /status of 404/}, async (page) => {
  await page.getByRole('link', {name: 'b-d'}).click();
  await page.getByRole('button', {name: 'Delete …'}).click();
  await page.getByRole('dialog').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Keep it');
  await page.getByRole('button', {name: 'Keep it'}).click();
  assert.equal((await call(node, 'GET', '/v1/connections')).connections.length, 2);
  await page.getByRole('button', {name: 'Delete …'}).click();
  await page.getByRole('button', {name: 'Delete', exact: true}).click();
  await panel(page).getByText(/nothing of it is left/).waitFor();
}));

/** Runs in the page: every text whose contrast with its ground is below WCAG AA (4.5; 3 where it is large). */
function tooFaint() {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgba = (text) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = text;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = ([r, g, b]) => [r, g, b].map((value) => value / 255)
    .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    .reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const colour = rgba(getComputedStyle(each).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255, 255];
  };
  const faint = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const element = text.parentElement;
    if (!text.textContent.trim() || !element.checkVisibility() || element.closest('.unseen, script, noscript, option')) continue;
    const style = getComputedStyle(element);
    const [light, dark] = [luminance(rgba(style.color)), luminance(ground(element))].sort((a, b) => b - a);
    const contrast = (light + 0.05) / (dark + 0.05);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (contrast < (isLarge ? 3 : 4.5)) faint.push(`${text.textContent.trim().slice(0, 30)}: ${contrast.toFixed(2)}`);
  }
  return [...new Set(faint)];
}
