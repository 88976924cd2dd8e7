/**
 * A mail domain as it is compared: in lower-case ASCII, whatever script it is typed in.
 * @param {string} domain
 */
export function asciiOf(domain) {
  const url = `http://${domain}`;
  return /[/?#:@\\]/.test(domain) || !URL.canParse(url) ? domain.toLowerCase() : new URL(url).hostname;
}
