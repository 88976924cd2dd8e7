import { useEffect, useState } from 'preact/hooks';
import { html } from '../../lib/html.js';
import { useRoute } from '../../lib/route.js';
import { Toasts } from '../../parts/admin/toasts.js';
import { Waiting } from '../../parts/admin/loaded.js';
import { NoPage } from './no_page.js';
import { OtherMember } from './other_member.js';
import { routeOf } from './routes.js';
import { toSearch } from './to_search.js';
import { Side } from './side.js';
import { say } from './say.js';

/**
 * The dashboard: its menu, and the page that the address names.
 * @param {{ switched: () => void }} props `switched` draws it anew in another language
 */
export function App({ switched }) {
  const { path } = useRoute();
  useEffect(() => {
    addEventListener('keydown', toSearch);
    return () => removeEventListener('keydown', toSearch);
  }, []);
  return html`
    <a class="skip" href="#content">${say('to_content')}</a>
    <${Side} path=${path} switched=${switched} />
    <main class="content" id="content" tabindex="-1"><${Opened} key=${path} path=${path} /></main>
    <${Toasts} />
    <${OtherMember} />
  `;
}

/**
 * The page of a path. Its code is fetched when it is opened first.
 * @param {{ path: string }} props
 */
function Opened({ path }) {
  const [page, setPage] = useState(/** @type {{ Page: import('./routes.js').Page } | undefined} */ (undefined));
  const [fault, setFault] = useState(false);
  const found = routeOf(path);
  useEffect(() => {
    found?.route.page().then((Page) => setPage({ Page }), () => setFault(true));
  }, []);
  if (!found) return html`<${NoPage} />`;
  if (fault) return html`<div class="notice bad" role="alert"><p>${say('not_loaded')} <a href=${path} target="_self">${say('try_again')}</a></p></div>`;
  return page ? html`<${page.Page} ...${found.values} />` : html`<${Waiting} />`;
}
