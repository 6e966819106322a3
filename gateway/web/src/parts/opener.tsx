import type { DeviceOwner, Opener } from '@veinledger/client/device';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { usePasskey } from '../device/passkey.js';
import { useWords } from '../words/words.js';
import { Field } from './field.js';
import { Problem } from './problem.js';
import { useWork } from './work.js';

const FIELD = 'passphrase';

/** Has the reader show that it is them: by passkey, by passphrase, or by either. */
export function OpenBy(props: {
  readonly owner: DeviceOwner;
  readonly says: {
    readonly passkey: string;
    readonly passphrase: string;
    readonly go: string;
    readonly busy: string;
    /** what goes on all the same, under the button's words */
    readonly hint?: string;
  };
  readonly act: (opener: Opener) => Promise<void>;
}): ComponentChildren {
  const { owner, says, act } = props;
  const { words } = useWords();
  const [passphrase, setPassphrase] = useState('');
  const work = useWork(words);
  const byPasskey = () =>
    work.run(async () => {
      const secret = await usePasskey(owner.passkeys);
      await act({ kind: 'passkey', secret });
    });
  const byPassphrase = (event: Event) => {
    event.preventDefault();
    work.run(() => act({ kind: 'passphrase', passphrase }));
  };
  const hint = says.hint !== undefined && <small>{says.hint}</small>;
  return (
    <div class="stack">
      <Problem says={work.problem} field={owner.passphrase ? FIELD : undefined} />
      {owner.passkeys.length > 0 && (
        <button type="button" class="btn" onClick={byPasskey}>
          {says.passkey}
          {hint}
        </button>
      )}
      {owner.passphrase && (
        <form class="stack" onSubmit={byPassphrase}>
          <Field
            id={FIELD}
            label={says.passphrase}
            value={passphrase}
            secret
            autocomplete="current-password"
            onValue={setPassphrase}
          />
          <button type="submit" class="btn">
            {says.go}
            {hint}
          </button>
        </form>
      )}
      <p role="status">{work.busy ? says.busy : ''}</p>
    </div>
  );
}
