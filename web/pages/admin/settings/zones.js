/** The zones that this browser knows, and those of the settings beside them. */

/** @param {string} zone */
export function zones(zone) {
  const known = Intl.supportedValuesOf('timeZone');
  return [...new Set([...known, 'UTC', zone])].sort();
}

/**
 * What the clocks of a zone show; nothing for what is no zone here.
 * @param {string} zone
 * @param {string} language
 */
export function clockOf(zone, language) {
  try {
    return new Intl.DateTimeFormat(language, { timeStyle: 'short', timeZone: zone }).format(new Date());
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
