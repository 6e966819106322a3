import { z } from 'zod';
import { ofDerivation } from '../annulling/custody.js';
import { type Command, therapyScope } from '../commands/command.js';
import { defineFact } from '../commands/define.js';
import { heldOf } from '../commands/held.js';
import { type Context, type FactDecision, Recording, saidAgain } from '../commands/decision.js';
import { noteConsent, readUseByFact, type UseByFact } from '../consent/fact.js';
import { code, coi, itemId } from '../values/identifiers.js';
import { type Begun, isIrreversible, wasPermitted } from '../gates/irreversible.js';
import type { Reader } from '../commands/reader.js';
import type { Item } from '../nouns/item.js';
import type { StepAttempt } from '../nouns/step.js';
import type { DecisionToGoOn } from '../nouns/decision.js';
import type { Deviation } from '../nouns/deviation.js';
import { type ProcessDefinition, purposesOf } from '../nouns/process-definition.js';
import { CUSTODIANS } from '../values/roles.js';
import { effectiveOf, signedBy } from '../nouns/signed.js';
import type { Therapy } from '../nouns/therapy.js';
import { readAlias } from './alias.js';
import { readMet } from './identify.js';
import { produceItems } from './produce.js';
import { isSaidAgain } from './said.js';
import { admitItem, noteHolder, noteInCustody, reportedOf } from './resolve.js';
import type { NamedItem } from '../nouns/named-item.js';
import { earlier } from '../values/time.js';
import { itemNamed } from '../standing/claim.js';
import { ofCustodian } from '../standing/custody.js';

/** The most items that one command makes of others. */
const MAX_CHILDREN = 100;

/**
 * Each child's record names each parent. Within both limits a command fits into a transaction of 500 KB even where
 * every identifier is taken, which writes most: a fact is not refused for that.
 */
const MAX_LINKS = 1500;

const deriveItemBody = z
  .strictObject({
    coi,
    /** several children of one parent, one of several, or one of one */
    operation: z.enum(['split', 'pool', 'prepare']),
    parents: z
      .array(z.strictObject({ item: itemId, consumed: z.boolean() }))
      .min(1)
      .max(50),
    children: z
      .array(z.strictObject({ item: itemId, alias: itemId.optional(), kind: code }))
      .min(1)
      .max(MAX_CHILDREN),
  })
  .refine(({ parents, children }) => parents.length * children.length <= MAX_LINKS, {
    path: ['children'],
    message: `at most ${MAX_LINKS} pairs of a parent and a child`,
  });

export const deriveItem = defineFact({
  type: 'custody:DeriveItem',
  roles: CUSTODIANS,
  signature: 'delegable',
  annexes: [],
  body: deriveItemBody,
  scope: therapyScope,
  reads: async (reader, { body }, context) => {
    const therapy = await reader.therapy(body.coi);
    const { definition } = await reader.processOf(therapy);
    const kinds = body.children.map(({ kind }) => kind);
    const children = await Promise.all(
      body.children.map(({ item }) => reader.given(body.coi, item)),
    );
    return {
      therapy,
      children,
      unidentified: await readMet(reader, children),
      definition,
      decisions: await reader.range('decision', { coi: body.coi }),
      permitted: await readPermitted(reader, body.coi, definition, kinds),
      parents: await Promise.all(body.parents.map(({ item }) => reader.named(body.coi, item))),
      aliases: await Promise.all(body.children.map((child) => readAlias(reader, body.coi, child))),
      use: await readUseByFact(reader, therapy.patient, {
        purposes: purposesOf(definition, 'custody:DeriveItem', kinds),
        dataClasses: ['sample'],
        to: context.actor.organisation,
      }),
    };
  },
  standing: ({ therapy, parents }, { body }, context) => {
    const other = parents.find((named) => !ofCustodian(reportedOf(therapy, named), context));
    return other && { subject: itemNamed(body.coi, other), claim: 'tampering' };
  },
  annulling: ofDerivation,
  decide: decideDerive,
});
type Body = z.infer<typeof deriveItemBody>;

