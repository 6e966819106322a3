import type { ComponentChildren } from 'preact';
import { Page } from '../parts/page.js';
import { to } from '../address/route.js';
import type { Numbers } from '../address/settings.js';
import { useWords } from '../words/words.js';

/** As it is dialled: without spaces. */
const dialled = (number: string) => `tel:${number.replace(/[^+\d]/gu, '')}`;

export function UnwellPage({ numbers }: { readonly numbers: Numbers }): ComponentChildren {
  const { words } = useWords();
  return (
    <Page title={words.unwellPage.title} back={to('today')}>
      <Help numbers={numbers} />
    </Page>
  );
}

/** Whom to call, and what to say to them. */
export function Help({ numbers }: { readonly numbers: Numbers }): ComponentChildren {
  const { words } = useWords();
  const { unwell, emergency } = numbers;
  const says = words.unwellPage;
  return (
    <>
      {unwell === undefined ? (
        <p class="large">{says.card}</p>
      ) : (
        <a class="btn" href={dialled(unwell)}>
          {says.call(unwell)}
          <small>{says.callHint}</small>
        </a>
      )}
      <p>
        {says.say}
        {emergency !== undefined && `${words.gap}${says.emergency(emergency)}`}
      </p>
    </>
  );
}

/** Somebody to talk with, and their number where the hospital gave one. */
export function CallLink({ number }: { readonly number: string | undefined }): ComponentChildren {
  if (number === undefined) return null;
  return <a href={dialled(number)}>{number}</a>;
}
