import { canonicalise, consentRoute, localId } from '@veinledger/domain';
import { sealRendering } from '@veinledger/client/node';
import { z } from 'zod';
import { CliError } from '../complaint.js';
import { defineCommand } from '../command.js';
import {
  consentsOf,
  isLapsed,
  isOpen,
  isTakenBack,
  type ListedConsent,
  theOne,
} from '../consents/listed.js';
import {
  answersOf,
  CLAUSES,
  clausesGiven,
  CONSENT,
  ofPatient,
  PATIENT,
  PROXY,
  PURPOSE,
  said,
  THERAPY,
} from '../consents/options.js';
import { digestOf, readBytes } from '../content.js';
import { keepOpening } from '../openings.js';
import { committed } from '../receipt-lines.js';
import { wordOf } from '../words.js';

/** What staff say of one consent of a patient's, and nothing besides. */
function saidOf(type: string, fits: (consent: ListedConsent) => boolean, expected: string) {
  return defineCommand({
    arguments: [PURPOSE],
    options: [PATIENT, CONSENT, THERAPY],
    input: z.strictObject(ofPatient),
    run: async (session, asked) => {
      const actor = session.actor();
      const consents = await consentsOf(session, actor, asked.patient);
      const { id: consent } = theOne(consents, asked, fits, expected);
      return committed(await session.say(actor, { type, body: said({ ...asked, consent }) }));
    },
  });
}

export const recordTalk = saidOf('consent:RecordTalk', isOpen, 'a question that is open');
export const takeBackNo = saidOf(
  'consent:TakeBackNo',
  isTakenBack,
  'what was given, and refused or withdrawn since',
);
export const continueConsent = saidOf(
  'consent:ContinueDespiteLapse',
  isLapsed,
  'what was given, and is over otherwise than by a no',
);

const RECORD = 'consent:RecordConsent';

/** What the first of two staff sealed, and the second signs as it is. */
const SEALED: readonly string[] = ['renderedCommitment', 'scan', 'interpreter'];

export const recordConsent = defineCommand({
  arguments: [PURPOSE],
  options: [
    PATIENT,
    { name: 'form', value: 'FILE', summary: 'the form that the patient read or heard' },
    {
      name: 'route',
      value: 'ROUTE',
      summary: 'how the patient agreed',
      values: consentRoute.options,
    },
    { name: 'scan', value: 'FILE', summary: 'of the paper that was signed' },
    ...CLAUSES,
    ...[CONSENT, PROXY, THERAPY],
  ],
  input: z.strictObject({
    ...ofPatient,
    form: z.string({ error: 'a file' }),
    route: wordOf(consentRoute.options),
    scan: z.string().optional(),
    ...clausesGiven,
    proxy: localId.optional(),
  }),
  run: async (session, { form, scan, clause, decline, ...asked }) => {
    const actor = session.actor();
    const shown = await readBytes('--form', form);
    const formDigest = digestOf(shown);
    const consents = await consentsOf(session, actor, asked.patient);
    const question = theOne(
      consents,
      asked,
      (each) => isOpen(each) && each.form?.digest === formDigest,
      'a question that is open, asked on that form',
    );
    const answered = { formDigest, clauses: answersOf({ clause, decline }) };
    const own = said({ ...asked, consent: question.id, ...answered });
    const { half } = question;
    if (half?.type === RECORD) {
      const body = joined(half.words, own);
      return committed(await session.say(actor, { type: RECORD, body }));
    }
    const sealed = [sealRendering(shown)];
    if (scan !== undefined) sealed.push(sealRendering(await readBytes('--scan', scan)));
    const kept = await Promise.all(sealed.map((each) => keepOpening(session.openings, each)));
    const [rendering, ofPaper] = sealed;
    const body = said({ ...own, renderedCommitment: rendering?.digest, scan: ofPaper?.digest });
    const { data, lines } = committed(await session.say(actor, { type: RECORD, body }));
    const keeps = kept.map((file) => `kept, to prove what was shown and signed: ${file}`);
    return { data, lines: [...lines, ...keeps] };
  },
});

/**
 * What the first of two said, which the second says too, with the commitments that the first made.
 * @throws CliError where the second says something else
 */
function joined(first: string, own: Readonly<Record<string, unknown>>) {
  const told = z.record(z.string(), z.unknown()).parse(JSON.parse(first));
  const members = [...new Set([...Object.keys(told), ...Object.keys(own)])];
  const differing = members
    .filter((member) => !SEALED.includes(member))
    .filter(
      (member) => canonicalise([told[member] ?? null]) !== canonicalise([own[member] ?? null]),
    );
  if (differing.length === 0) return told;
  const inWords = (of: Readonly<Record<string, unknown>>) =>
    differing.map((member) => JSON.stringify(of[member] ?? 'nothing')).join(', ');
  throw new CliError('OTHER_WORDS', 'the first of the two said something else', {
    field: differing.join(', '),
    expected: inWords(told),
    found: inWords(own),
  });
}
