import { randomInt } from 'node:crypto';
import {
  actorId,
  code,
  coi,
  country,
  digest,
  expectationOf,
  gln,
  localId,
  organisationId,
  version,
  violationOf,
} from '@veinledger/domain';
import { z } from 'zod';
import { chainOfIdentity } from '../development/labels.js';
import { wrongUsage } from '../complaint.js';
import { defineCommand } from '../command.js';
import { memberOf } from '../organisations.js';
import { committed } from '../receipt-lines.js';
import type { Session } from '../session.js';
import { commaSeparated } from '../words.js';

const orderLine = z.tuple([
  z.coerce.number().int().min(1).max(99),
  z.coerce.number().int().min(0).max(3650),
  gln,
  gln,
  localId,
  z.coerce.number().int().min(1).max(50).optional(),
]);

const PARTS = ['NUMBER', 'DAY', 'SITE', 'DEPOT', 'SLOT', 'CONTAINERS'];
const DOSE = 'NUMBER:DAY:SITE:DEPOT:SLOT[:CONTAINERS]';

export const order = defineCommand({
  arguments: [],
  options: [
    { name: 'patient', value: 'PATIENT', summary: "the patient's pseudonym" },
    {
      name: 'dose',
      value: DOSE,
      summary:
        'a dose, days after the order, GLNs of site and depot, of so many containers (default: one); may be repeated',
      many: true,
    },
    {
      name: 'parties',
      value: 'MSP,…',
      summary: "the members that take part (default: the orderer's own)",
    },
    {
      name: 'quality',
      value: 'MSP',
      summary: 'the party whose quality decides (default: the only one that makes and has quality)',
    },
    {
      name: 'process',
      value: 'ID@VERSION',
      summary: 'how the product is made, published (default: the first of the consortium root)',
    },
    {
      name: 'jurisdiction',
      value: 'COUNTRY',
      summary: "whose law applies (default: the orderer's country)",
    },
    {
      name: 'coi',
      value: 'COI',
      summary: "the chain-of-identity id (default: a free one of the demonstration's range)",
    },
  ],
  input: z.strictObject({
    patient: actorId,
    dose: z.array(z.string(), { error: DOSE }).min(1),
    parties: commaSeparated(organisationId).optional(),
    quality: organisationId.optional(),
    process: z.string().optional(),
    jurisdiction: country.optional(),
    coi: coi.optional(),
  }),
  run: async (session, input) => {
    const orderLines = input.dose.map(doseOf);
    const actor = session.actor();
    const process = await processOf(session, actor, input.process);
    const own = await organisationOf(session, actor);
    const body = {
      coi: input.coi ?? chainOfIdentity(randomInt(99_999)),
      patient: input.patient,
      process,
      parties: input.parties ?? [own.id],
      ...(input.quality === undefined ? {} : { quality: input.quality }),
      jurisdiction: input.jurisdiction ?? own.country,
      orderLines,
    };
    const { data, lines } = committed(
      await session.say(actor, { type: 'therapy:OrderTherapy', body }),
    );
    return { data, lines: [`chain of identity ${body.coi}`, ...lines] };
  },
});

function doseOf(text: string) {
  const words = text.split(':');
  const parsed = orderLine.safeParse(words, { error: expectationOf });
  if (!parsed.success) {
    const { place, expected } = violationOf(parsed.error, words);
    const part = PARTS[Number(place[0])];
    throw wrongUsage('--dose', part === undefined ? DOSE : `${DOSE}; ${part}: ${expected}`, text);
  }
  const [dose, day, site, depot, slot, containers] = parsed.data;
  return { dose, day, site, depot, slot, ...(containers === undefined ? {} : { containers }) };
}

/** A process of the root, or one that members agreed on since and that is published. */
async function processOf(session: Session, actor: string, text: string | undefined) {
  const { processes } = await session.root();
  const known = processes.map(({ id, version: each }) => `${id}@${each}`);
  const wanted = text ?? known[0] ?? '';
  const [id, number] = wanted.split('@');
  const parsed = z.tuple([code, version]).safeParse([id, number]);
  if (!parsed.success) throw wrongUsage('--process', 'ID@VERSION', wanted);
  const founded = processes.find((each) => each.id === id && each.version === number);
  if (founded) return founded;
  const [name, edition] = parsed.data;
  const published = await session.read(actor, `/v1/processes/${name}/${edition}`);
  const { hash } = z.looseObject({ hash: digest }).parse(published);
  return { id: name, version: edition, hash };
}

async function organisationOf(session: Session, actor: string) {
  const answer = await session.read(actor, `/v1/actors/${actor}`);
  const { organisation } = z.looseObject({ organisation: organisationId }).parse(answer);
  return memberOf(session, actor, organisation, '--as');
}
