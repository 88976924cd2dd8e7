import { h } from 'preact';
import htm from 'htm';

/**
 * Markup with values in it. Whatever a value holds is shown as text, never read as markup.
 * @type {(strings: TemplateStringsArray, ...values: unknown[]) => import('preact').VNode}
 */
export const html = /** @type {any} */ (htm.bind(h));

/**
 * Hands on what stands in the field that an event is about.
 * @param {(text: string) => void} use
 */
export const typed = (use) => (/** @type {Event} */ event) =>
  use(/** @type {HTMLInputElement} */ (event.currentTarget).value);

/**
 * Does this when a form is sent, and keeps the browser from loading a page for it.
 * @param {() => unknown} act
 */
export const submits = (act) => (/** @type {Event} */ event) => {
  event.preventDefault();
  act();
};
