import { html } from '../../lib/html.js';
import { Icon } from '../icon.js';
import { Copied } from './copy.js';
import { Dialog } from './dialog.js';

/**
 * A secret that is shown this once.
 * @param {{ title: string, warning: string, label: string, text: string, kept: string, onClose: () => void }} props `kept` is what to press once it is kept
 */
export const Secret = ({ title, warning, label, text, kept, onClose }) =>
  html`<${Dialog} title=${title} onClose=${onClose} held>
    <div class="notice"><${Icon} name="alert" /><p>${warning}</p></div>
    <${Copied} text=${text} label=${label} />
    <div class="dialog-foot"><button type="button" class="button slim" onClick=${onClose}>${kept}</button></div>
  <//>`;
