import type { DeviceOwner, Opener } from '@veinledger/client/device';
import type { ComponentChildren } from 'preact';
import { Forget } from '../parts/forget.js';
import { OpenBy } from '../parts/opener.js';
import { Page } from '../parts/page.js';
import { useWords } from '../words/words.js';

/** Opens the keys that this device has. */
export function OpenPage(props: {
  readonly owner: DeviceOwner;
  readonly open: (opener: Opener) => Promise<void>;
  readonly forget: () => Promise<void>;
}): ComponentChildren {
  const { owner, open, forget } = props;
  const { words } = useWords();
  const says = words.open;
  return (
    <Page title={says.title}>
      <OpenBy owner={owner} says={{ ...says, busy: says.opening }} act={open} />
      <Forget summary={says.forgotten} forget={forget} />
    </Page>
  );
}
