import { useEffect, useState } from 'preact/hooks';

/** Where the reader is: the words after `#/`, decoded. */
export type Route = readonly [page: string, ...rest: string[]];

function current(): Route {
  const [page = 'today', ...rest] = wordsIn(location.hash);
  return [page, ...rest];
}

/** None where the address was cut off or written by hand: it leads to the front page. */
function wordsIn(hash: string): readonly string[] {
  const written = hash.replace(/^#\/?/u, '').split('/');
  try {
    return written.filter((each) => each !== '').map(decodeURIComponent);
  } catch {
    return [];
  }
}

export function useRoute(): Route {
  const [route, setRoute] = useState(current);
  useEffect(() => {
    const changed = () => setRoute(current());
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return route;
}

/** The address of a page. */
export function to(...route: readonly string[]): string {
  return `#/${route.map(encodeURIComponent).join('/')}`;
}

export function goTo(...route: readonly string[]): void {
  location.hash = to(...route);
}
