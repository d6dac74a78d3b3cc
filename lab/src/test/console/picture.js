/** Takes the README's picture of a node whose four sites are real. Usage: node picture.js URL FILE.png */
import assert from 'node:assert/strict';
import {call, startBrowser} from './world.js';

const [url, file] = process.argv.slice(2);
if (!file) throw new Error('usage: node picture.js URL FILE.png');
const node = {url};
const browser = await startBrowser();
try {
  const [connection] = (await call(node, 'GET', '/v1/connections')).connections;
  assert.equal(connection?.oper_status, 'up', 'the connection is up');
  assert.ok(connection.measured?.rtt_ms > 0, 'packets have gone through it');
  const {page, errors, foreign} = await browser.open(node, {width: 1400, height: 900, path: '/#/map'});
  await page.waitForFunction((id) => {
    const map = document.querySelector('isthmus-map');
    const sites = [...map?.state.sites.values() ?? []];
    return sites.length === 4 && sites.every(({status}) => status === 'online') && map.placeOf('connection', id);
  }, connection.id, {timeout: 30_000});
  await page.getByText('Live').first().waitFor();
  await page.waitForTimeout(400);
  await page.screenshot({path: file});
  assert.deepEqual([...errors, ...foreign], []);
  console.log(`b-d: ${connection.measured.rtt_ms} ms round trip, over ${connection.path.sites.join('-')}; the picture is ${file}`);
} finally {
  await browser.close();
}
