import { useEffect } from 'preact/hooks';
import { html } from '../../lib/html.js';
import { hold } from '../../lib/route.js';
import { Icon } from '../icon.js';
import { Copied } from './copy.js';
import { Dialog } from './dialog.js';

/**
 * A secret that is shown this once. Neither Escape nor the browser's Back takes it away.
 * @param {{ title: string, warning: string, label: string, text: string, kept: string, onClose: () => void }} props `kept` is what to press once it is kept
 */
export function Secret({ title, warning, label, text, kept, onClose }) {
  useEffect(hold, []);
  return html`<${Dialog} title=${title} onClose=${onClose} held>
    <div class="notice"><${Icon} name="alert" /><p>${warning}</p></div>
    <${Copied} text=${text} label=${label} />
    <div class="dialog-foot"><button type="button" class="button slim" onClick=${onClose}>${kept}</button></div>
  <//>`;
}
