/** Saying who one is: by name and password, which the node passes on to Keystone, or by a token. */
import {LitElement, html, live} from './vendor/vendor.js';
import {Problem, logIn, session} from './api.js';
import {problem} from './parts.js';

export class IsthmusLogin extends LitElement {
  static properties = {
    reason: {attribute: false},
    how: {state: true},
    failure: {state: true},
    busy: {state: true},
  };

  constructor() {
    super();
    this.reason = '';
    this.how = 'password';
    this.failure = null;
    this.busy = false;
  }

  createRenderRoot() { return this; }

  updated(changes) {
    if (changes.has('failure') && this.failure) this.querySelector('.problem')?.focus();
  }

  render() {
    return html`<form class="token" @submit=${this.#send}>
      <h1>Isthmus</h1><p class="small">${session.token ? this.reason : 'With your Keystone account, or with a token of it.'}</p>
      <fieldset class="switch"><legend class="unseen">How to log in</legend>
        ${[['password', 'Password'], ['token', 'Token']].map(([value, label]) => html`<label><input type="radio" name="how" .checked=${live(this.how === value)}
          @change=${() => { this.how = value; this.failure = null; }}><span>${label}</span></label>`)}
      </fieldset>
      ${this.how === 'password' ? html`
        ${field('user', 'User', {autocomplete: 'username', required: true})}
        ${field('password', 'Password', {type: 'password', autocomplete: 'current-password', required: true})}
        ${field('project', 'Project', {help: 'Empty: the whole system, for administrators.'})}
        <details><summary>Domains</summary>${field('user-domain', 'Domain of the user', {value: 'Default'})}${field('project-domain', 'Domain of the project', {value: 'Default'})}</details>`
      : html`<div class="field"><label for="token">Keystone token</label><input id="token" type="password" autocomplete="off" required>
        <p class="small">Make one with <code>openstack token issue -f value -c id</code>.</p></div>`}
      ${problem(this.failure)}
      <p class="actions"><button class="button primary" ?disabled=${this.busy}>${this.busy ? 'Asking Keystone …' : 'Log in'}</button></p>
      <p class="small">The token is kept in this tab only; the password is not kept at all.</p></form>`;
  }

  #value(id) {
    return this.querySelector(`#${id}`).value;
  }

  async #send(event) {
    event.preventDefault();
    this.busy = true;
    this.failure = null;
    try {
      session.token = this.how === 'token' ? this.#value('token').trim() : (await logIn({
        user: this.#value('user').trim(), user_domain: this.#value('user-domain').trim(), password: this.#value('password'),
        ...(this.#value('project').trim() ? {project: this.#value('project').trim(), project_domain: this.#value('project-domain').trim()} : {}),
      })).token;
      this.dispatchEvent(new CustomEvent('known', {bubbles: true}));
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
      this.failure = failure;
    } finally {
      this.busy = false;
    }
  }
}

const field = (id, label, {type = 'text', autocomplete = 'off', required = false, value = '', help = ''}) => html`<div class="field">
  <label for=${id}>${label}</label><input id=${id} type=${type} autocomplete=${autocomplete} ?required=${required} value=${value} spellcheck="false">
  <p class="small">${help}</p></div>`;

customElements.define('isthmus-login', IsthmusLogin);
