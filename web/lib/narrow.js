import { useEffect, useState } from 'preact/hooks';

/** Where rows are cards; the style sheets have the same width. */
const NARROW = '(max-width: 44rem)';

/** Whether the window is as narrow as a phone's. */
export function useNarrow() {
  const [narrow, setNarrow] = useState(() => matchMedia(NARROW).matches);
  useEffect(() => {
    const query = matchMedia(NARROW);
    const changed = () => setNarrow(query.matches);
    changed();
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  }, []);
  return narrow;
}
