import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Problem } from '../../../web/api.js';
import { csvRow, harmless, joined, separatorOf } from '../../../web/lib/csv.js';
import { linesOf, wrongOf } from '../../../web/pages/admin/import/file.js';
import { askedBy, orderOf } from '../../../web/pages/admin/members/asked.js';
import { changed } from '../../../web/pages/admin/member/changed.js';
import { stateOf } from '../../../web/pages/admin/member/state.js';
import { isUnsure, sorted, unfit } from '../../../web/pages/admin/members/fits.js';
import { mailOf, wrongIn } from '../../../web/pages/admin/members/refusal_draft.js';
import { lookOf, wordOf } from '../../../web/pages/admin/members/outcomes.js';
import { grouped, run } from '../../../web/pages/admin/members/run.js';
import { tableOfMembers } from '../../../web/pages/admin/members/table.js';
import { loadTexts } from '../../../web/locales/admin/texts.js';
import texts from '../../../web/locales/admin/en/members.js';

await loadTexts();

test('every cell is quoted and every line ends as the standard says', () => {
  assert.equal(csvRow(['Ana "Ace" Lovelace', 'a,b\r\nc']), '"Ana ""Ace"" Lovelace","a,b\r\nc"\r\n');
  assert.equal(csvRow(['Łukasz', '']), '"Łukasz",""\r\n');
});

test('no cell is a formula', () => {
  const formulas = ['=1+1', '+1', '-1', '@SUM(A1)', ' =1', '\u{a0}=1', '\u{feff}=1', '\t=1', '\tx', '\rx', '\nx', '\0x', ' \0', '＝1', '＋1', '－1', '＠x', 'x\n=1', 'x\r\n  +1', 'x\r@y', 'x\n\ty'];
  for (const formula of formulas) assert.equal(harmless(formula), `'${formula}`, JSON.stringify(formula));
  for (const text of ['', 'x', 'a=b', 'ana+tag@example.com', '2026-11-22', 'x\ny', "'", ' x - y']) assert.equal(harmless(text), text, JSON.stringify(text));
});

test('cells are separated as the spreadsheets of the reader\'s country expect it', () => {
  for (const [tag, separator] of [['en-US', 'comma'], ['de-DE', 'semicolon'], ['pl', 'semicolon'], ['es-ES', 'semicolon'], ['es-MX', 'comma'], ['de-CH', 'comma']]) {
    assert.equal(separatorOf(tag), separator, tag);
  }
  assert.equal(csvRow(['a', 'b;c'], 'semicolon'), '"a";"b;c"\r\n');
  assert.equal(joined(['North', 'Hall 4; "west"']), 'North; "Hall 4; ""west"""');
});

test('members are a table with the names of their units, and the id of a unit that is gone', () => {
  const units = new Map([['s1', { id: 's1', name: 'North "yard"', kind: 'sites' }]]);
  const member = {
    id: 'm1', name: '=HYPERLINK("x")', email: 'ana@example.com', role: 'member', access: 'granted', groups: ['gone'], sites: ['s1'], regions: [],
    created_at: '2026-11-22T17:29:09.427Z', granted_at: null, granted_by: null, mail: { state: 'bounced', at: '2026-11-22T17:30:00.000Z', reason: 'permanent' }, suppressed: true,
  };
  const [headings, row, end] = tableOfMembers([member], { units, links: [] }, { zone: 'Asia/Kolkata', separator: 'semicolon' }).split('\r\n');
  assert.equal(headings.split('";"').length, row.split('";"').length);
  assert.match(headings, /"email".*"added \(Asia\/Kolkata\)"/);
  assert.equal(row, `"m1";"'=HYPERLINK(""x"")";"ana@example.com";"member";"granted";"2026-11-22 22:59:09";"";"gone";"""North """"yard""""""";"";"bounced";"2026-11-22 23:00:00";"permanent";"yes"`);
  assert.equal(end, '');
});

test('what an address names is asked for, and nothing else', () => {
  const asked = (text) => JSON.parse(JSON.stringify(askedBy(new URLSearchParams(text))));
  assert.deepEqual(asked('access=pending&link=l1&unit=u1&mail=trouble&sort=name&q=+ana+'), { access: 'pending', link: 'l1', unit: 'u1', mail: 'trouble', sort: 'name', q: 'ana' });
  assert.deepEqual(asked('access=all&sort=up&mail=1&q=%40'), {});
});

