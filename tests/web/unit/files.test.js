import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { MODULES, PAGES, WEB, importMapOf, isThere, modulesOf, preloadsOf, read, scriptsOf, stylesOf } from '../graph.js';

const NPM = join(import.meta.dirname, '../node_modules');

test('what prepares the pages for a deployment is run by a check as the documents say it', () => {
  const root = join(import.meta.dirname, '../../..');
  const lines = (path) => readFileSync(join(root, path), 'utf8').split('\n').map((line) => line.trim());
  const said = lines('docs/OPERATIONS.md').filter((line) => line.includes('web/prepare') && /^(npm|node) /.test(line));
  assert.equal(said.length, 2);
  for (const line of said) assert.ok(lines('.ci/browser').includes(line), line);
});

test('the libraries are what is listed, and what their packages hold', () => {
  const published = { 'preact.js': 'preact/dist/preact.mjs', 'hooks.js': 'preact/hooks/dist/hooks.mjs', 'htm.js': 'htm/dist/htm.mjs' };
  const listed = Object.fromEntries(
    read('vendor/SHA256SUMS').trim().split('\n').map((line) => line.split(/\s+/).reverse()),
  );
  assert.deepEqual(Object.keys(listed).sort(), readdirSync(join(WEB, 'vendor')).filter((f) => f.endsWith('.js')).sort());
  for (const [file, sum] of Object.entries(listed)) {
    const bytes = readFileSync(join(WEB, 'vendor', file));
    assert.equal(createHash('sha256').update(bytes).digest('hex'), sum, file);
    assert.deepEqual(bytes, readFileSync(join(NPM, published[file])), file);
  }
});

test('the versions named beside the libraries are those that are installed', () => {
  for (const name of ['preact', 'htm']) {
    const { version } = JSON.parse(readFileSync(join(NPM, name, 'package.json'), 'utf8'));
    assert.match(read('vendor/README.md'), new RegExp(`\\| (\\[)?${name}.* \\| ${version} \\|`));
  }
});

test('a page loads at once every module that it runs, and nothing else', () => {
  for (const page of PAGES) {
    const html = read(page);
    assert.deepEqual([...scriptsOf(html), ...preloadsOf(html)].sort(), modulesOf(page).sort(), `${page}: node write-preloads.js`);
    for (const path of [...modulesOf(page), ...stylesOf(html)]) assert.ok(isThere(path), path);
  }
});

test('every page that runs code has the same import map, before anything that is loaded', () => {
  const maps = PAGES.filter((page) => scriptsOf(read(page)).length > 0).map((page) => {
    const html = read(page);
    assert.ok(html.indexOf('importmap') < html.search(/modulepreload|type="module"/), page);
    return importMapOf(html);
  });
  assert.equal(new Set(maps).size, 1);
});

test('one file fetches, nothing is set as markup, and every import names a file', () => {
  for (const path of MODULES) {
    const code = read(path);
    if (path !== '/api.js') assert.doesNotMatch(code, /\bfetch\(|XMLHttpRequest|sendBeacon/, path);
    assert.doesNotMatch(code, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/, path);
    for (const [, name] of code.matchAll(/from '([^']+)'/g)) {
      assert.ok(/^\.{1,2}\/.*\.js$/.test(name) || ['preact', 'preact/hooks', 'htm'].includes(name), `${path}: ${name}`);
    }
    assert.doesNotMatch(code, /\bstyle=/, path);
  }
});

test('colours stand in the tokens alone, and every token that is named is there', () => {
  const tokens = new Set([...read('css/tokens.css').matchAll(/^\s+(--[\w-]+):/gm)].map(([, name]) => name));
  for (const file of readdirSync(join(WEB, 'css'))) {
    const css = read(`css/${file}`);
    for (const [, name] of css.matchAll(/var\((--[\w-]+)\)/g)) assert.ok(tokens.has(name), `${file}: ${name}`);
    // A mail is shown on white, as mail programs do.
    if (file !== 'tokens.css') assert.doesNotMatch(css.replace('background: #fff;', ''), /#[0-9a-f]{3,8}\b|rgb|hsl|oklch/, file);
  }
});

test('the first load of a worker\'s page is under 60 KB over the wire', () => {
  for (const page of ['join.html', 'sign-in.html', 'training.html', 'index.html']) {
    const locales = readdirSync(join(WEB, 'locales')).filter((name) => name.endsWith('.js') && name !== 'languages.js');
    const largest = locales.map((name) => `locales/${name}`).sort((a, b) => read(b).length - read(a).length)[0];
    const files = [page, ...stylesOf(read(page)), ...modulesOf(page), largest, 'icon.svg'];
    for (const compress of [gzipSync, brotliCompressSync]) {
      // Over HTTP/2 a header that repeats is sent once: the policy and the like count once, dates and lengths each time. Two calls
      // of the API come on top.
      const headers = 1_500 + 150 * (files.length + 2);
      const bytes = files.map((file) => compress(read(file)).length).reduce((a, b) => a + b, headers);
      console.log(`${page}: ${files.length} files, ${bytes} bytes`);
      assert.ok(bytes < 60_000, `${page}: ${bytes}`);
    }
  }
});
