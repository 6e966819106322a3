import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { to } from '../address/route.js';
import { plain, Say, useWords } from '../words/words.js';

/** A page: its way back, its ways to help, its title, which focus moves to, and its content. */
export function Page(props: {
  readonly title: string;
  /** the address of the page before it */
  readonly back?: string | undefined;
  /** whether the title is for those alone who do not see the page */
  readonly quietTitle?: boolean;
  readonly hide?: (() => void) | undefined;
  readonly children: ComponentChildren;
}): ComponentChildren {
  const { title, back, quietTitle = false, hide, children } = props;
  const { words, language } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${plain(title)} – ${words.name}`;
    document.documentElement.lang = language;
  }, [title, words, language]);
  useEffect(() => heading.current?.focus({ preventScroll: quietTitle }), [title, quietTitle]);
  return (
    <>
      <a class="skip" href="#main" onClick={skipTo}>
        {words.skip}
      </a>
      <header class="noprint">
        {back === undefined ? <strong>{words.name}</strong> : <a href={back}>{words.back}</a>}
        <nav aria-label={words.shortWays} class="row">
          <a href={to('unwell')}>{words.unwell}</a>
          {hide && (
            <button type="button" class="link" onClick={hide}>
              {words.hide}
            </button>
          )}
        </nav>
      </header>
      <main id="main" class="stack wide" tabIndex={-1}>
        <h1 ref={heading} tabIndex={-1} class={quietTitle ? 'vh' : undefined}>
          <Say text={title} />
        </h1>
        {children}
      </main>
      {words.draft !== '' && (
        <footer class="small muted">
          <p>{words.draft}</p>
        </footer>
      )}
    </>
  );
}

/** The address after `#` is the page's: the content is reached without changing it. */
function skipTo(event: Event): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