test('a bulk job can say an access, a link and a unit, and no search', () => {
  assert.deepEqual(orderOf({ access: 'without', link: 'l1' }), { access: 'without', link: 'l1' });
  for (const asked of [{}, { access: 'granted' }, { access: 'rejected' }, { access: 'pending', q: 'ana' }, { access: 'pending', mail: 'trouble' }]) assert.equal(orderOf(asked), undefined);
});

test('many are done a hundred a call, until it is stopped or a call fails', async () => {
  const ids = Array.from({ length: 250 }, (_, n) => `m${n}`);
  const calls = [];
  const call = async (_, some) => {
    calls.push(some.length);
    return { results: some.map((id) => ({ id, outcome: id === 'm7' ? 'link_full' : 'granted' })) };
  };
  const whole = await run('grants', ids, { stopped: () => false, after: () => {}, call });
  assert.deepEqual(calls, [100, 100, 50]);
  assert.deepEqual(grouped(whole.outcomes).map(([outcome, some]) => [outcome, some.length]), [['granted', 249], ['link_full', 1]]);
  const stopped = await run('grants', ids, { stopped: () => calls.length >= 4, after: () => {}, call });
  assert.equal(stopped.outcomes.size, 100);
  let made = 0;
  const failing = (deed, some) => (++made > 1 ? Promise.reject(new Problem('no_connection')) : call(deed, some));
  const failed = await run('grants', ids, { stopped: () => false, after: () => {}, call: failing });
  assert.equal(failed.outcomes.size, 100);
  assert.equal(failed.problem?.code, 'no_connection');
});

test('a file that is empty, too large or a workbook is known before it is sent', () => {
  const bytes = (text) => new TextEncoder().encode(text);
  assert.equal(wrongOf(bytes('')), 'wrong_empty');
  assert.equal(wrongOf(bytes('PK\u0003\u0004')), 'wrong_workbook');
  assert.equal(wrongOf(new Uint8Array(1024 * 1024 + 1)), 'wrong_large');
  const wide = (size) => new Uint8Array(size).fill(0xff, 0, 1).fill(0xfe, 1, 2);
  assert.equal(wrongOf(wide(2 * 1024 * 1024)), undefined, 'each letter takes two bytes');
  assert.equal(wrongOf(wide(2 * 1024 * 1024 + 1)), 'wrong_large');
  assert.equal(wrongOf(new Uint8Array(1024 * 1024)), undefined);
  assert.deepEqual(linesOf(bytes('\u{feff}name,email\r\nŁ,a@b.c\nx\ry')), ['name,email', 'Ł,a@b.c', 'x', 'y']);
});

test('what an act changed of somebody\'s units is what stands on one side alone', () => {
  const [before, after] = [{ groups: ['g1'], sites: ['s1', 's2'], renamed: false }, { groups: ['g1', 'g2'], sites: null, link: 'l1' }];
  assert.deepEqual(changed(['groups', 'sites', 'regions'], after, before), ['g2']);
  assert.deepEqual(changed(['groups', 'sites', 'regions'], before, after), ['s1', 's2']);
});

test('the preview of the mail about a refusal says what the mail says', () => {
  const mails = readFileSync(new URL('../../../shared/locales/en.ftl', import.meta.url), 'utf8');
  for (const [shown, sent] of [['title', 'title'], ['reason', 'reason'], ['message', 'quotation'], ['otherwise', 'otherwise']]) {
    const words = new RegExp(`^refused-${sent} = (.*)$`, 'm').exec(mails)?.[1];
    assert.equal(texts[`mail_preview_${shown}`], words?.replaceAll('{ $organization }', '{organization}'), shown);
  }
});

test('who is refused is mailed only if the admin chooses so, and the message is kept while it is not chosen', () => {
  const draft = { on: false, message: 'The course is full.', wrong: '' };
  assert.equal(mailOf('refusals', draft), undefined);
  assert.deepEqual(mailOf('refusals', { ...draft, on: true }), { message: 'The course is full.' });
  assert.equal(mailOf('grants', { ...draft, on: true }), undefined);
});

