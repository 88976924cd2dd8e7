/** What a new organization does first: its training, a link, and a try of its own. */

import { useState } from 'preact/hooks';
import { listCatalog } from '../../../calls/catalog.js';
import { listLinks } from '../../../calls/links.js';
import { html } from '../../../lib/html.js';
import { useLoaded } from '../../../lib/loaded.js';
import { speaker } from '../../../lib/speaker.js';
import { textsOf } from '../../../locales/admin/texts.js';
import { Shown } from '../../../parts/admin/loaded.js';
import { Icon } from '../../../parts/icon.js';
import { allUnits, titlesOf } from '../catalog/gives.js';
import { UnitForm } from '../catalog/unit_form.js';

const say = speaker(() => textsOf('first_steps'));

/** @typedef {import('../../../calls/catalog.js').Catalog} Catalog */
/** @typedef {{ catalog: Catalog, link: string | undefined }} Taken what there is already; `link` is the newest */

/** @returns {Promise<Taken>} */
async function look() {
  const [catalog, { links }] = await Promise.all([listCatalog(), listLinks(undefined, 1)]);
  return { catalog, link: links[0]?.id };
}

/** The steps, those that were taken ticked off. */
export function FirstSteps() {
  const taken = useLoaded(look, []);
  return html`<section class="box" aria-labelledby="first-steps">
    <h2 id="first-steps">${say('title')}</h2>
    <p class="quiet">${say('lead')}</p>
    <${Shown} of=${taken} as=${(/** @type {Taken} */ there) => html`<${Steps} ...${there} again=${taken.again} />`} />
  </section>`;
}

/** @param {Taken & { again: () => Promise<void> }} props */
function Steps({ catalog, link, again }) {
  const [adding, setAdding] = useState(false);
  const units = allUnits(catalog);
  const done = units.some((unit) => titlesOf(catalog, unit).length > 0);
  // A site without training is given some; a second one beside it would be a mistake.
  const idle = done ? undefined : (units.find(({ kind }) => kind === 'site') ?? units[0]);
  const look = (/** @type {boolean} */ next) => (next ? 'button slim' : 'button plain slim');
  return html`<ol class="steps">
      <${Step} title=${idle ? say('training', { name: idle.name }) : say('unit')} text=${say(idle ? 'training_text' : 'unit_text')} done=${done}>
        <button type="button" class=${look(!done)} onClick=${() => setAdding(true)}>${say(idle ? 'training_button' : 'unit_button')}</button>
      <//>
      <${Step} title=${say('link')} text=${say('link_text')} done=${link !== undefined}><a class=${look(done)} href="/admin/links/new">${say('link_button')}</a><//>
      <${Step} title=${say('try')} text=${say('try_text')} done=${false}>${link !== undefined && html`<a class=${look(done)} href=${`/admin/links/${link}`}>${say('try_button')}</a>`}<//>
    </ol>
    ${adding && html`<${UnitForm} catalog=${catalog} kind=${idle?.kind ?? 'site'} unit=${idle} onClose=${() => setAdding(false)} then=${again} />`}`;
}

/** @param {{ title: string, text: string, done: boolean, children?: unknown }} props the children are what takes the step */
const Step = ({ title, text, done, children }) =>
  html`<li class="step">
    <div>
      <strong>${title}</strong>
      <p class="quiet small">${text}</p>
    </div>
    ${done ? html`<p class="step-done"><${Icon} name="check" /> ${say('done')}</p>` : children}
  </li>`;
