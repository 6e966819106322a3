import { z } from 'zod';
import { type Command, defineFact } from '../commands/command.js';
import { type Context, type FactDecision, Recording } from '../commands/decision.js';
import { code, instant, localId, lotId } from '../values/identifiers.js';
import { signedBy } from '../nouns/signed.js';
import type { Lot } from '../nouns/lot.js';
import type { Run } from '../nouns/run.js';

export const registerLot = defineFact({
  type: 'manufacturing:RegisterLot',
  roles: ['operator', 'lab', 'quality'],
  signature: 'delegable',
  annexes: [],
  body: z.strictObject({ lot: lotId, kind: code, expiry: instant }),
  scope: (body) => ({ kind: 'lot', id: body.lot }),
});

/** A reagent or vector lot arrived. A second registration that says otherwise deviates, and the first stays. */
export function decideRegisterLot(
  state: { readonly existing: Lot | undefined },
  command: Command<z.infer<typeof registerLot.body>>,
  context: Context,
): FactDecision {
  const { body } = command;
  const recording = new Recording(command, context);
  const { existing } = state;
  if (existing) {
    if (existing.kind !== body.kind || existing.expiry !== body.expiry) {
      recording.deviate({
        code: 'LOT_CONTRADICTED',
        classification: 'major',
        expected: `${existing.kind}, ${existing.expiry}`,
        found: `${body.kind}, ${body.expiry}`,
      });
    }
    return recording.done();
  }
  const { organisation } = context.actor;
  const lot: Lot = {
    noun: 'lot',
    id: body.lot,
    kind: body.kind,
    expiry: body.expiry,
    registered: signedBy(command, context),
    organisation,
  };
  return recording.put(lot).done();
}

export const registerRun = defineFact({
  type: 'manufacturing:RegisterRun',
  roles: ['lab', 'operator'],
  signature: 'device',
  annexes: [],
  body: z.strictObject({ run: localId, flowCell: localId, instrument: localId }),
  scope: (body) => ({ kind: 'run', id: body.run }),
});

/** A sequencing run was set up, which several therapies may share. */
export function decideRegisterRun(
  state: { readonly existing: Run | undefined },
  command: Command<z.infer<typeof registerRun.body>>,
  context: Context,
): FactDecision {
  const { body } = command;
  const recording = new Recording(command, context);
  if (state.existing) {
    return recording
      .deviate({ code: 'IDENTIFIER_TAKEN', classification: 'major', found: body.run })
      .done();
  }
  const run: Run = {
    noun: 'run',
    id: body.run,
    flowCell: body.flowCell,
    instrument: body.instrument,
    registered: signedBy(command, context),
    organisation: context.actor.organisation,
  };
  return recording.put(run).done();
}
