/** What a page shows, at every moment from its first on. */

/**
 * Runs in the page before anything of it: keeps each text that was ever in sight, or read out, in `globalThis.seen`, and hands each to
 * `globalThis.saw`, where there is that. `globalThis.inSight()` has the texts of the moment.
 */
export function keepWhatIsSeen() {
  const seen = new Set();
  const named = ['title', 'aria-label', 'placeholder', 'alt', 'width', 'height', 'y', 'data-label'];
  const inSight = () => {
    const there = new Set();
    if (!document.body) return there;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node instanceof Element ? node : node.parentElement;
      if (!element?.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const texts = node instanceof Element ? [...named.map((name) => node.getAttribute(name)), node instanceof HTMLInputElement && node.type !== 'password' ? node.value : null] : [node.textContent];
      for (const text of texts) if (text && text.trim() !== '') there.add(text.trim().replace(/\s+/g, ' '));
    }
    return there;
  };
  const look = () => {
    for (const text of inSight()) {
      if (seen.has(text)) continue;
      seen.add(text);
      globalThis.saw?.(text);
    }
  };
  Object.assign(globalThis, { seen, inSight });
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  const frame = () => {
    look();
    requestAnimationFrame(frame);
  };
  frame();
}

/** What stands in for something that is not there. */
const NOTHING = /\bNaN\b|\bundefined\b|\bnull\b|\[object|\bInfinity\b|Invalid Date|\{\w+\}/;

/** The texts that no page may show. @param {Iterable<string>} texts */
export const brokenTexts = (texts) => [...texts].filter((text) => NOTHING.test(text));

/** Runs in the page: headings, buttons, links and columns without a name. */
export function nameless() {
  const named = 'h1, h2, h3, h4, th, caption, legend, label, summary, dt, a, button, select option';
  const nameOf = (element) => element.getAttribute('aria-label') ?? (element.textContent.trim() || element.querySelector('[aria-label], input')?.outerHTML) ?? '';
  const chosenNothing = (element) => element instanceof HTMLOptionElement && element.value === '';
  return [...document.querySelectorAll(named)].filter((element) => nameOf(element).trim() === '' && !chosenNothing(element)).map((element) => element.outerHTML);
}

/** Runs in the page: ids that more than one element has, so that a label may belong to another's control. */
export function doubled() {
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  return [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))].map((id) => `two elements have the id ${id}`);
}

/** Waits until a page is whole: it has its heading, nothing is being fetched, and nothing says that it is. */
export async function whole(page) {
  await page.locator('h1').first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => !document.querySelector('.waiting, #failed'));
}
