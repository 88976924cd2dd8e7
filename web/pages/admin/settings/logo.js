import { useEffect, useRef, useState } from 'preact/hooks';
import { Problem } from '../../../api.js';
import { deleteLogo, putLogo } from '../../../calls/organization.js';
import { focusSoon } from '../../../lib/focus.js';
import { html } from '../../../lib/html.js';
import { useOnce } from '../../../lib/once.js';
import { tell } from '../../../lib/told.js';
import { Icon } from '../../../parts/admin/icon.js';
import { Trouble } from '../../../parts/admin/trouble.js';
import { Button } from '../../../parts/button.js';
import { Notice } from '../../../parts/notice.js';
import { say as sayAll } from '../say.js';
import { Unfit, fitted, isPale } from './fitted.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/organization.js').Organization} Organization */
/** @typedef {{ canvas: HTMLCanvasElement, picture: string }} Chosen */

/**
 * The organization's logo: what it is, and another one to look at before it is saved.
 * @param {{ organization: Organization, then: (change: () => Organization) => void }} props
 */
export function LogoBox({ organization, then }) {
  const [chosen, setChosen] = useState(/** @type {Chosen | undefined} */ (undefined));
  const [unfit, setUnfit] = useState(/** @type {Unfit['words'] | undefined} */ (undefined));
  const [problem, setProblem] = useState(/** @type {Problem | undefined} */ (undefined));
  const [busy, once] = useOnce();
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  // The logo that is there, to put it back. Once another is chosen, that one is in its place.
  const before = useRef(/** @type {string | undefined} */ (undefined));
  const { logo } = organization;

  async function keepBefore() {
    const shown = box.current?.querySelector('img');
    if (shown) before.current = await fitted(shown).then(({ picture }) => picture).catch(() => undefined);
  }

  /** @param {File | undefined} file */
  async function take(file) {
    if (!file) return;
    setUnfit(undefined);
    setProblem(undefined);
    try {
      await keepBefore();
      setChosen(await fitted(file));
    } catch (error) {
      if (!(error instanceof Unfit)) throw error;
      setChosen(undefined);
      setUnfit(error.words);
    }
  }

  /** @param {string} words @param {() => Promise<Organization>} change */
  async function done(words, change) {
    setProblem(undefined);
    try {
      await keepBefore();
      const old = logo ? before.current : undefined;
      const is = await change();
      const undo = async () => {
        const was = old ? await putLogo(old) : await deleteLogo();
        then(() => was);
      };
      // A logo that could not be shown can't be put back either.
      tell(words, old || !logo ? { undo: { label: sayAll('undo'), run: undo } } : {});
      setChosen(undefined);
      then(() => is);
      focusSoon('logo');
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
    }
  }

  return html`<section class="box form narrow" aria-labelledby="logo" ref=${box}>
    <div class="stack">
      <h2 id="logo" tabindex="-1">${say('logo')}</h2>
      <p class="hint">${say('hint_logo')}</p>
    </div>
    ${chosen ? html`<${Samples} chosen=${chosen} />` : logo && html`<${Samples} logo=${logo} />`}
    ${chosen && isPale(chosen.canvas) && html`<p class="notice" role="status">${say('logo_pale')}</p>`}
    ${unfit && html`<${Notice} icon="alert" text=${say(unfit)} />`}
    ${problem && html`<${Trouble} problem=${problem} />`}
    <input
      ref=${input}
      type="file"
      accept="image/png,image/jpeg,image/webp"
      hidden
      onChange=${(/** @type {Event} */ event) => {
        const field = /** @type {HTMLInputElement} */ (event.currentTarget);
        void take(field.files?.[0]);
        // So that the same file can be chosen again.
        field.value = '';
      }}
    />
    <div class="form-foot">
      ${chosen && html`<${Button} label=${say('logo_save')} busy=${busy} look="slim" onClick=${() => once(() => done(say('logo_saved'), () => putLogo(chosen.picture)))} />`}
      <button type="button" class="button plain slim" onClick=${() => input.current?.click()}>
        <${Icon} name="upload" />${say(logo || chosen ? 'logo_other' : 'logo_choose')}
      </button>
      ${chosen && html`<button type="button" class="button plain slim" onClick=${() => setChosen(undefined)}>${sayAll('cancel')}</button>`}
      ${logo && !chosen && html`<${Button} label=${say('logo_remove')} busy=${busy} look="plain slim" onClick=${() => once(() => done(say('logo_removed'), deleteLogo))} />`}
    </div>
  </section>`;
}

/** As workers see it, on light pages and on dark ones. @param {{ chosen?: Chosen, logo?: import('../../../calls/organization.js').Logo }} props */
function Samples({ chosen, logo }) {
  return html`<div class="accent-previews">
    ${['light', 'dark'].map(
      (scheme) => html`<figure class=${`accent-sample ${scheme}`} key=${scheme}>
        <figcaption>${say(scheme === 'light' ? 'accent_light' : 'accent_dark')}</figcaption>
        ${logo ? html`<img class="logo" src=${logo.url} width=${logo.width} height=${logo.height} alt=${say('logo_alt')} />` : html`<${Drawn} picture=${chosen?.canvas} />`}
      </figure>`,
    )}
  </div>`;
}

/** A picture that has no address yet. @param {{ picture: HTMLCanvasElement }} props */
function Drawn({ picture }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  useEffect(() => canvas.current?.getContext('2d')?.drawImage(picture, 0, 0), [picture]);
  return html`<canvas class="logo" role="img" aria-label=${say('logo_alt')} ref=${canvas} key=${picture} width=${picture.width} height=${picture.height}></canvas>`;
}
