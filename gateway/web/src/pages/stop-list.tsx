import type { ComponentChildren } from 'preact';
import { Page } from '../parts/page.js';
import { to } from '../address/route.js';
import { Say, useWords } from '../words/words.js';

/** Every purpose, to stop it also where what was said of it cannot be read. */
export function StopListPage({ hide }: { readonly hide: () => void }): ComponentChildren {
  const { words } = useWords();
  const says = words.withdraw;
  return (
    <Page title={says.any} back={to('today')} hide={hide}>
      <p>{says.anyText}</p>
      <ul class="links">
        {Object.entries(words.purposes).map(([purpose, { name }]) => (
          <li key={purpose}>
            <a href={to('stop', purpose)}>
              <Say text={name} />
            </a>
          </li>
        ))}
      </ul>
      <p class="small muted">{says.byWord}</p>
    </Page>
  );
}
