import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeIn, lettersOf } from '../../../web/lib/code.js';
import { codeTyped, meant } from '../../../web/pages/start/typed.js';

const CODE = '0123456789abcdefghjkmnpqrs';

test('a code is read as people copy it, and as the API reads it', () => {
  for (const text of [
    CODE,
    CODE.toUpperCase(),
    'OI23456789abcdefghjkmnpqrs',
    'ol23456789abcdefghjkmnpqrs',
    '0123 4567 89AB CDEF GHJK MNPQ RS',
    '0123-4567-89ab-cdef-ghjk-mnpq-rs',
    '0123–4567.89ab\u{a0}cdef\u{200b}ghjk\u{ad}mnpq\tr\u{feff}s',
    ` ${CODE}\r\n`,
    `${CODE}.`,
    `<${CODE}>`,
    `„${CODE}“`,
    `${CODE}=20`,
    `${CODE}%20`,
    `${CODE}%E2%80%8B`,
    `${CODE}&utm_source=mail`,
    `https://join.example.com/join/${CODE}`,
    `<https://join.example.com/join/${CODE}/>.`,
    `https://join.example.com/join/${CODE}?utm_source=mail#top`,
    `join.example.com/JOIN/${CODE.toUpperCase()}`,
  ]) {
    assert.equal(codeIn(text), CODE, text);
  }
});

test('what is no code is none, and it can be said how much of one it is', () => {
  for (const [text, letters] of [
    ['', 0],
    [' - ', 0],
    ['0', 1],
    [CODE.slice(1), 25],
    [`${CODE}t`, 27],
    [`${CODE}é`, 27],
    [`u${CODE.slice(1)}`, 26],
    [`é${CODE.slice(1)}`, 26],
    ['https://join.example.com/join/abc', 3],
    ['%zz', 2],
  ]) {
    assert.equal(codeIn(text), undefined, text);
    assert.equal([...lettersOf(text)].length, letters, text);
  }
});

test('a code is found behind the words that stand before it', () => {
  const groups = CODE.toUpperCase().replace(/.{4}/g, '$& ');
  for (const text of [CODE, `Code: ${groups}`, `code ${CODE}`, `Ihr Code lautet ${groups}`, `Świt – kod: ${CODE}.`, `Code:\n${groups}`]) assert.equal(codeTyped(text), CODE, text);
  for (const text of ['', 'Code', 'Code:', `Code ${CODE}t`, `Code ${CODE.slice(1)}`, `Code4 ${CODE}`]) assert.equal(codeTyped(text), undefined, text);
});

test('of a code behind a colon it is said how much there is of it without the words before', () => {
  assert.equal(lettersOf(meant('Code: 0123 4567')).length, 8);
  assert.equal(lettersOf(meant('0123 4567')).length, 8);
  assert.equal(lettersOf(meant('https://join.example.com/join/abc')).length, 3);
});
