/**
 * The shades of an accent colour that can be read, for the preview: computed as `shared/src/domain/accent.rs` does, which says
 * why. A list that both are tested by keeps them the same.
 */

/** @typedef {[number, number, number]} Rgb */
/** @typedef {import('../../../calls/organization.js').Shades} Shades */

const BLACK = /** @type {Rgb} */ ([0, 0, 0]);
const WHITE = /** @type {Rgb} */ ([255, 255, 255]);
const READABLE = 4.5;
const VISIBLE = 3;
const MOVES_TO_ITS_TEXT = 7;
const STEPS = 64;

/** @param {string} color @returns {Rgb} */
const rgb = (color) => /** @type {Rgb} */ ([1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16)));
/** @param {Rgb} color */
const hex = (color) => `#${color.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;

const LIGHT = ['#ffffff', '#f4f6f8', '#f6f8fa', '#e5f4eb', '#fdf2dc', '#fcebe9'].map(rgb);
const DARK = ['#181d23', '#101418', '#20262e', '#15291e', '#2d2413', '#351c1b'].map(rgb);

/** @param {Rgb} from @param {Rgb} to @param {number} step */
const mixed = (from, to, step) =>
  /** @type {Rgb} */ (from.map((channel, at) => Math.floor((channel * (STEPS - step) + (to[at] ?? 0) * step + STEPS / 2) / STEPS)));

/** @param {Rgb} color */
function luminance(color) {
  const [red = 0, green = 0, blue = 0] = color.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** @param {Rgb} one @param {Rgb} other */
function contrast(one, other) {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** @param {Rgb} color @param {Rgb} end @param {(shade: Rgb) => boolean} enough */
function nearest(color, end, enough) {
  let step = 0;
  while (step < STEPS && !enough(mixed(color, end, step))) step += 1;
  return mixed(color, end, step);
}

/** @param {Rgb} color @param {readonly Rgb[]} grounds @param {Rgb} end @returns {Shades} */
function shadesOn(color, grounds, end) {
  const softOf = (/** @type {Rgb} */ shade) => mixed(grounds[0] ?? WHITE, shade, Math.floor(STEPS / 12));
  const readable = (/** @type {Rgb} */ shade) => [...grounds, softOf(shade)].every((ground) => contrast(shade, ground) >= READABLE);
  const shade = nearest(color, end, readable);
  return { color: hex(shade), strong: hex(mixed(shade, end, STEPS / 4)), soft: hex(softOf(shade)), button: buttonOn(color, grounds, end) };
}

/** @param {Rgb} color @param {readonly Rgb[]} grounds @param {Rgb} end @returns {Shades['button']} */
function buttonOn(color, grounds, end) {
  const [text, opposite] = contrast(color, WHITE) >= contrast(color, BLACK) ? [WHITE, BLACK] : [BLACK, WHITE];
  const strong = contrast(color, text) >= MOVES_TO_ITS_TEXT ? mixed(color, text, Math.floor(STEPS / 6)) : mixed(color, opposite, STEPS / 4);
  const edge = nearest(color, end, (shade) => grounds.every((ground) => contrast(shade, ground) >= VISIBLE));
  return { color: hex(color), strong: hex(strong), edge: hex(edge), text: hex(text) };
}

/** Whether a text is a colour as the API takes it. @param {string} text */
export const isColor = (text) => /^#[0-9a-f]{6}$/i.test(text.trim());

/** @param {string} accent `#rrggbb` @returns {import('../../../calls/organization.js').Accent} */
export function shadesOf(accent) {
  const color = rgb(accent.trim());
  return { light: shadesOn(color, LIGHT, BLACK), dark: shadesOn(color, DARK, WHITE) };
}
