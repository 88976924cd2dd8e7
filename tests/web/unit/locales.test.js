import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { MODULES, WEB, read } from '../graph.js';
import { LANGUAGES } from '../../../web/locales/languages.js';
import english from '../../../web/locales/en.js';

const places = (text) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();

const ADMIN = join(WEB, 'locales/admin');
const ADMIN_FILES = readdirSync(join(ADMIN, 'en')).filter((name) => name !== 'all.js');
const formsOf = (text) => (typeof text === 'string' ? { other: text } : text);

test('every file of texts is listed, and every language that is listed has its file', () => {
  const files = readdirSync(join(WEB, 'locales')).filter((name) => name.endsWith('.js') && name !== 'languages.js');
  assert.deepEqual(files.sort(), LANGUAGES.map((tag) => `${tag}.js`).sort());
});

for (const tag of LANGUAGES) {
  test(`${tag} has a text for everything, with the same places to fill in`, async () => {
    const { default: texts } = await import(`../../../web/locales/${tag}.js`);
    assert.deepEqual(Object.keys(texts).sort(), Object.keys(english).sort());
    for (const [key, text] of Object.entries(texts)) {
      assert.ok(text.trim() !== '', key);
      assert.deepEqual(places(text), places(english[key]), key);
    }
  });
}

for (const tag of LANGUAGES) {
  const folder = join(ADMIN, tag);
  // The grammatical numbers of whole numbers. Fractions are counted nowhere.
  const counts = new Set(Array.from({ length: 1000 }, (_, n) => new Intl.PluralRules(tag).select(n)));

  test(`the dashboard has all its texts in ${tag}, each with the same places to fill in and a form for every count`, async () => {
    assert.deepEqual(readdirSync(folder).sort(), ['all.js', ...ADMIN_FILES].sort());
    const all = Object.keys(await import(join(folder, 'all.js')));
    assert.deepEqual(all.sort(), ADMIN_FILES.map((name) => name.replace('.js', '')).filter((name) => name !== 'hidden').sort());
    for (const file of ADMIN_FILES) {
      const [{ default: texts }, { default: english }] = await Promise.all([folder, join(ADMIN, 'en')].map((at) => import(join(at, file))));
      assert.deepEqual(Object.keys(texts).sort(), Object.keys(english).sort(), file);
      for (const [key, text] of Object.entries(texts)) {
        const expected = [...new Set(Object.values(formsOf(english[key])).flatMap(places))].sort();
        assert.deepEqual([...new Set(Object.values(formsOf(text)).flatMap(places))].sort(), expected, `${file}: ${key}`);
        assert.ok(Object.values(formsOf(text)).every((form) => form.trim() !== ''), `${file}: ${key}`);
        assert.ok(typeof text === 'string' || [...counts, 'other'].every((form) => Object.hasOwn(text, form)), `${file}: ${key} lacks a form`);
        assert.ok(typeof english[key] === 'string' || typeof text !== 'string', `${file}: ${key} has one form for all counts`);
      }
    }
  });
}

test('the dashboard names its texts, and every one it names is there', async () => {
  const folder = join(ADMIN, 'en');
  const all = await Promise.all(ADMIN_FILES.map(async (name) => [name, (await import(join(folder, name))).default]));
  const code = MODULES.filter((path) => /admin/.test(path) && !path.startsWith('/locales')).map(read).join('\n');
  const unsaid = [];
  for (const [name, texts] of all) {
    for (const [key, text] of Object.entries(texts)) {
      const forms = typeof text === 'string' ? [text] : Object.values(text);
      assert.ok(forms.length > 0 && forms.every((form) => form.trim() !== ''), `${name}: ${key}`);
      // A key is named whole, or by its beginning where its end is a state or an outcome.
      const begins = key.split('_').map((_, at, parts) => `${parts.slice(0, at).join('_')}_`).slice(1);
      const named = [`'${key}'`, ...begins.map((begin) => `\`${begin}\${`)];
      if (!named.some((one) => code.includes(one))) unsaid.push(`${name}: ${key}`);
    }
  }
  assert.deepEqual(unsaid, []);
});
