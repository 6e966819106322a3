import { MIN_PASSPHRASE, type DeviceOwner, type Opener } from '@veinledger/client/device';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Field } from '../parts/field.js';
import { OpenBy } from '../parts/opener.js';
import { Page } from '../parts/page.js';
import { Problem } from '../parts/problem.js';
import { save } from '../parts/save.js';
import { State } from '../parts/state.js';
import { useWork } from '../parts/work.js';
import { to } from '../address/route.js';
import { useWords } from '../words/words.js';

const FIELD = 'file-passphrase';

/** A spare of the keys, as a file under a passphrase of its own. */
export function BackupPage(props: {
  readonly owner: DeviceOwner;
  /** opens the keys and gives the text of the file */
  readonly backUp: (opener: Opener, passphrase: string) => Promise<string>;
}): ComponentChildren {
  const { owner, backUp } = props;
  const { words } = useWords();
  const says = words.backup;
  const [passphrase, setPassphrase] = useState('');
  const [chosen, setChosen] = useState<string>();
  const [saved, setSaved] = useState(false);
  const work = useWork(words);
  const choose = (event: Event) => {
    event.preventDefault();
    if (Array.from(passphrase.normalize('NFKC')).length < MIN_PASSPHRASE) {
      work.fail(words.enrol.short);
      return;
    }
    setChosen(passphrase);
  };
  if (saved) {
    return (
      <Page title={says.title}>
        <p>
          <State is="ok">{says.saved}</State>
        </p>
        <a class="btn" href={to('today')}>
          {says.goOn}
        </a>
      </Page>
    );
  }
  return (
    <Page title={says.title} back={to('today')}>
      <p>{says.text}</p>
      {chosen === undefined ? (
        <form class="stack" onSubmit={choose}>
          <Problem says={work.problem} field={FIELD} />
          <Field
            id={FIELD}
            label={says.passphrase}
            hint={words.enrol.passphraseHint}
            wrong={work.problem}
            value={passphrase}
            secret
            autocomplete="new-password"
            onValue={setPassphrase}
          />
          <button type="submit" class="btn">
            {words.enrol.continue}
          </button>
        </form>
      ) : (
        <OpenBy
          owner={owner}
          says={{ ...words.open, go: says.make, busy: words.open.opening }}
          act={async (opener) => {
            save(await backUp(opener, chosen), says.fileName);
            setSaved(true);
          }}
        />
      )}
      <a class="btn quiet" href={to('today')}>
        {says.later}
      </a>
    </Page>
  );
}
