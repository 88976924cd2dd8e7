import { html } from '../lib/html.js';
import { say } from '../lib/language.js';
import { useOnce } from '../lib/once.js';
import { wordsOf } from '../lib/words.js';
import { isConnection } from '../api.js';
import { Button } from './button.js';
import { Notice } from './notice.js';

/**
 * Stands in the place of a page that could not be loaded.
 * @param {{ problem: unknown, again: () => Promise<void> }} props
 */
export function Retry({ problem, again }) {
  const [busy, once] = useOnce();
  const offline = isConnection(problem);
  return html`<section class="card">
    <h1>${say('not_loaded')}</h1>
    <${Notice} icon=${offline ? 'offline' : 'alert'} text=${offline ? say('error_unreachable') : wordsOf(problem)} />
    <${Button} label=${say('try_again')} busy=${busy} onClick=${() => once(again)} look="wide" />
  </section>`;
}
