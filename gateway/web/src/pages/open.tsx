import type { DeviceOwner, Opener } from '@veinledger/client/device';
import type { ComponentChildren } from 'preact';
import { OpenBy } from '../parts/opener.js';
import { Page } from '../parts/page.js';
import { useWords } from '../words/words.js';

/** Opens the keys that this device has. */
export function OpenPage(props: {
  readonly owner: DeviceOwner;
  readonly open: (opener: Opener) => Promise<void>;
  readonly forget: () => void;
}): ComponentChildren {
  const { owner, open, forget } = props;
  const { words } = useWords();
  const says = words.open;
  return (
    <Page title={says.title}>
      <OpenBy owner={owner} says={{ ...says, busy: says.opening }} act={open} />
      <details>
        <summary>{says.forgotten}</summary>
        <div class="stack">
          <p>{says.forgottenText}</p>
          <button type="button" class="btn quiet" onClick={forget}>
            {says.forget}
          </button>
        </div>
      </details>
    </Page>
  );
}
