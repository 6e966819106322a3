import { weighConsents } from '../consent/weigh-consents.js';
import type { Reader } from '../commands/reader.js';
import {
  statementOfVerification,
  statementsOf,
  statementsOfDecision,
  statementsOfException,
  statementsOfRetests,
} from '../graph/statements.js';
import { readWholeTherapy, type WholeTherapy } from '../graph/whole-therapy.js';
import { readParties } from '../manufacturing/lifter.js';
import { hospitalOf } from '../nouns/actor.js';
import { findSuspects } from '../registry/suspects.js';
import type { Suspect } from '../registry/suspicion.js';
import { askedNow } from './asked-now.js';
import { type Matters, openMatters } from './matters.js';
import { changesAt } from './moments.js';
import type { Next } from './next-act.js';
import { calledIn, calledTo, nameOfRota, type People } from './on-call.js';
import { waitsIn } from './waits.js';
import type { Option } from './wait.js';

/** What is asked. */
export interface NextAsked {
  readonly coi: string;
  /** RFC 3339 */
  readonly at: string;
  /** whether the reader may know what the patient decided */
  readonly consents: boolean;
}

/**
 * Who must do what next in a therapy, of what the ledger holds now.
 * @param reader a new one for each round, since each counts its reads
 * @throws VeinledgerError UNKNOWN_COI, UNKNOWN_PROCESS, RANGE_CUT, TOO_MANY_READS
 */
export async function readNext(reader: () => Reader, asked: NextAsked): Promise<Next> {
  const { coi, at } = asked;
  const whole = await readWholeTherapy(reader(), coi);
  const { patient } = whole.therapy;
  const parties = await readParties(reader(), whole.therapy);
  const enrolled = await reader().get('actor', { id: patient });
  const hospital = enrolled ? hospitalOf(enrolled) : '';
  const consents = asked.consents ? await weighConsents(reader(), patient) : undefined;
  const spoken = asked.consents ? await spokenFor(reader, patient) : {};
  const open = openMatters(await reader().wholeTherapy(coi));
  const matters: Matters = {
    whole,
    ...open,
    annulments: await askedNow(reader(), whole, open.annulments, at),
    parties,
    enrolledAt: enrolled?.organisation ?? '',
    hospital,
    hospitalActs: await isActive(reader(), hospital),
    ...(consents === undefined ? {} : { consents }),
    ...spoken,
    suspects: await suspectsIn(reader(), whole),
    at,
  };
  const waits = waitsIn(matters);
  const options = waits.flatMap((wait) => wait.options);
  const people = await readPeople(reader, options, at);
  const acts = waits.map((wait) => calledTo(wait, people, at, whole.definition));
  const change = changesAt(matters, acts, people.rotas);
  return { coi, at, acts, ...(change === undefined ? {} : { changesAt: change }) };
}

/** Who speaks in the patient's place, and what was settled of the patient's capacity. */
async function spokenFor(
  reader: () => Reader,
  patient: string,
): Promise<Pick<Matters, 'proxies' | 'capacities'>> {
  const proxies = await reader().range('proxy', { patient });
  return { proxies, capacities: await reader().range('capacity', { patient }) };
}

async function isActive(reader: Reader, id: string): Promise<boolean> {
  return (await reader.get('organisation', { id }))?.standing === 'active';
}

/** Whatever of the therapy compromised keys signed and nobody confirmed. */
function suspectsIn(reader: Reader, whole: WholeTherapy): Promise<readonly Suspect[]> {
  const { therapy, items, attempts, datasets, designs, batches, verifications, doses } = whole;
  const things = [items, attempts, datasets, designs, batches].flatMap((each) => [
    ...each.values(),
  ]);
  const authorised = [...doses.values()].flatMap((dose) =>
    dose.authorised ? [{ subject: `dose ${dose.id}`, signed: dose.authorised }] : [],
  );
  return findSuspects(reader, therapy.coi, [
    ...[therapy, ...things].flatMap(statementsOf),
    ...statementsOfRetests(whole),
    ...whole.exceptions.filter(({ annulled }) => !annulled).flatMap(statementsOfException),
    ...[...whole.decisions.values()]
      .filter(({ annulled }) => !annulled)
      .flatMap(statementsOfDecision),
    ...[...verifications.values()].map(statementOfVerification),
    ...authorised,
  ]);
}

/** The rotas of the organisations that are asked, and whom these name now. */
async function readPeople(
  reader: () => Reader,
  options: readonly Option[],
  at: string,
): Promise<People> {
  const ids = [...new Set(options.map(({ organisation }) => organisation))];
  const members = await Promise.all(ids.map((id) => reader().get('organisation', { id })));
  const organisations = members.filter((each) => each !== undefined);
  const kept = await Promise.all(
    ids.map((organisation) => reader().range('rota', { organisation })),
  );
  const rotas = kept.flat();
  const wanted = new Set(
    options.flatMap(({ organisation, roles }) =>
      roles.map((role) => nameOfRota({ organisation, role })),
    ),
  );
  const named = new Set([
    ...rotas.filter((rota) => wanted.has(nameOfRota(rota))).flatMap((rota) => calledIn(rota, at)),
    ...rotas.flatMap(({ management }) => management),
    ...organisations.flatMap(({ registrars }) => registrars),
    ...options.flatMap(({ person }) => person ?? []),
  ]);
  const actors = await Promise.all([...named].map((id) => reader().get('actor', { id })));
  return { rotas, organisations, actors: actors.filter((each) => each !== undefined) };
}
