import { z } from 'zod';
import { ofRelease } from '../annulling/custody.js';
import { type Command, therapyScope } from '../commands/command.js';
import { defineFact } from '../commands/define.js';
import { type Context, type FactDecision, Recording, saidAgain } from '../commands/decision.js';
import {
  code,
  coi,
  itemId,
  localId,
  organisationId,
  sealNumber,
  sscc,
} from '../values/identifiers.js';
import { noteConsent, readUseByFact, type UseByFact } from '../consent/fact.js';
import { CUSTODIANS } from '../values/roles.js';
import { signedBy } from '../nouns/signed.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import type { Therapy } from '../nouns/therapy.js';
import { reasonsOfRelabelling } from '../gates/blocks.js';
import type { HandOff, Release } from '../nouns/hand-off.js';
import { holderOf, signItem } from './holder.js';
import type { Item } from '../nouns/item.js';
import { labelAgainst } from './label.js';
import { labelRead } from '../values/label.js';
import { admitItem, noteHolder, noteInCustody, reportedOf } from './resolve.js';
import type { NamedItem } from '../nouns/named-item.js';
import { condition, identityCheck, purpose } from '../values/words.js';
import { readHandOff } from './reported-item.js';
import { noteReturn } from './returned.js';
import { isSaidAgain, sealsOf } from './said.js';
import { alarmUnless, claimOfHandOver, itemNamed } from '../standing/claim.js';
import { ofGiver } from '../standing/custody.js';

/** What a therapy's things go from one organisation to another for, whatever its process. */
const PURPOSES_OF_A_HAND_OFF = [purpose.enum.TREATMENT_MANUFACTURE] as const;

const releaseItemBody = z.strictObject({
  coi,
  item: itemId,
  handOff: localId,
  to: organisationId,
  sscc: sscc.optional(),
  seals: z.array(sealNumber).max(8),
  condition,
  logger: code.optional(),
  labelRead,
  /** what the handler found when comparing label and chain of identity */
  identityCheck,
  /** whether a product is sent back by where it was to be given; it is never given to anybody then */
  returned: z.boolean().optional(),
});

export const releaseItem = defineFact({
  type: 'custody:ReleaseItem',
  roles: CUSTODIANS,
  signature: 'delegable',
  annexes: [],
  body: releaseItemBody,
  scope: therapyScope,
  reads: async (reader, { body }, { actor }) => {
    const therapy = await reader.therapy(body.coi);
    return {
      therapy,
      returnedIn: body.returned ? (await reader.processOf(therapy)).definition : undefined,
      named: await reader.named(body.coi, body.item),
      handOff: await readHandOff(reader, body),
      use: await readUseByFact(reader, therapy.patient, {
        purposes: body.to === actor.organisation ? [] : PURPOSES_OF_A_HAND_OFF,
        dataClasses: ['sample'],
        to: body.to,
      }),
    };
  },
  standing: (state, command, context) => {
    const { therapy, named } = state;
    const { body } = command;
    const standing =
      ofGiver(reportedOf(therapy, named), context) || isSameRelease(state, command, context);
    const subject = itemNamed(body.coi, named);
    return alarmUnless(standing, { subject, claim: claimOfHandOver(named, body) });
  },
  annulling: ofRelease,
  decide: decideRelease,
});
type Body = z.infer<typeof releaseItemBody>;

export interface ReleaseState {
  readonly therapy: Therapy;
  /** the therapy's process, where a thing is sent back; it is the longest of what a hand-off would read */
  readonly returnedIn: ProcessDefinition | undefined;
  readonly named: NamedItem;
  readonly handOff: HandOff | undefined;
  readonly use: UseByFact;
}

/**
 * The first half of a hand-off: the holder gave the item away, or who found it handed it on or back. The holder stays so
 * until it is received.
 */
export function decideRelease(
  state: ReleaseState,
  command: Command<Body>,
  context: Context,
): FactDecision {
  const { body } = command;
  if (isSameRelease(state, command, context)) return saidAgain();
  const recording = new Recording(command, context);
  const item = admitItem(recording, reportedOf(state.therapy, state.named), command, context);
  const moves = mayGo(recording, item, body.to, context);
  noteWhatWasSeen(recording, item, state.therapy, body);
  if (state.returnedIn) noteReturn(recording, item, state.returnedIn, body.to);
  noteConsent(recording, state.use, command, context, [item]);
  const signed = signItem(item, signedBy(command, context));
  if (state.handOff) {
    recording.deviate(
      { code: 'HAND_OFF_REUSED', classification: 'major', found: body.handOff },
      item,
    );
    return recording.put(signed).done();
  }
  recording.put(handOffOf(item.id, command, context));
  recording.put(
    moves ? { ...signed, custody: 'in-transit', handOff: handedOver(body, context) } : signed,
  );
  return recording.done();
}

