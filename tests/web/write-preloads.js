/** Writes into each page which modules it is to load at once. `node write-preloads.js` after a change of imports. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PAGES, WEB, modulesOf, read, scriptsOf } from './graph.js';

for (const page of PAGES) {
  const html = read(page);
  const scripts = scriptsOf(html);
  const lines = modulesOf(page).filter((path) => !scripts.includes(path));
  const bare = html.replace(/<link rel="modulepreload" .*>\n/g, '');
  const links = lines.sort().map((path) => `<link rel="modulepreload" href="${path}">\n`);
  writeFileSync(join(WEB, page), bare.replace('</head>', `${links.join('')}</head>`));
}
