import { GatewayProblem } from '@veinledger/client';
import { DeviceError } from '@veinledger/client/device';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { isUnreachable } from '../ledger/remembered.js';
import type { Catalogue } from '../words/en.js';
import { useWords } from '../words/words.js';

/** The code of what went wrong, by which the catalogue has words. */
function codeOf(error: unknown): string {
  if (error instanceof DeviceError) return error.code;
  if (isUnreachable(error)) return 'UNREACHABLE';
  if (error instanceof GatewayProblem) {
    const [reason] = error.reasons;
    return reason?.code ?? error.code;
  }
  return 'OTHER';
}

/** What went wrong, in words that say what to do. */
export function wordsOf({ errors, enrol }: Catalogue, error: unknown): string {
  const code = codeOf(error);
  if (code.startsWith('ENROLMENT_CODE_')) return enrol.used;
  return errors[code] ?? errors['OTHER'] ?? code;
}

/** What is wrong, above the form; focus moves to it, and it leads to the field. */
export function Problem(props: {
  readonly says: string | undefined;
  /** id of the field that it is about */
  readonly field?: string | undefined;
}): ComponentChildren {
  const { says, field } = props;
  const { words } = useWords();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (says !== undefined) box.current?.focus();
  }, [says]);
  if (says === undefined) return null;
  const leads = (event: Event) => {
    event.preventDefault();
    if (field !== undefined) document.getElementById(field)?.focus();
  };
  return (
    <div class="errors stack tight" role="alert" tabIndex={-1} ref={box}>
      <h2>{words.problem}</h2>
      <ul class="dots">
        <li>
          {field === undefined ? (
            says
          ) : (
            <a href={`#${field}`} onClick={leads}>
              {says}
            </a>
          )}
        </li>
      </ul>
    </div>
  );
}
