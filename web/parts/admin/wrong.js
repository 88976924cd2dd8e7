/**
 * Puts the focus on the first field that is not right.
 * @param {HTMLElement | null} form
 * @param {unknown} problem why it was not taken; without one nothing moves
 */
export function focusWrong(form, problem) {
  if (problem === undefined) return;
  const control = /** @type {HTMLElement | null} */ (form?.querySelector('[aria-invalid="true"]') ?? null);
  const first = /** @type {HTMLElement | null} */ (control?.matches('fieldset') ? control.querySelector('input') : control);
  first?.focus();
}
