import type { DeviceOwner } from '@veinledger/client/device';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { withdrawalOf } from '../ledger/consents.js';
import type { Sent } from '../ledger/outbox.js';
import { OpenBy } from '../parts/opener.js';
import { Page } from '../parts/page.js';
import { to } from '../address/route.js';
import type { Session } from '../session/session.js';
import { plain, Say, useWords } from '../words/words.js';
import { SignedPage } from './signed.js';

/** What goes on, what stops and what stays, then one signature. */
export function StopPage(props: {
  readonly session: Session;
  readonly owner: DeviceOwner;
  readonly purpose: string;
  readonly hide: () => void;
}): ComponentChildren {
  const { session, owner, purpose, hide } = props;
  const { words } = useWords();
  const [sent, setSent] = useState<Sent>();
  const says = words.withdraw;
  const asked = words.purposes[purpose];
  const name = asked?.name ?? purpose;
  if (sent !== undefined) {
    return <SignedPage kind="stopped" {...{ sent, purpose, session, hide }} />;
  }
  return (
    <Page title={says.title(name)} back={to('choices')} hide={hide}>
      <p class="note now">
        <Say text={asked?.goesOn ?? words.signed.goesOn} />
        {words.gap}
        {says.why}
      </p>
      <section class="stack tight" aria-labelledby="stops">
        <h2 id="stops">{says.stops}</h2>
        <ul class="dots">
          {asked?.stops.map((each) => (
            <li key={each}>
              <Say text={each} />
            </li>
          ))}
        </ul>
      </section>
      <section class="stack tight" aria-labelledby="stays">
        <h2 id="stays">{says.stays}</h2>
        <ul class="dots">
          {says.kept.map((each) => (
            <li key={each}>
              <Say text={each} />
            </li>
          ))}
        </ul>
      </section>
      <OpenBy
        owner={owner}
        says={{
          ...words.sign,
          go: plain(says.go(name)),
          busy: words.sign.signing,
          hint: plain(asked?.goesOn ?? words.signed.goesOn),
        }}
        act={async (opener) => {
          setSent(await session.outbox.sign(opener, withdrawalOf(purpose), purpose));
        }}
      />
      <a class="btn quiet" href={to('choices')}>
        {says.leave}
      </a>
      <p class="small muted">{says.byWord}</p>
    </Page>
  );
}
