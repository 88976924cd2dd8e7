import { useEffect, useRef } from 'preact/hooks';
import { html } from '../lib/html.js';
import { Icon } from './icon.js';

/**
 * A heading that takes the focus when it comes, so that a screen reader reads on from there.
 * @param {{ children: unknown, focus?: boolean }} props
 */
export function Heading({ children, focus = true }) {
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    if (focus) heading.current?.focus();
  }, [focus]);
  return html`<h1 ref=${heading} tabindex="-1">${children}</h1>`;
}

/**
 * What has become of something: a sign, a heading, and what follows.
 * @param {{ icon: import('./icon.js').IconName, tone?: 'good' | 'wait' | 'bad' | '', heading: string, focus?: boolean, children: unknown }} props
 */
export const Panel = ({ icon, tone = '', heading, focus, children }) =>
  html`<section class="card">
    <div class=${`badge ${tone}`}><${Icon} name=${icon} /></div>
    <div class="stack">
      <${Heading} focus=${focus}>${heading}<//>
      ${children}
    </div>
  </section>`;
