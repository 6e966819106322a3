import type { ComponentChildren } from 'preact';
import { Forget } from '../parts/forget.js';
import { Page } from '../parts/page.js';
import { Problem, wordsOf } from '../parts/problem.js';
import { useWords } from '../words/words.js';

/** Keys are here, and this page cannot read what they are: damaged, or written by a later version of it. */
export function UnreadablePage(props: {
  readonly fault: unknown;
  readonly forget: () => Promise<void>;
}): ComponentChildren {
  const { words } = useWords();
  return (
    <Page title={words.open.title}>
      <Problem says={wordsOf(words, props.fault)} />
      <Forget summary={words.open.forgotten} forget={props.forget} />
    </Page>
  );
}
