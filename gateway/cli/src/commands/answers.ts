import { country, DATA_CLASSES, instant, organisationId } from '@veinledger/domain';
import { sealRendering } from '@veinledger/client/node';
import { z } from 'zod';
import { defineCommand } from '../command.js';
import { consentsOf, isInForce, isOpen, theOne } from '../consents/listed.js';
import { CONSENT, meant, PURPOSE, said } from '../consents/options.js';
import { digestOf, readBytes } from '../content.js';
import { keepOpening } from '../openings.js';
import { committed } from '../receipt-lines.js';
import { commaSeparated } from '../words.js';

export const deferConsent = defineCommand({
  arguments: [PURPOSE],
  options: [CONSENT],
  input: z.strictObject(meant),
  run: async (session, asked) => {
    const patient = session.actor();
    const consents = await consentsOf(session, patient, patient);
    const { id: consent } = theOne(consents, asked, isOpen, 'a question that is open');
    const body = { purpose: asked.purpose, consent };
    return committed(await session.say(patient, { type: 'consent:DeferConsent', body }));
  },
});

export const renewConsent = defineCommand({
  arguments: [PURPOSE],
  options: [
    { name: 'form', value: 'FILE', summary: 'the form that was agreed to, read again' },
    { name: 'until', value: 'TIME', summary: 'when it ends from now on, RFC 3339' },
    CONSENT,
  ],
  input: z.strictObject({ ...meant, form: z.string({ error: 'a file' }), until: instant }),
  run: async (session, { form, until: validUntil, ...asked }) => {
    const patient = session.actor();
    const shown = await readBytes('--form', form);
    const formDigest = digestOf(shown);
    const consents = await consentsOf(session, patient, patient);
    const { id: consent } = theOne(
      consents,
      asked,
      ({ state, form: of }) =>
        (state === 'given' || state === 'renewed') && of?.digest === formDigest,
      'what was given, on that form',
    );
    const rendering = sealRendering(shown);
    const kept = await keepOpening(session.openings, rendering);
    const renderedCommitment = rendering.digest;
    const body = { purpose: asked.purpose, consent, formDigest, renderedCommitment, validUntil };
    const receipt = await session.say(patient, { type: 'consent:RenewConsent', body });
    const { data, lines } = committed(receipt);
    return { data, lines: [...lines, `kept, to prove what was shown: ${kept}`] };
  },
});

export const restrictConsent = defineCommand({
  arguments: [PURPOSE],
  options: [
    { name: 'recipient', value: 'MSP,…', summary: 'who may use it still' },
    { name: 'data-class', value: 'CLASS,…', summary: 'what of it may be used still' },
    { name: 'country', value: 'COUNTRY,…', summary: 'where it may be used still' },
    { name: 'until', value: 'TIME', summary: 'until when, RFC 3339' },
    { name: 'max-uses', value: 'NUMBER', summary: 'how often in all' },
    CONSENT,
  ],
  input: z.strictObject({
    ...meant,
    recipient: commaSeparated(organisationId).optional(),
    dataClass: commaSeparated(z.enum(DATA_CLASSES)).optional(),
    country: commaSeparated(country).optional(),
    until: instant.optional(),
    maxUses: z.coerce.number().int().min(1).optional(),
  }),
  run: async (session, { recipient, dataClass, country: geography, until, maxUses, ...asked }) => {
    const patient = session.actor();
    const consents = await consentsOf(session, patient, patient);
    const { id: consent } = theOne(consents, asked, isInForce, 'a consent in force');
    const narrowed = { recipients: recipient, dataClasses: dataClass, geography };
    const to = said({ ...narrowed, validUntil: until, maxUses });
    const body = { purpose: asked.purpose, consent, to };
    return committed(await session.say(patient, { type: 'consent:RestrictConsent', body }));
  },
});
