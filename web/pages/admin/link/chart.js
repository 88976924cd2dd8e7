import { useState } from 'preact/hooks';
import { html } from '../../../lib/html.js';
import { number } from '../../../lib/speaker.js';
import { calendarDay, dateIn } from '../../../lib/when.js';
import { daysInARow, topOf } from './days.js';
import { say } from './say.js';

/** @typedef {import('./days.js').Counted} Counted */

const LENGTHS = /** @type {const} */ ([14, 30, 90]);
const HEIGHT = 100;

const shortDay = (/** @type {string} */ day) => calendarDay(day, { day: 'numeric', month: 'short' });

/**
 * How many opened the link and registered, day by day.
 * @param {{ perDay: Counted[], zone: string }} props
 */
export function PerDay({ perDay, zone }) {
  const [length, setLength] = useState(/** @type {number} */ (30));
  const days = daysInARow(perDay, dateIn(zone), length);
  const registered = days.reduce((sum, day) => sum + day.registered, 0);
  const opened = days.reduce((sum, day) => sum + day.opened, 0);
  return html`<section class="box" aria-labelledby="per-day">
    <div class="box-head">
      <h2 id="per-day">${say('per_day')}</h2>
      <div class="tabs" role="group" aria-label=${say('days')}>
        ${LENGTHS.map((one) => html`<button type="button" class="tab" key=${one} aria-pressed=${one === length ? 'true' : 'false'} onClick=${() => setLength(one)}>${say('days_length', { n: one })}</button>`)}
      </div>
    </div>
    <p class="legend small"><span class="legend-first">${say('registered_n', { n: registered })}</span> <span class="legend-second">${say('opened_n', { n: opened })}</span></p>
    <${Columns} days=${days} label=${say('chart_label', { registered, opened, n: length })} />
    <p class="quiet small">${say('in_zone', { zone })}</p>
    <details>
      <summary>${say('as_table')}</summary>
      <${Days} perDay=${perDay} />
    </details>
  </section>`;
}

/**
 * The days as columns. The numbers of a day are said when it is pointed at, tapped, or reached by the arrow keys.
 * @param {{ days: Counted[], label: string }} props
 */
function Columns({ days, label }) {
  const [at, setAt] = useState(/** @type {number | undefined} */ (undefined));
  const top = topOf(Math.max(2, ...days.map(({ opened, registered }) => Math.max(opened, registered))));
  const high = (/** @type {number} */ n) => (HEIGHT * n) / top;
  const [first, middle, last] = [days[0], days[Math.floor(days.length / 2)], days.at(-1)];
  const words = (/** @type {number | undefined} */ at) => {
    const day = at === undefined ? undefined : days[at];
    return day && say('chart_day', { day: calendarDay(day.day), registered: day.registered, opened: day.opened });
  };
  const within = (/** @type {number} */ n) => setAt(Math.min(Math.max(n, 0), days.length - 1));
  function point(/** @type {PointerEvent} */ event) {
    const { left, width } = /** @type {Element} */ (event.currentTarget).getBoundingClientRect();
    within(Math.floor(((event.clientX - left) / width) * days.length));
  }
  function onKey(/** @type {KeyboardEvent} */ event) {
    const to = keyed(event.key, at ?? days.length - 1, days.length);
    if (to === undefined) return;
    event.preventDefault();
    within(to);
  }
  return html`<div class="chart-frame">
      <div class="chart-scale" aria-hidden="true"><span>${number(top)}</span><span>${number(top / 2)}</span><span>0</span></div>
      <div
        class="chart-hold"
        tabindex="0"
        role="slider"
        aria-label=${label}
        aria-valuemin="1"
        aria-valuemax=${days.length}
        aria-valuenow=${(at ?? days.length - 1) + 1}
        aria-valuetext=${words(at ?? days.length - 1)}
        onPointerMove=${point}
        onPointerDown=${point}
        onPointerLeave=${(/** @type {PointerEvent} */ event) => event.pointerType === 'mouse' && setAt(undefined)}
        onFocus=${() => at === undefined && within(days.length - 1)}
        onBlur=${() => setAt(undefined)}
        onKeyDown=${onKey}
      >
        <svg class="chart" viewBox=${`0 0 ${days.length * 10} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          ${[0, 0.5, 1].map((part) => html`<line key=${part} class="chart-line" x1="0" x2=${days.length * 10} y1=${HEIGHT * part} y2=${HEIGHT * part} vector-effect="non-scaling-stroke" />`)}
          ${days.map(
            ({ day, opened, registered }, n) => html`<g key=${day}>
              <rect class=${n === at ? 'chart-hit at' : 'chart-hit'} x=${n * 10} y="0" width="10" height=${HEIGHT} />
              <rect class="chart-column second" x=${n * 10 + 5} y=${HEIGHT - high(opened)} width="3.5" height=${high(opened)} />
              <rect class="chart-column" x=${n * 10 + 1.5} y=${HEIGHT - high(registered)} width="3.5" height=${high(registered)} />
            </g>`,
          )}
        </svg>
      </div>
      <div class="chart-days" aria-hidden="true">${[first, middle, last].map((one) => one && html`<span key=${one.day}>${shortDay(one.day)}</span>`)}</div>
    </div>
    <p class="chart-said small">${words(at)}</p>`;
}

/**
 * Where a key leads from a day; nowhere if it is another key.
 * @param {string} key
 * @param {number} at
 * @param {number} length
 */
function keyed(key, at, length) {
  if (key === 'ArrowLeft' || key === 'ArrowDown') return at - 1;
  if (key === 'ArrowRight' || key === 'ArrowUp') return at + 1;
  if (key === 'PageDown') return at - 7;
  if (key === 'PageUp') return at + 7;
  if (key === 'Home') return 0;
  if (key === 'End') return length - 1;
  return undefined;
}

/** @param {{ perDay: Counted[] }} props */
const Days = ({ perDay }) =>
  perDay.length === 0
    ? html`<p class="quiet">${say('no_days')}</p>`
    : html`<div class="days-table" tabindex="0" role="region" aria-label=${say('as_table')}>
        <table class="plain-table">
          <thead>
            <tr><th scope="col">${say('day')}</th><th scope="col">${say('opened')}</th><th scope="col">${say('registered')}</th></tr>
          </thead>
          <tbody>
            ${perDay.map(({ day, opened, registered }) => html`<tr key=${day}><th scope="row">${calendarDay(day)}</th><td>${number(opened)}</td><td>${number(registered)}</td></tr>`)}
          </tbody>
        </table>
      </div>`;