/**
 * Whether the thing goes to another: its holder gives away what is here, its finder hands it on or back, and whom it was
 * given to gives it on, though nobody told that it came: that deviates, and leaves it to nobody's finding.
 */
function mayGo(recording: Recording, item: Item, to: string, context: Context): boolean {
  if (item.foundBy?.organisation !== context.actor.organisation) {
    const held = noteHolder(recording, item, context);
    const here = noteInCustody(recording, item);
    return (held && here) || isUnderWayTo(item, context);
  }
  const expected = onOrBack(item);
  if (expected.includes(to)) return true;
  recording.deviate(
    { code: 'NOT_ON_OR_BACK', classification: 'major', expected: expected.join(), found: to },
    item,
  );
  return false;
}

function isUnderWayTo({ custody, handOff }: Item, { actor: { organisation } }: Context): boolean {
  return custody === 'in-transit' && handOff?.to === organisation;
}

/** Where a finder may hand a thing: to whom it was addressed, to who gave it away, and to its holder. */
function onOrBack({ holder, handOff }: Item): readonly string[] {
  const ends = [handOff?.to, handOff?.from, holder.organisation];
  return [...new Set(ends.filter((each) => each !== undefined))];
}

/** What the releaser says, in the command as on record. */
type Words = Omit<Release, 'command' | 'by' | 'at' | 'sscc' | 'logger' | 'returned'> &
  Partial<Record<'sscc' | 'logger', string | undefined>> & {
    readonly returned?: boolean | undefined;
  };

/** Whether the same person released the same thing in the same words before. */
function isSameRelease(
  { handOff, named }: ReleaseState,
  { body }: Command<Body>,
  context: Context,
): boolean {
  const id = named.known === 'never' ? named.id : named.item.id;
  if (!handOff?.release || handOff.item !== id) return false;
  const wordsOf = ({ seals, ...said }: Words) => ({
    ...{ to: said.to, sscc: said.sscc, condition: said.condition, logger: said.logger },
    ...{ labelRead: said.labelRead, identityCheck: said.identityCheck, returned: said.returned },
    seals: sealsOf(seals),
  });
  const { release } = handOff;
  const words = wordsOf(release);
  return isSaidAgain({ by: release.by, words }, wordsOf(body), context);
}

function handedOver({ handOff: id, to }: Body, { actor }: Context): NonNullable<Item['handOff']> {
  return { id, verdict: 'pending', from: actor.organisation, to };
}

function noteWhatWasSeen(recording: Recording, item: Item, therapy: Therapy, body: Body): void {
  const againstLabel = labelAgainst(body.labelRead, item);
  if (againstLabel) recording.deviate(againstLabel, item);
  noteNotVerified(recording, item);
  if (body.identityCheck === 'mismatch' && againstLabel?.code !== 'LABEL_MISMATCH') {
    recording.deviate({ code: 'LABEL_MISMATCH', classification: 'critical' }, item);
  }
  if (body.condition !== 'intact') {
    recording.deviate({ code: 'NOT_INTACT', classification: 'major', found: body.condition }, item);
  }
  if (!therapy.parties.includes(body.to)) {
    recording.deviate(
      { code: 'RECEIVER_NOT_A_PARTY', classification: 'major', found: body.to },
      item,
    );
  }
}

/** What one person alone relabelled does not go on. */
function noteNotVerified(recording: Recording, item: Item): void {
  const [reason] = reasonsOfRelabelling(item);
  if (!reason) return;
  const { expected = '', found = '' } = reason;
  const finding = { code: 'RELABELLING_NOT_VERIFIED', classification: 'major' } as const;
  recording.deviate({ ...finding, expected, found }, item);
}

function handOffOf(item: string, command: Command<Body>, context: Context): HandOff {
  const { body } = command;
  return {
    noun: 'hand-off',
    coi: body.coi,
    id: body.handOff,
    item,
    release: {
      command: command.id,
      by: holderOf(command, context),
      to: body.to,
      at: command.at,
      seals: body.seals,
      condition: body.condition,
      labelRead: body.labelRead,
      identityCheck: body.identityCheck,
      ...(body.sscc === undefined ? {} : { sscc: body.sscc }),
      ...(body.logger === undefined ? {} : { logger: body.logger }),
      ...(body.returned === undefined ? {} : { returned: body.returned }),
    },
    receipts: [],
  };
}
