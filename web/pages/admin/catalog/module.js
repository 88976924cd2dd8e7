/** Whether an address is one that the API takes. @param {string} url */
function isHttps(url) {
  try {
    const { protocol, username, password } = new URL(url);
    return protocol === 'https:' && username === '' && password === '' && url.length <= 2000;
  } catch {
    return false;
  }
}

/**
 * Which fields of a module are not right.
 * @param {{ title: string, url: string }} module
 * @returns {Record<string, string>}
 */
export const wrongIn = ({ title, url }) => ({ ...(title === '' && { title: '' }), ...(!isHttps(url) && { url: '' }) });
