import type { ComponentChildren } from 'preact';
import { Forget } from '../parts/forget.js';
import { Page } from '../parts/page.js';
import { Problem } from '../parts/problem.js';
import { State } from '../parts/state.js';
import { useWork } from '../parts/work.js';
import { to } from '../address/route.js';
import { useWords } from '../words/words.js';

/** Keys that were the patient's and are no more: a no by them counts all the same. */
export function EndedPage(props: {
  readonly look: () => Promise<void>;
  readonly hide: () => void;
  /** makes room for the keys of a new code */
  readonly forget: () => Promise<void>;
}): ComponentChildren {
  const { look, hide, forget } = props;
  const { words } = useWords();
  const says = words.ended;
  const work = useWork(words);
  return (
    <Page title={says.title} hide={hide}>
      <Problem says={work.problem} />
      <p>
        <State is="hold">{words.errors['ACTOR_REVOKED']}</State>
      </p>
      <p>{says.notYou}</p>
      <a class="btn" href={to('stop')}>
        {words.withdraw.any}
      </a>
      <button type="button" class="btn quiet" onClick={() => work.run(look)}>
        {words.waiting.again}
      </button>
      <p role="status">{work.busy ? words.loading : ''}</p>
      <Forget summary={words.welcome.enrol} forget={forget} />
    </Page>
  );
}
