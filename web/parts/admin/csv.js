import { useState } from 'preact/hooks';
import { tableOf } from '../../api.js';
import { BYTE_ORDER_MARK, separatorOf } from '../../lib/csv.js';
import { html } from '../../lib/html.js';
import { useOnce } from '../../lib/once.js';
import { save } from '../../lib/save.js';
import { say } from '../../pages/admin/say.js';
import { Icon } from './icon.js';
import { tellNotLoaded } from './trouble.js';

/**
 * Fetches a list as one table, however many pages it has, and hands it over as a file. It says how far it is.
 * @param {{ path: string, name: string, label?: string }} props `path` of the list; `name` of the file
 */
export function CsvButton({ path, name, label = say('download_csv') }) {
  const [busy, once] = useOnce();
  const [rows, setRows] = useState(0);
  async function fetchAll() {
    setRows(0);
    /** @type {string[]} */
    const pages = [];
    try {
      for await (const page of tableOf(`${path}${path.includes('?') ? '&' : '?'}separator=${separatorOf()}`)) {
        pages.push(page);
        setRows((rows) => rows + page.split('\n').length - 1);
      }
      save(name, [BYTE_ORDER_MARK, ...pages], 'text/csv;charset=utf-8');
    } catch (error) {
      tellNotLoaded(error);
    }
  }
  return html`<button type="button" class="button plain slim" aria-disabled=${busy ? 'true' : 'false'} onClick=${() => once(fetchAll)}>
    <${Icon} name="download" />${busy ? say('downloading', { n: Math.max(0, rows - 1) }) : label}
  </button>`;
}
