/**
 * The colours of the organization whose page this browser showed last, if it has its own. The sign-in opens from a mail in another tab, and
 * nobody can be asked yet whose it is.
 * @returns {import('../../calls/worker.js').Accent | null}
 */
export function lastAccent() {
  try {
    const accent = JSON.parse(localStorage.getItem('accent') ?? 'null');
    const isColor = (/** @type {unknown} */ text) => /^#[0-9a-f]{6}$/.test(String(text));
    const whole = [accent?.light, accent?.dark].every(
      (shades) => ['color', 'strong', 'soft'].every((name) => isColor(shades?.[name])) && ['color', 'strong', 'edge', 'text'].every((name) => isColor(shades?.button?.[name])),
    );
    return whole ? accent : null;
  } catch {
    // Storage is switched off, or holds what we didn't write.
    return null;
  }
}
