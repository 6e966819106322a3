import {
  type EnrolmentInvitation,
  type Opener,
  readEnrolmentCode,
  readInvitation,
  writeEnrolmentCode,
} from '@veinledger/client/device';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Field } from '../parts/field.js';
import { Page } from '../parts/page.js';
import { Problem } from '../parts/problem.js';
import { useWork } from '../parts/work.js';
import { to } from '../address/route.js';
import { gatewayUrl } from '../address/settings.js';
import { useWords } from '../words/words.js';
import { ChooseLock } from './choose-lock.js';

const FIELD = 'code';

/** A code that opens, and what for. */
interface Invited {
  readonly code: string;
  readonly invitation: EnrolmentInvitation;
}

/** One question a page: the code, then how the keys will be opened. */
export function EnrolPage(props: {
  /** a code that came with the address, of a scanned picture */
  readonly scanned: string | undefined;
  readonly make: (invited: Invited, opener: Opener) => Promise<void>;
}): ComponentChildren {
  const { scanned, make } = props;
  const [invited, setInvited] = useState<Invited>();
  if (invited === undefined) return <AskCode scanned={scanned} found={setInvited} />;
  return <ChooseLock make={(opener) => make(invited, opener)} />;
}

function AskCode(props: {
  readonly scanned: string | undefined;
  readonly found: (invited: Invited) => void;
}): ComponentChildren {
  const { scanned = '', found } = props;
  const { words } = useWords();
  const says = words.enrol;
  const read = readEnrolmentCode(scanned);
  const [typed, setTyped] = useState(read === undefined ? scanned : writeEnrolmentCode(read));
  const work = useWork(words);
  const next = (event: Event) => {
    event.preventDefault();
    const code = readEnrolmentCode(typed);
    if (code === undefined) {
      work.fail(says.mistyped);
      return;
    }
    work.run(async () => found({ code, invitation: await readInvitation(gatewayUrl(), code) }));
  };
  return (
    <Page title={says.title} back={to()}>
      <form class="stack" onSubmit={next}>
        <Problem says={work.problem} field={FIELD} />
        <Field
          id={FIELD}
          label={says.label}
          hint={says.hint}
          wrong={work.problem}
          value={typed}
          onValue={setTyped}
        />
        <button type="submit" class="btn">
          {says.continue}
        </button>
        <p role="status">{work.busy ? words.loading : ''}</p>
      </form>
    </Page>
  );
}
