import { useRef } from 'preact/hooks';

/**
 * Idempotency keys of a form: the same under the same key, so that it is done once however often it is sent; something else under another.
 * @returns {(sent: object) => string}
 */
export function useKeys() {
  const keys = useRef(/** @type {Map<string, string>} */ (new Map()));
  return (sent) => {
    const said = JSON.stringify(sent);
    const key = keys.current.get(said) ?? crypto.randomUUID();
    keys.current.set(said, key);
    return key;
  };
}
