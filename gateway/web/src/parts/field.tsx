import type { ComponentChildren, TargetedInputEvent } from 'preact';

/** A field with its label, its hint, and what is wrong with what was typed. */
export function Field(props: {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly wrong?: string | undefined;
  readonly value: string;
  /** a passphrase, which the browser's own keeper of them offers, or keeps when it is new */
  readonly secret?: 'current' | 'new';
  readonly onValue: (value: string) => void;
}): ComponentChildren {
  const { id, label, hint, wrong, value, secret, onValue } = props;
  const wrongId = `${id}-wrong`;
  const field = {
    id,
    value,
    autocomplete: secret === undefined ? 'off' : `${secret}-password`,
    autocapitalize: 'off',
    spellcheck: false,
    'aria-invalid': wrong !== undefined,
    'aria-describedby': wrong === undefined ? undefined : wrongId,
    onInput: (event: TargetedInputEvent<HTMLInputElement>) => onValue(event.currentTarget.value),
  } as const;
  return (
    <div class="stack tight">
      <label for={id}>
        {label}
        {hint !== undefined && <span class="hint">{hint}</span>}
      </label>
      {wrong !== undefined && (
        <p id={wrongId} class="st stop">
          {wrong}
        </p>
      )}
      {secret === undefined ? (
        <input type="text" {...field} />
      ) : (
        <input type="password" {...field} />
      )}
    </div>
  );
}
