import { useRef, useState } from 'preact/hooks';

/**
 * One run at a time: what is started while it runs is left, so that a double click sends once.
 * @returns {[boolean, (work: () => Promise<void>) => Promise<void>]} whether it runs, and what runs it
 */
export function useOnce() {
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  return [
    busy,
    async (work) => {
      if (running.current) return;
      running.current = true;
      setBusy(true);
      try {
        await work();
      } finally {
        running.current = false;
        setBusy(false);
      }
    },
  ];
}
