/** The pages on which a link is made and edited. */

import { listCatalog } from '../../../calls/catalog.js';
import { createLink, linkStats, updateLink } from '../../../calls/links.js';
import { attemptDone, attemptKey } from '../../../lib/attempt.js';
import { html } from '../../../lib/html.js';
import { useLoaded } from '../../../lib/loaded.js';
import { go } from '../../../lib/route.js';
import { tell } from '../../../lib/told.js';
import { Empty } from '../../../parts/admin/empty.js';
import { Head } from '../../../parts/admin/head.js';
import { Shown } from '../../../parts/admin/loaded.js';
import { zone } from '../who.js';
import { LinkForm } from './form.js';
import { say } from './form_say.js';
import { NOTHING, changedTerms, editOf, termsOf, valuesOf } from './form_values.js';
import { say as sayLinks } from './say.js';

/** @typedef {import('./form.js').Draft} Draft */
/** @typedef {import('../../../calls/catalog.js').Catalog} Catalog */
/** @typedef {import('../../../calls/links.js').Stats} Stats */

const NEW = 'link:new';
const LIST = '/admin/links';

/** A new link. */
export function NewLink() {
  const catalog = useLoaded(listCatalog, []);
  const send = async (/** @type {Draft} */ { now }) => {
    const terms = termsOf(now);
    const link = await createLink(terms, attemptKey(NEW, terms));
    attemptDone(NEW);
    tell(say('created', { name: link.name }));
    go(`${LIST}/${link.id}`);
  };
  return html`<${Head} title=${sayLinks('create')} back=${{ to: LIST, page: sayLinks('title') }} lead=${say('lead')} />
    <${Shown}
      of=${catalog}
      as=${(/** @type {Catalog} */ there) =>
        html`<${LinkForm} id=${NEW} first=${{ version: 0, before: NOTHING, now: NOTHING }} catalog=${there} there=${{ taken: 0, waiting: 0, gone: false }} send=${send} again=${catalog.again} back=${LIST} />`}
    />`;
}

/** A link that is there, to be changed. @param {import('../routes.js').Values} props */
export function EditLink({ id }) {
  const loaded = useLoaded(async () => {
    const [catalog, stats] = await Promise.all([listCatalog(), linkStats(id, undefined, 1)]);
    return { catalog, stats };
  }, [id]);
  const name = loaded.data?.stats.link.name;
  const page = `${LIST}/${id}`;
  return html`<${Head} title=${name ? say('edit_title', { name }) : sayLinks('edit')} back=${{ to: page, page: name ?? sayLinks('title') }} />
    <${Shown} of=${loaded} as=${(/** @type {{ catalog: Catalog, stats: Stats }} */ data) => html`<${Edit} ...${data} page=${page} again=${loaded.again} />`} />`;
}

/** @param {{ catalog: Catalog, stats: Stats, page: string, again: () => Promise<void> }} props */
function Edit({ catalog, stats: { link, by_state }, page, again }) {
  if (link.state === 'deleted') return html`<${Empty} icon="link" title=${say('edit_deleted')}><p><a href=${page}>${link.name}</a></p><//>`;
  const before = valuesOf(link, zone());
  const send = async (/** @type {Draft} */ draft) => {
    const changed = changedTerms(draft.before, draft.now);
    if (changed.length > 0) {
      const saved = await updateLink({ id: link.id, version: draft.version }, editOf(draft.before, draft.now));
      tell(say('edited', { name: saved.name }));
    } else tell(say('unchanged'));
    go(page);
  };
  const gone = link.expires_at !== null && Date.parse(link.expires_at) <= Date.now();
  return html`<${LinkForm}
    id=${`link:${link.id}`}
    first=${{ version: link.version, before, now: before }}
    link=${link}
    catalog=${catalog}
    there=${{ taken: link.seats.taken, waiting: by_state.waiting, gone }}
    send=${send}
    again=${again}
    back=${page}
  />`;
}
