import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { useWords } from '../words/words.js';

/** What stands there for others to see. */
export function HiddenPage({ show }: { readonly show: () => void }): ComponentChildren {
  const { words } = useWords();
  useEffect(() => {
    document.title = words.hiddenTitle;
  }, [words]);
  return (
    <main id="main" class="stack">
      <h1>{words.hiddenTitle}</h1>
      <p>{words.hiddenText}</p>
      <button type="button" class="btn quiet" onClick={show}>
        {words.openAgain}
      </button>
    </main>
  );
}
