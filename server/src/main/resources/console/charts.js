/** Small pictures of what was measured, newest at the right. The same numbers are in the text beside them. */
import {html, nothing, svg} from './vendor/vendor.js';
import * as w from './words.js';

const WIDTH = 120;
const HEIGHT = 28;

/** One value over time; where nothing was measured the line is broken. */
function line(samples, read, label, show) {
  const values = samples.map(read);
  const known = values.filter((value) => typeof value === 'number');
  if (known.length < 2) return nothing;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const x = (i) => (i / (values.length - 1)) * WIDTH;
  const y = (value) => (high === low ? HEIGHT / 2 : HEIGHT - 3 - ((value - low) / (high - low)) * (HEIGHT - 6));
  let pen = 'M';
  const path = values.map((value, i) => {
    if (typeof value !== 'number') {
      pen = 'M';
      return '';
    }
    const part = `${pen}${x(i).toFixed(1)} ${y(value).toFixed(1)}`;
    pen = 'L';
    return part;
  }).join('');
  return html`<figure class="spark"><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img"
      aria-label=${`${label}: from ${show(low)} to ${show(high)} in ${known.length} measurements`}>${svg`<path d=${path}/>`}</svg>
    <figcaption>${label} <span class="small">${low === high ? show(low) : `${show(low)} to ${show(high)}`}</span></figcaption></figure>`;
}

/** What this page saw of a connection since it was opened. */
export function history(samples) {
  if (samples.length < 2) return nothing;
  return html`<div class="sparks">
    ${line(samples, ({rtt_ms: rtt}) => rtt, 'Round trip', w.ms)}
    ${line(samples, ({loss}) => loss, 'Loss', w.percent)}
    ${line(samples, ({mtu}) => mtu, 'MTU', w.bytes)}
  </div><p class="small">${samples.length} measurements since ${w.time(samples[0].at)}.</p>`;
}
