/** Small pieces of page that several views use. */
import {html, nothing, svg} from './vendor/vendor.js';
import {operationTone, words} from './words.js';

const SHAPES = {
  good: svg`<circle cx="8" cy="8" r="7"/><path d="M4.8 8.2 7.2 10.6 11.4 5.6"/>`,
  warn: svg`<path class="full" d="M8 .8 15.4 14.6H.6Z"/><path d="M8 5.6V10M8 11.6v1.2"/>`,
  bad: svg`<rect x="1.2" y="1.2" width="13.6" height="13.6" rx="1.5"/><path d="M5 5l6 6M11 5l-6 6"/>`,
  busy: svg`<circle class="ring" cx="8" cy="8" r="6"/><path class="full" d="M8 2a6 6 0 0 1 0 12Z"/>`,
  idle: svg`<circle class="ring" cx="8" cy="8" r="6"/>`,
};

export const icon = (tone) => html`<svg class="icon ${tone}" viewBox="0 0 16 16" aria-hidden="true">${SHAPES[tone]}</svg>`;

export const state = (tone, text) => html`<span class="state ${tone}">${icon(tone)}${text}</span>`;

export const fact = (name, value) =>
  value === null || value === undefined || value === '' ? nothing : html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

/** What the server refused: where, why, and what to do. */
export function problem(failure) {
  if (!failure) return nothing;
  const {title, detail, hint, errors = [], candidates = [], request_id: request} = failure.document;
  return html`<div class="problem" role="alert" tabindex="-1">
    <h3>${icon('bad')} ${title || 'That did not work'}</h3>
    ${errors.length === 0 ? html`<p>${detail}</p>` : nothing}
    ${errors.length > 0 ? html`<ul>${errors.map((each) => html`<li>${each.pointer ? html`<code>${each.pointer}</code> ` : nothing}${each.detail}</li>`)}</ul>` : nothing}
    ${hint ? html`<p><strong>What to do:</strong> ${hint}</p>` : nothing}
    ${candidates.length > 0 ? html`<p>Meant, or in the way: ${candidates.map((each, i) => html`${i ? ', ' : ''}<code>${each}</code>`)}</p>` : nothing}
    ${request ? html`<p class="small">Request <code>${request}</code></p>` : nothing}
  </div>`;
}

/** Why a step failed, of a side or of a connection. */
export const stepError = (error, where) => !error ? nothing : html`<div class="problem">
    <h3>${icon('bad')} ${where ? html`${where}: ` : nothing}${error.step}</h3>
    <p>${error.detail}</p>
    ${error.hint && error.hint !== 'none' ? html`<p><strong>What to do:</strong> ${error.hint}</p>` : nothing}
    <p class="small"><code>${error.code}</code> · ${new Date(error.at).toLocaleTimeString('en-GB')}</p>
  </div>`;

/** The steps of an operation, one row of bars for each site, on one axis of time. */
export function timeline(operation) {
  const {steps} = operation;
  if (steps.length === 0) return html`<p class="small">No step was needed yet.</p>`;
  const starts = steps.map((step) => Date.parse(step.started_at));
  const first = Math.min(...starts);
  const ends = steps.map((step, i) => starts[i] + (step.duration_ms ?? Math.max(0, Date.parse(operation.updated_at) - starts[i])));
  const whole = Math.max(1, Math.max(...ends) - first);
  const bySite = Map.groupBy(steps.map((step, i) => ({...step, from: starts[i] - first, to: ends[i] - first})), (step) => step.site ?? '');
  const tone = (step) => operationTone(step.state);
  return html`<div class="timeline">
    ${[...bySite].map(([site, each]) => html`
      <h4>${site ? `Site ${site}` : 'Both sites'}</h4>
      <svg class="bars" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect class="axis" x="0" y="2.6" width="100" height="0.8"/>
        ${each.map((step) => svg`<rect class=${tone(step)} x=${(step.from / whole) * 100} y="0.5" height="5" width=${Math.max(0.9, ((step.to - step.from) / whole) * 100)}/>`)}
      </svg>
      <ol class="steps">${each.map((step) => html`<li>
        ${icon(tone(step))}<span><span class="step-name">${step.step}</span>
        ${step.detail && step.detail !== step.step ? html`<span class="small"> ${step.detail}</span>` : nothing}</span>
        <span class="small when">${step.state === 'succeeded' ? '' : words(step.state) + ' '}${step.duration_ms === null ? '' : `${step.duration_ms} ms`}</span></li>`)}
      </ol>`)}
  </div>`;
}
