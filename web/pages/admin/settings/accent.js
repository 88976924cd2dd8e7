import { useEffect, useRef } from 'preact/hooks';
import { html } from '../../../lib/html.js';
import { dress } from '../../../lib/page.js';
import { TextField } from '../../../parts/admin/fields.js';
import { say } from './say.js';
import { isColor, shadesOf } from './shades.js';

/** @typedef {import('../../../parts/field.js').FieldProps} FieldProps */

/** What the browser's own field shows while there is no colour. */
const NO_COLOR = '#0b5fae';

/**
 * The accent colour, typed or picked, and how it looks on light pages and on dark ones.
 * @param {{ field: FieldProps, value: string, onInput: (color: string) => void }} props
 */
export function AccentField({ field, value, onInput }) {
  const color = isColor(value) ? value.trim().toLowerCase() : undefined;
  return html`<div class="stack">
    <div class="accent-field">
      <${TextField} field=${field} value=${value} max=${9} onInput=${onInput} autocomplete="off" spellcheck=${false} />
      <input
        type="color"
        class="accent-picker"
        aria-label=${say('pick_color')}
        value=${color ?? NO_COLOR}
        onInput=${(/** @type {Event} */ event) => onInput(/** @type {HTMLInputElement} */ (event.currentTarget).value)}
      />
    </div>
    ${color && html`<${Preview} color=${color} />`}
  </div>`;
}

/** @param {{ color: string }} props */
function Preview({ color }) {
  const accent = shadesOf(color);
  const { light, dark } = accent;
  const moved = [light.color !== color && 'accent_darkened', dark.color !== color && 'accent_lightened'];
  const words = moved.filter((key) => key !== false).map((key) => say(/** @type {'accent_darkened' | 'accent_lightened'} */ (key)));
  return html`<div class="accent-previews">
      <${Sample} accent=${accent} scheme="light" />
      <${Sample} accent=${accent} scheme="dark" />
    </div>
    <p class="hint" id="accent-said">${words.length > 0 ? [say('accent_buttons'), ...words].join(' ') : say('accent_as_is')}</p>`;
}

/** A button and a link as workers see them. @param {{ accent: import('../../../calls/organization.js').Accent, scheme: 'light' | 'dark' }} props */
function Sample({ accent, scheme }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    // The pages allow no style in their markup.
    if (box.current) dress(box.current, accent);
  }, [accent]);
  return html`<figure class=${`accent-sample ${scheme}`} ref=${box}>
    <figcaption>${say(`accent_${scheme}`)}</figcaption>
    <span class="button slim accent-button">${say('accent_button')}</span>
    <span class="accent-link">${say('accent_link')}</span>
  </figure>`;
}