export interface DeriveState {
  readonly therapy: Therapy;
  readonly definition: ProcessDefinition;
  readonly parents: readonly NamedItem[];
  readonly children: readonly NamedItem[];
  readonly unidentified: readonly Deviation[];
  /** what stands under the other number on each child's label */
  readonly aliases?: readonly (NamedItem | undefined)[];
  readonly use: UseByFact;
  /** the steps that cannot be undone by which this is done, with their attempts */
  readonly permitted?: readonly Permitted[];
  readonly decisions?: readonly DecisionToGoOn[];
}

interface Permitted {
  readonly step: string;
  readonly attempts: readonly StepAttempt[];
}

function readPermitted(
  reader: Reader,
  coi: string,
  { steps }: ProcessDefinition,
  kinds: readonly string[],
): Promise<readonly Permitted[]> {
  const irreversible = steps.filter(
    (step) =>
      step.attestedBy === 'custody:DeriveItem' &&
      isIrreversible(step) &&
      step.outputs.some((kind) => kinds.includes(kind)),
  );
  return Promise.all(
    irreversible.map(async ({ id: step }) => ({
      step,
      attempts: await reader.range('step', { coi, step }),
    })),
  );
}

/** Items became other items. The children's lineage names every parent, whatever therapy it belongs to. */
export function decideDerive(
  state: DeriveState,
  command: Command<Body>,
  context: Context,
): FactDecision {
  if (isSameDerivation(state, command.body, context)) return saidAgain();
  const recording = new Recording(command, context);
  const parents = state.parents.map((named) =>
    admitItem(recording, reportedOf(state.therapy, named), command, context),
  );
  const opens = command.body.operation === 'prepare';
  const began = effectiveOf(signedBy(command, context));
  const held = heldOf(command, context);
  parents.forEach((parent, index) => {
    noteHolder(recording, parent, context);
    const here = noteInCustody(recording, parent);
    const consumed = command.body.parents[index]?.consumed === true;
    if (!here || !(consumed || opens)) return;
    recording.put({
      ...parent,
      ...(consumed ? { custody: 'consumed' } : {}),
      ...(opens ? { inUseSince: earlier(parent.inUseSince ?? began, began) } : {}),
    });
  });
  const children = state.children.map((named, index) => ({
    named,
    alias: state.aliases?.[index],
    kind: command.body.children[index]?.kind ?? 'unidentified',
  }));
  const made = produceItems(
    recording,
    { ...state, parents, opens, divides: !opens },
    children,
    command,
    context,
  );
  if (opens) notePermission(recording, state, parents, made, { began, held });
  noteConsent(recording, state.use, command, context, made.length > 0 ? made : parents);
  return recording.done();
}

/** What cannot be undone and nobody was permitted to begin is looked at before anybody is given it (A10). */
function notePermission(
  recording: Recording,
  { definition, permitted = [] }: DeriveState,
  parents: readonly Item[],
  made: readonly Item[],
  begun: Begun,
): void {
  const subjects = made.length > 0 ? made : parents;
  for (const { step, attempts } of permitted)
    for (const parent of parents) {
      if (wasPermitted(definition, attempts, parent.id, begun)) continue;
      const expected = `a permission to begin ${step}`;
      recording.deviate(
        { code: 'IRREVERSIBLE_NOT_PERMITTED', classification: 'critical', expected },
        ...subjects,
      );
    }
}

/** Whether the same person said before that these came of those. */
function isSameDerivation(state: DeriveState, body: Body, context: Context): boolean {
  const parents = state.parents.map(({ id }) => id).sort();
  return state.children.every((named, index) => {
    if (named.known !== 'own' || named.item.producedBy || named.item.collected) return false;
    const { kind, signatures, parents: of } = named.item;
    const [by] = signatures;
    const before = by && { by, words: { kind, parents: of.map(({ id }) => id).sort() } };
    return isSaidAgain(before, { kind: body.children[index]?.kind, parents }, context);
  });
}
