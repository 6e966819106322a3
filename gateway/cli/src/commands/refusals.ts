import { actorId, consentRoute, localId } from '@veinledger/domain';
import { z } from 'zod';
import { defineCommand } from '../command.js';
import {
  CONSENT,
  meant,
  ofPatient,
  PATIENT,
  PROXY,
  PURPOSE,
  said,
  THERAPY,
} from '../consents/options.js';
import { committed } from '../receipt-lines.js';
import { wordOf } from '../words.js';

function sayNo(type: 'consent:RefuseConsent' | 'consent:WithdrawConsent') {
  return defineCommand({
    arguments: [PURPOSE],
    options: [CONSENT],
    input: z.strictObject(meant),
    run: async (session, body) =>
      committed(await session.say(session.actor(), { type, body: said(body) })),
  });
}

export const refuseConsent = sayNo('consent:RefuseConsent');
export const withdrawConsent = sayNo('consent:WithdrawConsent');

const NOES = ['refused', 'withdrawn'] as const;

export const recordNo = defineCommand({
  arguments: [PURPOSE],
  options: [
    PATIENT,
    { name: 'no', value: 'NO', summary: 'what was said (default: withdrawn)', values: NOES },
    {
      name: 'route',
      value: 'ROUTE',
      summary: 'how it came (default: verbal)',
      values: consentRoute.options,
    },
    ...[CONSENT, PROXY, THERAPY],
  ],
  input: z.strictObject({
    ...ofPatient,
    no: wordOf(NOES).default('withdrawn'),
    route: wordOf(consentRoute.options).default('verbal'),
    proxy: localId.optional(),
  }),
  run: async (session, body) => {
    const actor = session.actor();
    return committed(await session.say(actor, { type: 'consent:RecordNo', body: said(body) }));
  },
});

export const refuseAsProxy = defineCommand({
  arguments: [PURPOSE],
  options: [
    PATIENT,
    PROXY,
    { name: 'no', value: 'NO', summary: 'what is said (default: withdrawn)', values: NOES },
    CONSENT,
  ],
  input: z.strictObject({
    ...meant,
    patient: actorId,
    proxy: localId,
    no: wordOf(NOES).default('withdrawn'),
  }),
  run: async (session, body) => {
    const actor = session.actor();
    return committed(await session.say(actor, { type: 'consent:RefuseAsProxy', body: said(body) }));
  },
});
