/**
 * Prepares the pages for a deployment: `node prepare.js FOLDER`, with what package-lock.json names from npm.
 *
 * In development the browser loads the files of `web/` as they are. On a slow line each file costs a turn, and a file whose name
 * stays must be asked for at each visit. So here the modules of a page are put into a few files and its styles into one, all under
 * `assets/` with a hash of their bytes in their names: a browser keeps them for good. The pages themselves keep their names.
 */

import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const WEB = join(dirname(fileURLToPath(import.meta.url)), '..');
const PAGES = readdirSync(WEB).filter((name) => name.endsWith('.html'));

/** A file that only a folder has that was written here before. No page asks for it. */
const MARK = 'assets/.prepared';

/** What browsers that run the pages know. Nothing is put into other words for older ones. */
const TARGET = 'es2022';

/** Files that several pages load are put together by who loads them, so that a page has few, and none that it does not use. */
const GROUPS = [
  { name: dashboardTexts, debugName: 'texts of the dashboard', priority: 3 },
  { name: 'base', test: /\/web\/(vendor|lib|parts\/[^/]+$|calls\/(worker|enter)|pages\/sign-in|locales\/languages|api)/, priority: 2, minShareCount: 2 },
  { name: 'dashboard', test: /\/web\/(parts|pages|calls)\//, priority: 1, minShareCount: 2 },
];

/** @param {string} id a module's path */
function dashboardTexts(id) {
  const language = /\/locales\/admin\/(\w\w)\//.exec(id)?.[1];
  return language ? `dashboard-${language}` : null;
}

/** @param {string} html @param {RegExp} pattern */
const all = (html, pattern) => [...html.matchAll(pattern)].map(([, found]) => /** @type {string} */ (found));

const SCRIPT = /<script type="module" src="\/([^"]+)"><\/script>\n/g;
const STYLE = /<link rel="stylesheet" href="\/([^"]+)">\n/g;
const PRELOAD = /<link rel="modulepreload" href="[^"]+">\n/g;
const IMPORT_MAP = /<script type="importmap">(.*?)<\/script>\n/s;
const ICON = /(<link rel="icon" href="\/)([^"]+)(")/;

/** What bare names stand for. Every page has the same map. */
function bareNames() {
  const { imports } = JSON.parse(IMPORT_MAP.exec(readFileSync(join(WEB, 'join.html'), 'utf8'))?.[1] ?? '');
  return Object.fromEntries(Object.entries(imports).map(([name, path]) => [name, join(WEB, path)]));
}

/** The modules of all pages, in a few files. @returns {Promise<Map<string, { file: string, imports: string[] }>>} by the script that begins a page */
async function scripts(folder) {
  const begin = new Set(PAGES.flatMap((page) => all(readFileSync(join(WEB, page), 'utf8'), SCRIPT)));
  const input = Object.fromEntries([...begin].map((path) => [dirname(path).replace('pages/', ''), join(WEB, path)]));
  const bundle = await rolldown({ cwd: WEB, input, resolve: { alias: bareNames() }, transform: { target: TARGET } });
  const { output } = await bundle.write({
    dir: folder,
    format: 'esm',
    minify: true,
    entryFileNames: 'assets/[name]-[hash].js',
    chunkFileNames: 'assets/[name]-[hash].js',
    codeSplitting: { groups: GROUPS },
  });
  await bundle.close();
  const begins = output.filter((file) => file.type === 'chunk').filter(({ isEntry }) => isEntry);
  return new Map(begins.map((file) => [relative(WEB, file.facadeModuleId ?? ''), { file: file.fileName, imports: file.imports }]));
}

/** Writes a file under a name that is its own as long as its bytes are. @param {string} folder @param {string} name @param {string} ending @param {string} text */
function asset(folder, name, ending, text) {
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 8);
  const path = `assets/${name}-${hash}.${ending}`;
  writeFileSync(join(folder, path), text);
  return path;
}

/** Whether a folder may be replaced: one that is not there, that is empty, or that this has written. @param {string} folder */
const isOurs = (folder) => !existsSync(folder) || readdirSync(folder).length === 0 || existsSync(join(folder, MARK));

/** @param {string} folder */
async function prepare(folder) {
  if (!isOurs(folder)) {
    console.error(`${folder} holds something else; name a folder that is empty or not there yet`);
    process.exit(1);
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, MARK), '');
  const begins = await scripts(folder);
  for (const page of PAGES) {
    const html = readFileSync(join(WEB, page), 'utf8');
    const styles = all(html, STYLE).map((path) => readFileSync(join(WEB, path), 'utf8'));
    const style = asset(folder, 'style', 'css', styles.join('\n'));
    const head = [`<link rel="stylesheet" href="/${style}">\n`];
    for (const path of all(html, SCRIPT)) {
      const begin = begins.get(path);
      if (!begin) throw new Error(`${page} begins with ${path}, which was not put together`);
      head.push(...begin.imports.map((file) => `<link rel="modulepreload" href="/${file}">\n`), `<script type="module" src="/${begin.file}"></script>\n`);
    }
    const bare = [SCRIPT, STYLE, PRELOAD, IMPORT_MAP].reduce((text, pattern) => text.replace(pattern, ''), html);
    const icon = asset(folder, 'icon', 'svg', readFileSync(join(WEB, ICON.exec(html)?.[2] ?? ''), 'utf8'));
    writeFileSync(join(folder, page), bare.replace(ICON, `$1${icon}$3`).replace('</head>', `${head.join('')}</head>`));
  }
  // Browsers and messengers ask for it by this name too.
  cpSync(join(WEB, 'icon.svg'), join(folder, 'icon.svg'));
  const files = readdirSync(join(folder, 'assets')).filter((name) => !name.startsWith('.'));
  console.log(`${PAGES.length} pages and ${files.length} files for them are in ${folder}`);
}

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('node prepare.js FOLDER');
  process.exit(2);
}
// The tool that puts modules together would read a relative path from another folder.
await prepare(resolve(folder));
