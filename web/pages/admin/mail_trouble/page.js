import { useState } from 'preact/hooks';
import { html } from '../../../lib/html.js';
import { Head } from '../../../parts/admin/head.js';
import { Lost } from './lost.js';
import { say } from './say.js';
import { Shut } from './shut.js';

/** Whom mail does not reach. */
export function MailTrouble() {
  // Whoever is mailed again may have had another mail that did not arrive.
  const [cleared, setCleared] = useState(0);
  return html`
    <${Head} title=${say('title')} lead=${say('lead')} />
    <${Shut} onCleared=${() => setCleared(cleared + 1)} />
    <${Lost} cleared=${cleared} />
  `;
}
