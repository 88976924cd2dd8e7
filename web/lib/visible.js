/** What the API takes for a character that does not show. How an emoji or an ideograph is drawn is part of it. */
const SHOWN = /[\p{Cc}\p{Cf}\u034F\u115F\u1160\u17B4\u17B5\u180B-\u180F\u2028\u2029\u2065\u2800\u3164\uFFA0\uFFF0-\uFFFB\u{E0000}-\u{E0FFF}]|(?<![^\u0000-\u007F])[\uFE00-\uFE0F]/gu;

/**
 * A text in which what does not show is written out.
 * @param {string} text
 */
export const visible = (text) => text.replace(SHOWN, (c) => `⟨U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`);
