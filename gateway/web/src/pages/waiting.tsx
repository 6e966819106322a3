import type { ComponentChildren } from 'preact';
import { Page } from '../parts/page.js';
import { Problem } from '../parts/problem.js';
import { useWork } from '../parts/work.js';
import { to } from '../address/route.js';
import { useWords } from '../words/words.js';

/** Between the device's keys and the registrar's signature. */
export function WaitingPage(props: {
  /** sends the keys once more; left out where the hospital has them */
  readonly send: (() => Promise<void>) | undefined;
  readonly look: () => Promise<void>;
}): ComponentChildren {
  const { send, look } = props;
  const { words } = useWords();
  const says = words.waiting;
  const work = useWork(words);
  return (
    <Page title={says.title}>
      <Problem says={work.problem} />
      <p>{send ? says.notSent : says.text}</p>
      <button type="button" class="btn" onClick={() => work.run(send ?? look)}>
        {send ? says.send : says.again}
      </button>
      <p role="status">{work.busy ? words.loading : ''}</p>
      <p>
        <a href={to('backup')}>{words.today.backup}</a>
      </p>
    </Page>
  );
}
