import { useEffect, useState } from 'preact/hooks';
import type { Catalogue } from '../words/en.js';
import { wordsOf } from './problem.js';

/** What is being read: nothing yet, what came, or what went wrong in words. */
export type Loaded<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'here'; readonly value: T }
  | { readonly state: 'failed'; readonly says: string };

/** Reads when the page opens, and again when what it depends on is another. */
export function useLoaded<T>(
  words: Catalogue,
  read: () => Promise<T>,
  dependsOn: readonly unknown[],
): Loaded<T> {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: 'loading' });
  useEffect(() => {
    let wanted = true;
    read().then(
      (value) => wanted && setLoaded({ state: 'here', value }),
      (error: unknown) => wanted && setLoaded({ state: 'failed', says: wordsOf(words, error) }),
    );
    return () => void (wanted = false);
  }, dependsOn);
  return loaded;
}
