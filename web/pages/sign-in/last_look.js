/**
 * The colours and the logo of the organization whose page this browser showed last, as far as it has its own. The sign-in opens from a
 * mail in another tab, and nobody can be asked yet whose it is.
 * @returns {import('../../lib/page.js').Look}
 */
export function lastLook() {
  try {
    const { accent, logo } = JSON.parse(localStorage.getItem('look') ?? '{}');
    return { accent: isAccent(accent) ? accent : null, logo: isLogo(logo) ? logo : null };
  } catch {
    // Storage is switched off, or holds what we didn't write.
    return { accent: null, logo: null };
  }
}

/** @param {unknown} text */
const isColor = (text) => /^#[0-9a-f]{6}$/.test(String(text));

/** @param {any} accent */
const isAccent = (accent) =>
  [accent?.light, accent?.dark].every(
    (shades) => ['color', 'strong', 'soft'].every((name) => isColor(shades?.[name])) && ['color', 'strong', 'edge', 'text'].every((name) => isColor(shades?.button?.[name])),
  );

/** Whether it is a logo of ours. @param {any} logo */
const isLogo = (logo) =>
  typeof logo?.url === 'string' && logo.url.startsWith(`${location.origin}/v1/logos/`) && [logo.width, logo.height].every(Number.isInteger);
