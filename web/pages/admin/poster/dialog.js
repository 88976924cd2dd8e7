/** A link's QR code and poster, to be shared, kept and printed. */

import { useState } from 'preact/hooks';
import { posterPath, qrDrawing, qrPath } from '../../../calls/links.js';
import { html } from '../../../lib/html.js';
import { useOnce } from '../../../lib/once.js';
import { save } from '../../../lib/save.js';
import { speaker } from '../../../lib/speaker.js';
import { tell } from '../../../lib/told.js';
import { textsOf } from '../../../locales/admin/texts.js';
import { NAMES } from '../../../locales/languages.js';
import { Copied } from '../../../parts/admin/copy.js';
import { Dialog } from '../../../parts/admin/dialog.js';
import { SelectField } from '../../../parts/admin/fields.js';
import { Icon } from '../../../parts/admin/icon.js';
import { tellNotLoaded } from '../../../parts/admin/trouble.js';
import { organization } from '../who.js';
import { drawn, pngOf } from './drawn.js';
import { makesPdf, pdfOf } from './pdf.js';

const say = speaker(() => textsOf('poster'));

/** @typedef {import('../../../calls/links.js').Link} Link */

/** The side of a QR code as a picture, in pixels: sharp on a slide and on a sticker. */
const QR_SIDE = 1_200;
/** A4 at 300 dots an inch. */
const SHEET = { width: 2_480, height: 3_508 };

/** Names of files keep to what every system takes. @param {Link} link @param {string} ending */
const fileName = ({ name }, ending) => `${name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'link'}.${ending}`;

/**
 * @param {{ link: Link, onClose: () => void }} props
 */
export function Poster({ link, onClose }) {
  return html`<${Dialog} title=${say('title', { name: link.name })} onClose=${onClose}>
    <${Code} link=${link} />
    <${Sheet} link=${link} />
  <//>`;
}

/** Says what could not be made, and does not stop anything else. @param {() => Promise<void>} make */
async function made(make) {
  try {
    await make();
  } catch (error) {
    if (error instanceof DOMException || error instanceof TypeError) tell(say('not_made'), { tone: 'bad' });
    else tellNotLoaded(error);
  }
}

/** @param {{ link: Link }} props */
function Code({ link }) {
  const [busy, once] = useOnce();
  const shared = { title: organization().name, text: say('share_text', { organization: organization().name }), url: link.url };
  async function share() {
    try {
      await navigator.share(shared);
    } catch (error) {
      // The reader has changed their mind.
      if (!(error instanceof DOMException)) throw error;
    }
  }
  const svg = async () => save(fileName(link, 'svg'), [await qrDrawing(link.id)], 'image/svg+xml');
  const png = async () => save(fileName(link, 'png'), [await pngOf(await drawn(qrPath(link.id), QR_SIDE, QR_SIDE))], 'image/png');
  return html`<div class="stack">
    <img class="qr-image" src=${qrPath(link.id)} alt=${say('qr_alt', { name: link.name })} width="240" height="240" />
    <${Copied} text=${link.url} label=${say('address')} />
    <div class="form-foot">
      ${'share' in navigator && html`<button type="button" class="button slim" onClick=${() => void share()}><${Icon} name="share" />${say('share')}</button>`}
      <button type="button" class="button plain slim" aria-disabled=${busy ? 'true' : 'false'} onClick=${() => once(() => made(png))}><${Icon} name="download" />${say('png')}</button>
      <button type="button" class="button plain slim" aria-disabled=${busy ? 'true' : 'false'} onClick=${() => once(() => made(svg))}><${Icon} name="download" />${say('svg')}</button>
    </div>
  </div>`;
}

/** @param {{ link: Link }} props */
function Sheet({ link }) {
  const [main, setMain] = useState(/** @type {string} */ (organization().language));
  const [also, setAlso] = useState(/** @type {readonly string[]} */ ([]));
  const [busy, once] = useOnce();
  const others = Object.keys(NAMES).filter((tag) => tag !== main);
  const toggle = (/** @type {string} */ tag) => setAlso(also.includes(tag) ? also.filter((one) => one !== tag) : [...also, tag]);
  const path = posterPath(link.id, [main, ...others.filter((tag) => also.includes(tag))]);
  const pdf = async () => save(fileName(link, 'pdf'), [await pdfOf(await drawn(path, SHEET.width, SHEET.height))], 'application/pdf');
  return html`<section class="stack" aria-labelledby="poster">
    <h3 id="poster">${say('poster')}</h3>
    <p class="quiet small">${say('poster_text')}</p>
    <${SelectField} field=${{ id: 'poster-language', label: say('main') }} value=${main} onInput=${setMain} options=${Object.entries(NAMES)} />
    <fieldset class="field" aria-describedby="poster-also-hint">
      <legend class="label">${say('also')}</legend>
      <span class="hint" id="poster-also-hint">${say('languages_hint')}</span>
      ${others.map(
        (tag) => html`<label class="check-field" key=${tag}>
          <input type="checkbox" class="check" checked=${also.includes(tag)} onChange=${() => toggle(tag)} /><span lang=${tag}>${NAMES[tag]}</span>
        </label>`,
      )}
    </fieldset>
    <div class="form-foot">
      <a class="button slim" href=${path} target="_blank" rel="noopener"><${Icon} name="poster" />${say('print')}</a>
      ${makesPdf() && html`<button type="button" class="button plain slim" aria-disabled=${busy ? 'true' : 'false'} onClick=${() => once(() => made(pdf))}><${Icon} name="download" />${say('pdf')}</button>`}
    </div>
    <img class="poster-image" src=${path} alt=${say('poster_alt', { name: link.name })} width="595" height="842" />
  </section>`;
}
