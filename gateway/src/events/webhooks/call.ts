import { createHash } from 'node:crypto';
import { canonicalise, type CalledToAct, type Next, type NextAct } from '@veinledger/domain';
import type { StoredHook } from './hook.js';
import type { MessageContent } from './message.js';

/** Somebody of an organisation who is called to act on something that waits in a therapy. */
export interface Call {
  /** the same as long as the same people are called, as the same, for the same reason */
  readonly id: string;
  readonly content: MessageContent;
}

/** Whom a hook's organisation has to act, of all who must act next in a therapy. */
export function callsIn(
  { coi, at, acts }: Next,
  { organisation, types }: Pick<StoredHook, 'organisation' | 'types'>,
): readonly Call[] {
  const isIts = (called: CalledToAct) =>
    called.organisation === organisation && (types?.includes(called.act) ?? true);
  return acts.flatMap((act) => {
    const asked = act.state === 'ended' ? [] : act.asked.filter(isIts);
    return asked.length > 0 ? [callOf(coi, at, { ...act, asked })] : [];
  });
}

function callOf(coi: string, timestamp: string, act: NextAct): Call {
  const { noun, subject, code, since, asked } = act;
  const named = canonicalise({ coi, noun, subject, code, since, asked });
  const id = `call-${createHash('sha256').update(named).digest('base64url')}`;
  const body = JSON.stringify({ type: 'call', timestamp, id, data: { coi, ...act } });
  return { id, content: { id, body } };
}
