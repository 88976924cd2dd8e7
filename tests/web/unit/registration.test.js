import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { speak } from '../../../web/lib/language.js';
import { hiddenIn } from '../../../web/lib/hidden.js';
import { visible } from '../../../web/lib/visible.js';
import { pointOf, readNumber } from '../../../web/pages/join/number.js';
import { asciiOf, check, draftFrom, numberOf, readyFor, refused, registration, wayIn } from '../../../web/pages/join/registration.js';

const LINK = {
  admission: 'instant', language: 'en', organization: 'Demo', state: 'open', welcome: null, starts_at: null, starts_local: null, text_language: 'en', translations: {},
  domains: null,
  fields: [
    { key: 'trade', label: 'Trade', kind: 'choice', options: ['Welder', 'Rigger'], required: true },
    { key: 'years', label: 'Years', kind: 'number', required: false },
  ],
};
const draft = (more) => ({ name: 'Ana', email: 'ana@example.com', website: '', answers: { trade: 'Welder' }, ...more });

before(async () => {
  globalThis.document = { documentElement: { lang: '' } };
  await speak('en');
  await readyFor(LINK);
});

test('what is right is found right', () => assert.deepEqual(check(LINK, draft(), true), {}));

test('every field that is wrong is named', () => {
  const wrong = check(LINK, draft({ name: ' ', email: 'ana@', answers: { years: 'many' } }), true);
  assert.deepEqual(Object.keys(wrong).sort(), ['answers.trade', 'answers.years', 'email', 'name']);
});

test('somebody who is signed in is asked for answers alone', () => {
  assert.deepEqual(Object.keys(check(LINK, draft({ name: '', email: '', answers: {} }), false)), ['answers.trade']);
  assert.deepEqual(registration(LINK, draft(), false), { answers: { trade: 'Welder' } });
});

test('an address is of one of the domains that the link takes', () => {
  const link = { ...LINK, domains: ['acme.com', 'acme.de'] };
  assert.deepEqual(check(link, draft({ email: 'ana@ACME.com' }), true), {});
  assert.match(check(link, draft({ email: 'ana@x.acme.com' }), true).email, /acme\.com or acme\.de/);
});

test('numbers are sent as numbers, whatever stands before their decimals', () => {
  assert.equal(numberOf('3,5'), 3.5);
  assert.equal(numberOf('-2'), -2);
  for (const text of ['1e9', '1.2.3', 'x', '٣', 'Infinity', '1,2,3']) assert.equal(numberOf(text), undefined, text);
  assert.deepEqual(registration(LINK, draft({ answers: { trade: 'Rigger', years: ' 3,5 ' } }), true).answers, { trade: 'Rigger', years: 3.5 });
});

test('a number is read by the language of the reader, or asked back, and never off by a factor', () => {
  const readings = [
    // typed, where one writes 1,5; where one writes 1.5
    ['1,5', 1.5, 1.5],
    ['1.5', 1.5, 1.5],
    ['1.234', ['1234', '1,234'], 1.234],
    ['1,234', 1.234, ['1234', '1.234']],
    ['-12.345', ['-12345', '-12,345'], -12.345],
    ['0.123', 0.123, 0.123],
    ['0,123', 0.123, 0.123],
    ['1.234.567', 1234567, 1234567],
    ['1,234,567', 1234567, 1234567],
    ['1.234,5', 1234.5, 1234.5],
    ['1,234.5', 1234.5, 1234.5],
    ['1.234,567', 1234.567, 1234.567],
    ['1 234', 1234, 1234],
    ['1\u{202f}234,5', 1234.5, 1234.5],
    ["1'234.5", 1234.5, 1234.5],
    ['1.2345', 1.2345, 1.2345],
    ['12345,678', 12345.678, 12345.678],
    ['−3', -3, -3],
    ['１２', 12, 12],
    ['+7', 7, 7],
  ];
  for (const [typed, ...expected] of readings) {
    [',', '.'].forEach((point, at) => {
      const read = readNumber(typed, point);
      assert.deepEqual(read && ('value' in read ? read.value : [read.whole, read.decimal]), expected[at], `${typed} with ${point}`);
    });
  }
  for (const typed of ['', '1.23.456,7', '12.34.567', '1,23,456', '1 23', ',5', '5,', '1..5', '1.234.567.89', '1e3', '9999999999999999', '1 234.567,8']) {
    for (const point of [',', '.']) assert.equal(readNumber(typed, point), undefined, `${typed} with ${point}`);
  }
  for (const [tag, point] of [['de', ','], ['pl', ','], ['es-ES', ','], ['en', '.'], ['es-MX', '.']]) assert.equal(pointOf(tag), point);
});

test('somebody whose number can mean two numbers is told how to write it', () => {
  const { 'answers.years': words } = check(LINK, draft({ answers: { trade: 'Rigger', years: '1,234' } }), true);
  assert.match(words, /“1,234”.* 1234 or 1\.234/);
});

test('an answer that is left out is not sent, and the trap only when something fell in', () => {
  assert.deepEqual(registration(LINK, draft(), true), { name: 'Ana', email: 'ana@example.com', answers: { trade: 'Welder' } });
  assert.equal(registration(LINK, draft({ website: 'x' }), true).website, 'x');
});

test('fields that the API refuses have words of ours, never of the API\'s', () => {
  const words = refused(LINK, { email: 'API text', 'answers.years': 'API text', other: 'API text' });
  assert.deepEqual(Object.keys(words), ['email', 'answers.years']);
  assert.ok(!JSON.stringify(words).includes('API text'));
});

test('whatever was kept, a draft comes of it', () => {
  for (const kept of [null, 3, 'x', [], { answers: 7 }, { name: 3, answers: { a: {} } }]) {
    assert.deepEqual(draftFrom(kept), { name: '', email: '', website: '', answers: {} });
  }
});

test('a link that only takes people on a list does not say that it lets them in', () => {
  assert.equal(wayIn(LINK), '');
  assert.equal(wayIn({ ...LINK, admission: 'approval' }), '_approval');
  assert.equal(wayIn({ ...LINK, admission: 'approval', state: 'waiting_list' }), '_waiting');
});

test('a character that does not show is told as what it is, by its number', () => {
  const words = refused(LINK, {
    name: 'must not contain a character that changes the text direction (U+202E)', email: 'must not contain an invisible character (U+200B)',
  });
  assert.match(words.name, /text direction/);
  assert.match(words.email, /invisible character/);
  assert.equal(hiddenIn('must not contain a control character (U+0009)'), 'control');
  for (const other of [undefined, '', 'must not be empty', 'U+200B']) assert.equal(hiddenIn(other), undefined);
  assert.equal(visible('a\u200bb\u202ec\td é'), 'a⟨U+200B⟩b⟨U+202E⟩c⟨U+0009⟩d é');
  assert.equal(visible('a\ufe0f\u{e0101} \u2764\ufe0f'), 'a⟨U+FE0F⟩⟨U+E0101⟩ \u2764\ufe0f');
});

test('domains are compared in ASCII, whatever script they are typed in', () => {
  const link = { ...LINK, domains: ['bücher.example'] };
  for (const email of ['ana@bücher.example', 'ana@BÜCHER.example', 'ana@xn--bcher-kva.example']) {
    assert.deepEqual(check(link, draft({ email }), true), {}, email);
  }
  assert.match(check(link, draft({ email: 'ana@bucher.example' }), true).email, /bücher\.example/);
  for (const odd of ['a b', 'a/b', 'a:80', '']) assert.equal(asciiOf(odd), odd);
});
