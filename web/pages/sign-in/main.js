import { html } from '../../lib/html.js';
import { readersLanguage, say, speak } from '../../lib/language.js';
import { run, wear } from '../../lib/page.js';
import { Logo } from '../../parts/logo.js';
import { showPage } from '../../parts/worker_page.js';
import { lastLook } from './last_look.js';
import { SignInPage } from './page.js';
import { token } from './token.js';

run(async () => {
  const look = lastLook();
  wear(look);
  await speak(readersLanguage());
  const opened = token();
  showPage(() => html`<${Logo} logo=${look.logo} /><${SignInPage} opened=${opened} />`, { title: () => say('sign_in_title') });
});