test('what is wrong with a message is said in words of the page, and nothing of what else fails', () => {
  assert.match(wrongIn(new Problem('invalid_fields', { message: 'must be at most 500 characters' })), /500 characters/);
  assert.match(wrongIn(new Problem('invalid_fields', { message: 'must not contain an invisible character (U+200B)' })), /invisible/);
  for (const other of [undefined, new Problem('unavailable'), new Problem('invalid_fields', { members: 'x' })]) assert.equal(wrongIn(other), undefined);
});

test('what can be done with somebody is told by their row, and how it would end for the others', () => {
  const row = (access, more) => ({ id: access, name: access, email: '', role: 'member', access, suppressed: false, ...more });
  const everybody = ['unverified', 'rejected', 'pending', 'granted', 'revoked'].map((access) => row(access));
  const ends = (deed) => everybody.map((one) => unfit(deed, one));
  assert.deepEqual(ends('refusals'), ['nothing_pending', 'nothing_pending', undefined, undefined, 'nothing_pending']);
  assert.deepEqual(ends('revocations'), [undefined, undefined, undefined, undefined, 'already_revoked']);
  assert.deepEqual(ends('restorations'), ['not_revoked', 'not_revoked', 'not_revoked', 'not_revoked', undefined]);
  assert.deepEqual(ends('login-mails'), [undefined, undefined, undefined, undefined, 'revoked']);
  // They may have a seat reserved: only the server knows.
  assert.deepEqual(everybody.filter((one) => isUnsure('login-mails', one)).map(({ id }) => id), ['unverified', 'pending']);
  assert.deepEqual(everybody.filter((one) => isUnsure('refusals', one)).map(({ id }) => id), ['pending', 'granted']);
  assert.equal(unfit('revocations', row('granted', { role: 'admin' })), 'is_admin');
  assert.equal(unfit('login-mails', row('granted', { suppressed: true })), 'suppressed');
  for (const deed of ['grants', 'refusals', 'revocations', 'restorations', 'login-mails']) assert.equal(unfit(deed, {}), undefined, deed);
  const { fit, others } = sorted('refusals', everybody);
  assert.deepEqual(fit.map(({ id }) => id), ['pending', 'granted']);
  assert.deepEqual([...others], [['nothing_pending', 3]]);
});

test('what was not done is never told as good, and always with what to do instead', () => {
  for (const word of ['already_granted', 'already_revoked', 'not_revoked', 'nothing_pending']) assert.equal(lookOf(word), 'off', word);
  for (const word of ['granted', 'refused', 'restored', 'queued', 'revoked']) assert.equal(lookOf(word), 'good', word);
  const outcomes = Object.keys(texts).filter((key) => key.startsWith('outcome_')).map((key) => key.slice('outcome_'.length));
  for (const word of outcomes.filter((word) => lookOf(word) !== 'good')) assert.ok(texts[`advice_${word}`], word);
  assert.equal(wordOf('grants', 'revoked'), 'shut_out');
  assert.equal(wordOf('revocations', 'revoked'), 'revoked');
});

test('a member without access is shown by the registration that tells why', () => {
  const file = (access, ...states) => ({ member: { access }, enrollments: states.map((state) => ({ state })) });
  assert.equal(stateOf(file('unverified', 'removed')), 'removed');
  assert.equal(stateOf(file('unverified', 'removed', 'lapsed', 'reserved')), 'reserved');
  assert.equal(stateOf(file('unverified')), undefined);
  assert.equal(stateOf(file('unverified', 'removed', 'pending')), 'pending');
  assert.equal(stateOf(file('rejected', 'removed', 'lapsed')), undefined);
  assert.equal(stateOf(file('rejected', 'removed', 'pending')), 'pending');
  assert.equal(stateOf(file('pending', 'removed', 'waiting')), 'waiting');
  assert.equal(stateOf(file('pending', 'waiting', 'pending')), 'pending');
  for (const access of ['granted', 'revoked']) assert.equal(stateOf(file(access, 'removed', 'pending')), undefined);
});
