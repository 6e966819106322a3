import { useEffect } from 'preact/hooks';

/** After so long without a touch the content hides, milliseconds. */
const HIDES_AFTER_MS = 5 * 60_000;
const TOUCHES = ['pointerdown', 'keydown', 'scroll'] as const;

/** Hides the content when nobody has touched the page for a while, also where the phone slept and its timers with it. */
export function useHiding(shown: boolean, hide: () => void): void {
  useEffect(() => {
    if (!shown) return undefined;
    let last = Date.now();
    let timer = setTimeout(hide, HIDES_AFTER_MS);
    const look = () => {
      if (Date.now() - last >= HIDES_AFTER_MS) hide();
    };
    const touched = () => {
      look();
      last = Date.now();
      clearTimeout(timer);
      timer = setTimeout(hide, HIDES_AFTER_MS);
    };
    for (const each of TOUCHES) addEventListener(each, touched, { passive: true });
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(timer);
      for (const each of TOUCHES) removeEventListener(each, touched);
      document.removeEventListener('visibilitychange', look);
    };
  }, [shown, hide]);
}
