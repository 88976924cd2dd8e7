import { useEffect, useRef, useState } from 'preact/hooks';
import { keepLanguage, signOut } from '../../calls/worker.js';
import { html } from '../../lib/html.js';
import { useOnce } from '../../lib/once.js';
import { loadTexts } from '../../locales/admin/texts.js';
import { Icon } from '../../parts/admin/icon.js';
import { tellTrouble } from '../../parts/admin/trouble.js';
import { Languages } from '../../parts/languages.js';
import { SECTIONS, sectionOf } from './sections.js';
import { say } from './say.js';
import { admin, useOrganization } from './who.js';

/**
 * The menu: at the side where there is room, behind a button where there is not.
 * @param {{ path: string, switched: () => void }} props
 */
export function Side({ path, switched }) {
  const [open, setOpen] = useState(false);
  const side = useRef(/** @type {HTMLElement | null} */ (null));
  const organization = useOrganization();
  const current = sectionOf(path);
  useEffect(() => setOpen(false), [path]);
  const onKey = (/** @type {KeyboardEvent} */ { key }) => {
    if (key !== 'Escape' || !open) return;
    setOpen(false);
    side.current?.querySelector('button')?.focus();
  };
  return html`<header class="side" ref=${side} onKeyDown=${onKey}>
    <div class="side-top">
      <a class="side-name" href="/admin">${organization.name}</a>
      <button type="button" class="side-button" aria-expanded=${open ? 'true' : 'false'} aria-controls="menu" onClick=${() => setOpen(!open)}>
        <${Icon} name=${open ? 'close' : 'menu'} /><span>${say('menu')}</span>
      </button>
    </div>
    <div class=${`side-body ${open ? 'open' : ''}`} id="menu">
      <nav class="side-nav" aria-label=${say('sections')}>
        ${SECTIONS.map(({ word, sections }) => html`<${Group} key=${word} word=${word} sections=${sections} current=${current} />`)}
      </nav>
      <${Me} switched=${switched} />
    </div>
  </header>`;
}

/** @param {{ word: import('./sections.js').Word, sections: readonly import('./sections.js').Section[], current: unknown }} props */
const Group = ({ word, sections, current }) =>
  html`<p class="side-group">${say(word)}</p>
    <ul>
      ${sections.map(
        (section) => html`<li key=${section.at}>
          <a class="side-link" href=${section.at} aria-current=${section === current ? 'page' : undefined}>
            <${Icon} name=${section.icon} />${say(section.word)}
          </a>
        </li>`,
      )}
    </ul>`;

/**
 * The admin who is signed in, their language, and the way out.
 * @param {{ switched: () => void }} props
 */
function Me({ switched }) {
  const [busy, once] = useOnce();
  const { name, email } = admin();
  async function leave() {
    try {
      await signOut();
      location.replace('/sign-in');
    } catch (error) {
      tellTrouble(error);
    }
  }
  return html`<div class="side-me">
    <p class="small"><strong>${name}</strong><br /><span class="quiet">${email}</span></p>
    <${Languages} load=${() => loadTexts()} switched=${switched} tell=${keepLanguage} />
    <p class="actions small">
      <a href="/training">${say('my_training')}</a>
      <button type="button" class="link" aria-disabled=${busy ? 'true' : 'false'} onClick=${() => once(leave)}>${say('sign_out')}</button>
    </p>
  </div>`;
}
