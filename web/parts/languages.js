import { useRef, useState } from 'preact/hooks';
import { Problem } from '../api.js';
import { html } from '../lib/html.js';
import { rememberLanguage, say, speak, speaks } from '../lib/language.js';
import { useOnce } from '../lib/once.js';
import { NAMES } from '../locales/languages.js';
import { Button } from './button.js';
import { Icon } from './icon.js';
import { Notice } from './notice.js';

/**
 * The switch of languages, each by its own name.
 * @param {object} props
 * @param {() => void} props.switched shows the page anew
 * @param {(tag: string) => Promise<unknown>} [props.tell] has the choice kept with the member
 * @param {() => Promise<unknown>} [props.load] loads the page's own texts in the language that is spoken
 */
export function Languages({ switched, tell, load }) {
  const [failed, setFailed] = useState(/** @type {'' | 'language_not_loaded' | 'language_not_kept'} */ (''));
  const [busy, once] = useOnce();

  const wanted = useRef('');
  const turns = useRef(Promise.resolve());

  /** One change after the other, to what is wanted by then. @param {Event} event */
  function change({ currentTarget }) {
    wanted.current = /** @type {HTMLSelectElement} */ (currentTarget).value;
    turns.current = turns.current.catch(() => undefined).then(changeNow);
  }

  async function changeNow() {
    const [tag, before] = [wanted.current, speaks()];
    if (tag === before) return;
    try {
      await speak(tag);
      await load?.();
    } catch {
      // The texts could not be loaded: the page stays as it is.
      await speak(before);
      setFailed('language_not_loaded');
      return switched();
    }
    setFailed('');
    rememberLanguage(speaks());
    switched();
    await keep();
  }

  async function keep() {
    setFailed('');
    try {
      await tell?.(speaks());
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setFailed('language_not_kept');
    }
  }

  return html`<div class="languages">
      <label for="language"><${Icon} name="regions" /> ${say('language')}</label>
      <select id="language" class="input" value=${speaks()} onChange=${change}>
        ${Object.entries(NAMES).map(([tag, name]) => html`<option key=${tag} value=${tag} lang=${tag}>${name}</option>`)}
      </select>
    </div>
    ${failed && html`<${Notice} icon="offline" text=${say(failed)} />`}
    ${failed === 'language_not_kept' && html`<p><${Button} label=${say('try_again')} busy=${busy} onClick=${() => once(keep)} look="plain slim" /></p>`}`;
}
