import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldWords, fileWords, rowWords } from '../../../web/pages/admin/jobs/faults.js';
import { loadTexts, textsOf } from '../../../web/locales/admin/texts.js';
import { described } from '../described.js';

await loadTexts();

test('every code of what is wrong with a row or a file has words', () => {
  for (const code of described('RowFaultCode')) assert.ok(Object.hasOwn(textsOf('jobs'), `row_${code}`), code);
  for (const code of described('FileFaultCode')) assert.ok(Object.hasOwn(textsOf('jobs'), `bad_file_${code}`), code);
});

test('what goes with a code is said, and a code from later is not shown as it is', () => {
  assert.equal(rowWords({ code: 'too_long', limit: 100 }), 'Too long (max. 100 characters).');
  assert.equal(rowWords({ code: 'hidden_character', character: 'U+202E' }), 'Contains a character that changes the writing direction (U+202E). Type it by hand.');
  assert.match(rowWords({ code: 'hidden_character', character: 'U+200B' }), /^Contains an invisible character \(U\+200B\)/);
  assert.match(rowWords({ code: 'hidden_character', character: 'U+0009' }), /^Contains a tab, a line break or a similar character \(U\+0009\)/);
  assert.match(rowWords({ code: 'hidden_character' }), /^Contains an invisible or control character/);
  assert.match(fileWords({ code: 'broken_text', line: 7 }), /^Line 7 /);
  assert.match(fileWords({ code: 'too_many_rows', limit: 10_000 }), /10,000 rows/);
  for (const why of [null, undefined, { code: 'of_later' }, { code: 'toString' }]) {
    assert.equal(rowWords(why), 'This row can’t be imported. Check it.');
    assert.match(fileWords(why), /^The file can’t be imported\./);
  }
  assert.equal(fieldWords('sites'), 'Sites');
});
