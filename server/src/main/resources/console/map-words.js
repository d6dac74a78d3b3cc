/** The map in words: for who cannot see it, and what its marks and lines mean. */
import {html} from './vendor/vendor.js';
import {icon} from './parts.js';
import {nameOf, words} from './words.js';

export function legend() {
  return html`
    <details class="legend">
      <summary>Legend</summary>
      <ul>
        ${[['good', 'online, up'], ['warn', 'degraded, drifted'], ['bad', 'unreachable, down, error'],
          ['busy', 'under way, testing'], ['idle', 'not known, maintenance']]
          .map(([tone, text]) => html`<li>${icon(tone)} ${text}</li>`)}
        <li><i class="key link" aria-hidden="true"></i> link</li>
        <li><i class="key connection" aria-hidden="true"></i> connection</li>
        <li><i class="key planned" aria-hidden="true"></i> planned connection</li>
      </ul>
    </details>`;
}

export function description({sites, links, connections}) {
  return `Map of ${sites.size} sites, ${links.size} links and ${connections.size} connections. `
    + 'Arrow keys go from site to site, Enter opens, plus and minus zoom, 0 shows all. The lists have the same as tables.';
}

/** What is said of a site that the keyboard came to. */
export function sentence(site, state) {
  return `Site ${site.id}, ${nameOf(site)}, ${words(site.status)}, ${state.linksAt(site.id).length} links, `
    + `${state.connectionsAt(site.id).length} connections. Enter opens it.`;
}
