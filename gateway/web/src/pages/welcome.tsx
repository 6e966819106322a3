import type { ComponentChildren } from 'preact';
import { Page } from '../parts/page.js';
import { to } from '../address/route.js';
import { useWords } from '../words/words.js';

/** The first page on a device without keys. */
export function WelcomePage(): ComponentChildren {
  const { words } = useWords();
  const says = words.welcome;
  return (
    <Page title={says.title}>
      <p>{says.text}</p>
      <div class="stack">
        <a class="btn" href={to('enrol')}>
          {says.enrol}
        </a>
        <a class="btn quiet" href={to('restore')}>
          {says.restore}
        </a>
      </div>
      <p class="small muted">{says.wiped}</p>
    </Page>
  );
}
