import { html } from '../../lib/html.js';
import { readersLanguage, say, speak } from '../../lib/language.js';
import { run, wear } from '../../lib/page.js';
import { showPage } from '../../parts/worker_page.js';
import { lastAccent } from './last_accent.js';
import { SignInPage } from './page.js';
import { token } from './token.js';

run(async () => {
  wear(lastAccent());
  await speak(readersLanguage());
  const opened = token();
  showPage(() => html`<${SignInPage} opened=${opened} />`, { title: () => say('sign_in_title') });
});
