import { useEffect, useState } from 'preact/hooks';

/** Where the reader is: the words after `#/`, decoded. */
export type Route = readonly [page: string, ...rest: string[]];

function current(): Route {
  const [page = 'today', ...rest] = location.hash
    .replace(/^#\/?/u, '')
    .split('/')
    .filter((each) => each !== '')
    .map(decodeURIComponent);
  return [page, ...rest];
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
