/**
 * A moment, in words, as the clocks of a zone show it.
 * @param {string} instant RFC 3339
 * @param {string} language
 * @param {string | undefined} zone an IANA name; the reader's own without one
 */
export function inWords(instant, language, zone) {
  return new Intl.DateTimeFormat(language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone: zone,
  }).format(new Date(instant));
}

/**
 * The zone that a local time of the API is in: `2026-12-01 23:59 Europe/Berlin`.
 * @param {string | null | undefined} local
 */
export function zoneOf(local) {
  const zone = local?.split(' ')[2];
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch (error) {
    // The API knows a zone that this browser does not: its own is better than none.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
