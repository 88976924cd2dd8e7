/** Holds the figures on the pages of the dashboard against the lists of the API. */

import assert from 'node:assert/strict';
import { whole } from './seen.js';

/** Up to how many members of one access are counted; of more there is said that they are more. */
const COUNTED = 1_000;
const STATES = ['enrolled', 'reserved', 'pending', 'waiting', 'lapsed', 'removed'];
const STATUSES = ['open', 'scheduled', 'full', 'waiting_list', 'expired', 'inactive', 'deleted'];

const shown = (n) => new Intl.NumberFormat('en-GB').format(n);
const texts = async (page, selector) => (await page.locator(selector).allInnerTexts()).map((text) => text.trim().replace(/\s+/g, ' '));
/** The number that a text ends with. */
const last = (text) => /[\d,]+$/.exec(text)?.[0] ?? '';

/** Looks at every page that counts something. */
export async function figures(system, page) {
  const links = await system.all('/v1/links', 'links');
  await overview(system, page, links);
  await linksList(page, links);
  for (const link of links.slice(0, 5)) await linkPage(system, page, link);
  await catalog(system, page);
  for (const job of (await system.all('/v1/jobs', 'jobs')).slice(0, 3)) await jobPage(system, page, job);
}

const open = async (page, path) => {
  await page.goto(path);
  await whole(page);
};

async function overview(system, page, links) {
  const members = async (access) => (await system.all(`/v1/members?access=${access}`, 'members')).length;
  const [pending, granted] = [await members('pending'), await members('granted')];
  const states = Object.fromEntries(STATES.map((state) => [state, 0]));
  const funnel = [0, 0, 0];
  for (const link of links) {
    const stats = await system.stats(link);
    for (const state of STATES) states[state] += stats.by_state[state];
    ['opened', 'registered', 'signed_in'].forEach((step, at) => (funnel[at] += stats.funnel[step]));
  }
  const taking = links.filter(({ status }) => status === 'open').length;
  const free = links.filter(({ status, cap }) => status === 'open' && cap !== null).reduce((sum, { seats }) => sum + seats.free, 0);
  const counted = (n) => (n > COUNTED ? `more than ${shown(COUNTED)}` : shown(n));
  await open(page, '/admin');
  // With nothing to count, the page has the first steps in place of figures.
  if (links.length === 0 && pending === 0 && granted <= 1) {
    await page.locator('.steps').waitFor();
    return assert.equal(await page.locator('.figure-value, .funnel').count(), 0);
  }
  assert.deepEqual(await texts(page, '.figure-value'), [shown(taking), shown(free), counted(pending), counted(granted)]);
  assert.deepEqual(await texts(page, '[aria-labelledby=states] strong'), STATES.map((state) => shown(states[state])));
  assert.deepEqual(await texts(page, '.funnel strong'), funnel.map(shown));
}

async function linksList(page, links) {
  await open(page, '/admin/links');
  const counts = STATUSES.map((status) => links.filter((link) => link.status === status).length).filter((n) => n > 0);
  const there = links.filter(({ status }) => status !== 'deleted').length;
  const tabs = (await texts(page, '.content .tabs .tab')).map(last);
  assert.deepEqual(tabs, links.length > 0 ? [there, ...counts].map(shown) : []);
  assert.equal(await page.locator('tbody tr').count(), there);
}

async function linkPage(system, page, link) {
  const enrollments = await system.all(`/v1/links/${link.id}/stats`, 'enrollments');
  const of = (state) => enrollments.filter((one) => one.state === state).length;
  await open(page, `/admin/links/${link.id}`);
  assert.deepEqual(await texts(page, '[aria-labelledby=states] strong'), STATES.map((state) => shown(of(state))));
  const tabs = (await texts(page, '[aria-labelledby=people] .tab')).map(last);
  assert.deepEqual(tabs, enrollments.length > 0 ? [enrollments.length, ...STATES.map(of).filter((n) => n > 0)].map(shown) : []);
}

async function catalog(system, page) {
  const { groups, sites, regions, modules } = await system.call('GET', '/v1/catalog');
  await open(page, '/admin/catalog');
  assert.deepEqual((await texts(page, '.content .tabs .tab')).map(last), [groups, sites, regions, modules].map(({ length }) => shown(length)));
}

async function jobPage(system, page, job) {
  const rows = await system.all(`/v1/jobs/${job.id}/report`, 'rows');
  const outcomes = new Map();
  for (const { outcome } of rows) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  await open(page, `/admin/jobs/${job.id}`);
  const counts = (await texts(page, '[aria-labelledby=sums] strong')).sort();
  assert.deepEqual(counts, [...outcomes.values()].map(shown).sort());
}
