import { html } from '../lib/html.js';

/**
 * An organization's logo beside its name, which is why it needs no words. Its place is kept while it loads.
 * @param {{ logo: import('../calls/worker.js').Logo | null }} props
 */
export const Logo = ({ logo }) =>
  logo && html`<img class="logo" src=${logo.url} width=${logo.width} height=${logo.height} alt="" />`;
