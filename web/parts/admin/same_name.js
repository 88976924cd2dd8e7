import { html } from '../../lib/html.js';
import { Icon } from './icon.js';

/** What is the same to those who read it. @param {string} name */
const plain = (name) => name.trim().replace(/\s+/g, ' ').toLocaleLowerCase();

/**
 * Whether a name is that of another of its kind.
 * @param {string} name
 * @param {string} id of what has it, or is to have it
 * @param {readonly { id: string, name: string }[]} others
 */
export const isTaken = (name, id, others) => plain(name) !== '' && others.some((other) => other.id !== id && plain(other.name) === plain(name));

/** Says below a field that its name is taken. Saving it is not refused. @param {{ words: string | false }} props */
export const SameName = ({ words }) =>
  html`<div class="warned" role="status">
    ${words && html`<ul class="warnings"><li><${Icon} name="warning" /><span>${words}</span></li></ul>`}
  </div>`;
