import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Field } from '../parts/field.js';
import { Page } from '../parts/page.js';
import { Problem } from '../parts/problem.js';
import { useWork } from '../parts/work.js';
import { to } from '../address/route.js';
import { useWords } from '../words/words.js';

/** Takes keys from a backup onto this device. */
export function RestorePage(props: {
  readonly restore: (file: string, passphrase: string) => Promise<void>;
}): ComponentChildren {
  const { restore } = props;
  const { words } = useWords();
  const says = words.restore;
  const [passphrase, setPassphrase] = useState('');
  const picked = useRef<HTMLInputElement>(null);
  const work = useWork(words);
  const go = (event: Event) => {
    event.preventDefault();
    const file = picked.current?.files?.[0];
    if (file === undefined) {
      work.fail(says.missing);
      return;
    }
    work.run(async () => restore(await file.text(), passphrase));
  };
  return (
    <Page title={says.title} back={to()}>
      <form class="stack" onSubmit={go}>
        <Problem says={work.problem} field="file" />
        <div class="stack tight">
          <label for="file">
            {says.file}
            <span class="hint">{says.hint}</span>
          </label>
          <input id="file" type="file" accept="application/json,.json" ref={picked} />
        </div>
        <Field
          id="passphrase"
          label={says.passphrase}
          hint={says.after}
          value={passphrase}
          secret
          autocomplete="current-password"
          onValue={setPassphrase}
        />
        <button type="submit" class="btn">
          {says.go}
        </button>
        <p role="status">{work.busy ? words.open.opening : ''}</p>
      </form>
    </Page>
  );
}
