/**
 * Puts the focus on an element that is there once what has changed is shown.
 * @param {string} id
 */
export const focusSoon = (id) => requestAnimationFrame(() => document.getElementById(id)?.focus());
