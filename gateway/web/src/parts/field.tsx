import type { ComponentChildren, TargetedInputEvent } from 'preact';

/** A field with its label, its hint, and what is wrong with what was typed. */
export function Field(props: {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly wrong?: string | undefined;
  readonly value: string;
  readonly secret?: boolean;
  readonly autocomplete?: string;
  readonly onValue: (value: string) => void;
}): ComponentChildren {
  const { id, label, hint, wrong, value, secret = false, autocomplete = 'off', onValue } = props;
  const wrongId = `${id}-wrong`;
  const field = {
    id,
    value,
    autocomplete,
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
      {secret ? <input type="password" {...field} /> : <input type="text" {...field} />}
    </div>
  );
}
