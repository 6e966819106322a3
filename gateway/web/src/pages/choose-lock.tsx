import { MIN_PASSPHRASE, type Opener } from '@veinledger/client/device';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { hasPasskeys, makePasskey } from '../device/passkey.js';
import { Field } from '../parts/field.js';
import { useLoaded } from '../parts/loaded.js';
import { Page } from '../parts/page.js';
import { Problem } from '../parts/problem.js';
import { useWork } from '../parts/work.js';
import { useWords } from '../words/words.js';

/** How the keys will be opened: as the device knows its user, or by a passphrase. */
export function ChooseLock(props: {
  readonly make: (opener: Opener) => Promise<void>;
}): ComponentChildren {
  const { make } = props;
  const { words } = useWords();
  const says = words.enrol;
  const [passphrase, setPassphrase] = useState('');
  const [repeated, setRepeated] = useState('');
  const [wrong, setWrong] = useState<{ readonly field: string; readonly says: string }>();
  const work = useWork(words);
  const passkeys = useLoaded(words, hasPasskeys, []);
  const byPasskey = () =>
    work.run(async () => make({ kind: 'passkey', secret: await makePasskey(words.name) }));
  const byPassphrase = (event: Event) => {
    event.preventDefault();
    const fault = faultOf(passphrase, repeated, says);
    setWrong(fault);
    if (fault === undefined) work.run(() => make({ kind: 'passphrase', passphrase }));
  };
  const has = passkeys.state === 'here' && passkeys.value;
  const wrongAt = (field: string) => (wrong?.field === field ? wrong.says : undefined);
  return (
    <Page title={says.lockTitle}>
      <p>{says.lockText}</p>
      <Problem says={work.problem ?? wrong?.says} field={wrong?.field} />
      {has && (
        <>
          <button type="button" class="btn" onClick={byPasskey}>
            {says.passkey}
          </button>
          <h2>{says.or}</h2>
        </>
      )}
      <form class="stack" onSubmit={byPassphrase}>
        <Field
          id="passphrase"
          label={says.passphrase}
          hint={says.passphraseHint}
          wrong={wrongAt('passphrase')}
          value={passphrase}
          secret
          autocomplete="new-password"
          onValue={setPassphrase}
        />
        <Field
          id="repeated"
          label={says.repeat}
          wrong={wrongAt('repeated')}
          value={repeated}
          secret
          autocomplete="new-password"
          onValue={setRepeated}
        />
        <button type="submit" class="btn quiet">
          {says.make}
        </button>
      </form>
      <p role="status">{work.busy ? says.making : ''}</p>
    </Page>
  );
}

function faultOf(
  passphrase: string,
  repeated: string,
  says: { readonly short: string; readonly different: string },
) {
  if (Array.from(passphrase.normalize('NFKC')).length < MIN_PASSPHRASE) {
    return { field: 'passphrase', says: says.short };
  }
  return passphrase === repeated ? undefined : { field: 'repeated', says: says.different };
}
