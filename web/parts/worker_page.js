import { html } from '../lib/html.js';
import { entitle, show } from '../lib/page.js';
import { Languages } from './languages.js';

/**
 * Shows a page of a worker, below the switch of languages. When the language is switched it is drawn anew, and keeps its state: so
 * what is typed stays.
 * @param {() => import('preact').VNode} page
 * @param {{ title?: () => string, tell?: (tag: string) => Promise<unknown> }} [how] `tell` has the choice of a language kept with the member
 */
export function showPage(page, { title, tell } = {}) {
  const draw = () => {
    if (title) entitle(title());
    show(html`<${Languages} switched=${draw} tell=${tell} />${page()}`);
  };
  draw();
}
