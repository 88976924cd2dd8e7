import { html } from '../../lib/html.js';
import { Head } from '../../parts/admin/head.js';
import { say } from './say.js';

/** What an address leads to that is no page's. */
export const NoPage = () =>
  html`<${Head} title=${say('not_found')} />
    <p>${say('not_found_text')}</p>
    <p><a href="/admin">${say('to_overview')}</a></p>`;
