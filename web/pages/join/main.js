import { codeIn } from '../../lib/code.js';
import { html } from '../../lib/html.js';
import { readersLanguage, speak } from '../../lib/language.js';
import { run } from '../../lib/page.js';
import { showPage } from '../../parts/worker_page.js';
import { look } from './look.js';
import { JoinPage } from './page.js';

run(async () => {
  const given = location.pathname.split('/')[2] ?? '';
  const code = codeIn(given) ?? given;
  const looking = look(code);
  const known = readersLanguage();
  // The organization's language helps whoever reads none of ours; most need not wait for it.
  await speak(known ?? (await looking).link?.language);
  const first = await looking;
  showPage(() => html`<${JoinPage} code=${code} first=${first} />`);
  // A figure of the admin's: whoever joins does not wait for it.
  (await import('./opened.js').catch(() => undefined))?.tellOpened(code);
});
