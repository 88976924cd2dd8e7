import { html } from '../../lib/html.js';
import { remember } from '../../lib/route.js';
import { say, wordsOf } from '../../pages/admin/say.js';
import { Trouble } from './trouble.js';

/** Stands where something is about to come, in its shape. */
export const Waiting = () =>
  html`<div class="waiting slowly" role="status">
    <span class="unseen">${say('loading')}</span>
    <div class="skeleton" aria-hidden="true"><span></span><span></span><span></span></div>
  </div>`;

/** What stays as it is, however often it is asked for. */
const FINAL = ['not_found', 'link_not_found', 'forbidden', 'invalid_fields'];

/**
 * Says that something was not loaded, with a way out.
 * @param {{ problem: unknown, again: () => Promise<void> }} props
 */
export function NotLoaded({ problem, again }) {
  const why = wordsOf(problem);
  const { code } = /** @type {import('../../api.js').Problem} */ (problem);
  const text = code === 'no_connection' ? say('not_reached') : code === 'invalid_fields' ? say('not_understood') : why;
  return html`<div class="stack">
    <${Trouble} problem=${problem} text=${`${say('not_loaded')} ${text}`} />
    ${!FINAL.includes(code) && html`<p><button type="button" class="button plain slim" onClick=${() => void again()}>${say('try_again')}</button></p>`}
    ${code === 'invalid_fields' && location.search && html`<p><button type="button" class="link" onClick=${() => remember({})}>${say('clear_filters')}</button></p>`}
  </div>`;
}

/**
 * What was fetched, once it is there: `<${Shown} of=${loaded} as=${(data) => html`…`} />`. What is there stays while it is fetched again.
 * @param {{ of: import('../../lib/loaded.js').Loaded<any>, as: (data: any) => unknown }} props
 */
export function Shown({ of, as }) {
  if (of.data === undefined) return of.problem !== undefined ? html`<${NotLoaded} problem=${of.problem} again=${of.again} />` : html`<${Waiting} />`;
  return html`${of.problem !== undefined && html`<${NotLoaded} problem=${of.problem} again=${of.again} />`}${as(of.data)}`;
}

/**
 * What comes below the rows of a list: the next page, or why it did not come.
 * @param {{ of: import('../../lib/listed.js').Listed<any> }} props
 */
export function Rest({ of }) {
  if (of.problem !== undefined) return html`<${NotLoaded} problem=${of.problem} again=${of.next} />`;
  if (of.loading) return html`<${Waiting} />`;
  if (!of.more) return null;
  return html`<p class="rest"><button type="button" class="button plain slim" onClick=${() => void of.next()}>${say('show_more')}</button></p>`;
}
