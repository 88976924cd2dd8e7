import { useEffect, useState } from 'preact/hooks';
import { html } from '../../lib/html.js';
import { entitle } from '../../lib/page.js';
import { wantedFocus } from '../../lib/route.js';
import { organization } from '../../pages/admin/who.js';
import { say } from '../../pages/admin/say.js';
import { Heading } from '../panel.js';
import { Icon } from './icon.js';

/**
 * The top of a page: where it belongs, its heading, and what can be done there. The heading has the focus, unless something else was asked for.
 * @param {{ title: string, back?: { to: string, page: string }, lead?: unknown, children?: unknown }} props
 */
export function Head({ title, back, lead, children }) {
  const [focus] = useState(wantedFocus);
  useEffect(() => {
    if (focus) /** @type {HTMLElement | null} */ (document.querySelector(focus))?.focus();
  }, [focus]);
  useEffect(() => entitle(say('title', { page: title, organization: organization().name })), [title]);
  return html`<header class="head">
    <div class="head-text">
      ${back && html`<a class="head-back" href=${back.to}><${Icon} name="left" />${say('back_to', { page: back.page })}</a>`}
      <${Heading} focus=${!focus}>${title}<//>
      ${lead && html`<p class="quiet">${lead}</p>`}
    </div>
    ${children && html`<div class="head-actions">${children}</div>`}
  </header>`;
}
