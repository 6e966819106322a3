import {
  actorId,
  code,
  instant,
  language,
  localId,
  purpose,
  PURPOSES,
  version,
} from '@veinledger/domain';
import { type Receipt, sealRendering } from '@veinledger/client/node';
import { z } from 'zod';
import { CliError, wrongUsage } from '../complaint.js';
import { defineCommand } from '../command.js';
import type { CommandResult } from '../command-result.js';
import { consentsOf, isOpen } from '../consents/listed.js';
import { answersOf, CLAUSES, clausesGiven } from '../consents/options.js';
import { digestOf, readBytes } from '../content.js';
import { keepOpening } from '../openings.js';
import { committed } from '../receipt-lines.js';
import { freshId } from '../words.js';

const purposes = z.array(purpose, { error: 'one or more purposes' }).min(1);
const purposeArgument = {
  name: 'purpose',
  summary: 'what the patient decides on, each on its own',
  many: true,
  values: PURPOSES,
} as const;
const FORM = { name: 'form', value: 'FILE', summary: 'the form that the patient is shown' };

export const requestConsent = defineCommand({
  arguments: [purposeArgument],
  options: [
    { name: 'patient', value: 'PATIENT', summary: "the patient's pseudonym" },
    FORM,
    { name: 'form-id', value: 'CODE', summary: "the form's id (default: information)" },
    { name: 'form-version', value: 'VERSION', summary: "the form's version (default: 1.0)" },
    { name: 'language', value: 'TAG', summary: "the form's language (default: en)" },
    {
      name: 'supersedes',
      value: 'ID',
      summary: 'the consent whose place this one would take',
    },
    {
      name: 'until',
      value: 'TIME',
      summary: 'when the consent would end, RFC 3339 (default: never)',
    },
    {
      name: 'think-hours',
      value: 'HOURS',
      summary: 'a yes waits for a recorded talk and so many hours after it (default: for neither)',
    },
  ],
  input: z.strictObject({
    purpose: purposes,
    patient: actorId,
    form: z.string({ error: 'a file' }),
    formId: code.default('information'),
    formVersion: version.default('1.0'),
    language: language.default('en'),
    supersedes: localId.optional(),
    until: instant.optional(),
    thinkHours: z.coerce.number().int().min(0).optional(),
  }),
  run: async (session, input) => {
    const actor = session.actor();
    const digest = digestOf(await readBytes('--form', input.form));
    const receipts: Receipt[] = [];
    for (const each of input.purpose) {
      const body = {
        patient: input.patient,
        consent: freshId(each.toLowerCase().replaceAll('_', '-')),
        purpose: each,
        legalBasis: 'consent',
        scope: input.until === undefined ? {} : { validUntil: input.until },
        ...(input.supersedes === undefined ? {} : { supersedes: input.supersedes }),
        ...(input.thinkHours === undefined ? {} : { thinkHours: input.thinkHours }),
        form: { id: input.formId, version: input.formVersion, language: input.language, digest },
      };
      receipts.push(await session.say(actor, { type: 'consent:RequestConsent', body }));
    }
    return all(receipts);
  },
});

export const giveConsent = defineCommand({
  arguments: [purposeArgument],
  options: [FORM, ...CLAUSES],
  input: z.strictObject({
    purpose: purposes,
    form: z.string({ error: 'a file' }),
    ...clausesGiven,
  }),
  run: async (session, { purpose: given, form, clause, decline }) => {
    const patient = session.actor();
    const shown = await readBytes('--form', form);
    const digest = digestOf(shown);
    const open = (await consentsOf(session, patient, patient)).filter(isOpen);
    const receipts: Receipt[] = [];
    const openings: string[] = [];
    for (const each of given) {
      const questions = open.filter((request) => request.purpose === each);
      if (questions.length === 0) throw notAsked(each);
      const consent = questions.find((question) => question.form?.digest === digest);
      if (!consent) throw wrongUsage('--form', 'the form that consent was asked on', form);
      const rendering = sealRendering(shown);
      openings.push(await keepOpening(session.openings, rendering));
      const body = {
        purpose: each,
        consent: consent.id,
        formDigest: digest,
        renderedCommitment: rendering.digest,
        clauses: answersOf({ clause, decline }),
      };
      receipts.push(await session.say(patient, { type: 'consent:GiveConsent', body }));
    }
    const { data, lines } = all(receipts);
    const kept = openings.map((file) => `kept, to prove what was shown: ${file}`);
    return { data, lines: [...lines, ...kept] };
  },
});

function notAsked(expected: string): CliError {
  return new CliError('CONSENT_NOT_ASKED', 'nobody asked the patient for this consent', {
    field: 'PURPOSE',
    expected: 'a purpose that was asked for and not answered',
    found: expected,
  });
}

function all([first, ...more]: readonly Receipt[]): CommandResult {
  if (first === undefined) throw wrongUsage('PURPOSE', 'one or more purposes');
  return committed(first, ...more);
}
