import type { Person } from '#scripts';
import type { CommandRecord, Entity } from '@veinledger/domain';
import { GatewayClient, GatewayProblem } from '@veinledger/client/node';
import { Listener } from '../../support/listener.fixture.js';
import type { Played } from './played.fixture.js';

interface Withheld {
  readonly withheld?: readonly string[];
}
export type ToldThing = Entity & Withheld;
export type ToldRecord = CommandRecord & Withheld;

/** What somebody is told at each door; undefined where the door is shut. */
export interface AtDoors {
  readonly things: Readonly<Record<string, readonly ToldThing[] | undefined>>;
  /** the therapy's */
  readonly records: Readonly<Record<string, readonly ToldRecord[] | undefined>>;
  /** everybody's */
  readonly committed: Readonly<Record<string, readonly ToldRecord[]>>;
  /** whether lists of therapies name it */
  readonly listed: Readonly<Record<string, boolean>>;
  /** the page that prints the therapy's trace */
  readonly page: string | undefined;
  /** the signed texts of the therapy's commands, by their ids */
  readonly signed: ReadonlyMap<string, string>;
  /** everything that was told of the therapy, as it came */
  readonly texts: readonly string[];
}

/** Everything that somebody is told of a therapy who knocks at every door of a gateway. */
export async function askAtEveryDoor(
  { bench, committed, whole }: Pick<Played, 'bench' | 'committed' | 'whole'>,
  coi: string,
  person: Person,
): Promise<AtDoors> {
  const { url } = bench.gateway;
  const client = new GatewayClient({ url, actor: person.id, keys: person.keys });
  const texts: string[] = [];
  const ask = async <T>(path: string): Promise<T | undefined> => {
    const answer = await orRefused(client.read<T>(path));
    if (answer !== undefined) texts.push(JSON.stringify(answer));
    return answer;
  };
  const path = `/v1/therapies/${coi}`;
  await ask(path);
  const trace = await ask<{ things: ToldThing[]; records: ToldRecord[] }>(`${path}/trace`);
  const things = await ask<{ items: ToldThing[] }>(`${path}/things?limit=200`);
  const records = await ask<{ items: ToldRecord[] }>(`${path}/records?limit=200`);
  const names = async (list: string) => {
    const page = await orRefused(client.read<{ items: { coi: string }[] }>(`${list}?limit=200`));
    return page?.items.some((each) => each.coi === coi) ?? false;
  };
  const listed = { therapies: await names('/v1/therapies'), waiting: await names('/v1/waiting') };
  const singly: ToldThing[] = [];
  for (const each of whole.things) {
    const place = placeOf(each);
    const found = place && (await ask<ToldThing>(`${path}/${place}`));
    if (found) singly.push(found);
  }
  const read: ToldRecord[] = [];
  const signed = new Map<string, string>();
  for (const { commandId } of committed) {
    const answer = orRefused(client.read<Committed>(`/v1/commands/${commandId}`));
    const found = await answer;
    if (!found) continue;
    read.push(found.receipt);
    if (found.receipt.scope.id !== coi) continue;
    texts.push(JSON.stringify(found.receipt));
    if (found.jws !== undefined) signed.set(commandId, payloadOf(found.jws));
  }
  const heard = await hear(person, url, read.length);
  const ofTherapy = ({ scope }: ToldRecord) => scope.id === coi;
  texts.push(...heard.filter(ofTherapy).map((each) => JSON.stringify(each)));
  const link = await orRefused(client.post<{ url: string }>(`${path}/trace/links`, {}));
  const printed = [];
  for (const part of link ? ['', '/lineage.svg'] : []) {
    printed.push(await (await fetch(`${url}${link?.url ?? ''}${part}`)).text());
  }
  texts.push(...printed);
  return {
    things: { trace: trace?.things, list: things?.items, 'one by one': singly },
    records: { trace: trace?.records, list: records?.items },
    committed: { 'one by one': read, stream: heard },
    listed,
    page: printed[0],
    signed,
    texts,
  };
}

/** Whoever may not learn of a thing, and whoever may where there is none. */
const SHUT: ReadonlySet<string> = new Set(['NOT_ENTITLED', 'NOT_FOUND']);

interface Committed {
  readonly receipt: ToldRecord;
  readonly jws?: string;
}

/** What the signer of a General JWS typed. */
function payloadOf(jws: string): string {
  const { payload } = JSON.parse(jws) as { readonly payload: string };
  return Buffer.from(payload, 'base64url').toString();
}

/** Where a thing is read by itself; undefined where it is in lists only. */
export function placeOf(thing: Entity): string | undefined {
  switch (thing.noun) {
    case 'item':
      return `items/${encodeURIComponent(thing.id)}`;
    case 'dose':
      return `doses/${thing.id}`;
    case 'hand-off':
      return `hand-offs/${thing.id}`;
    case 'design':
      return `designs/${thing.id}`;
    case 'verification':
      return `verifications/${thing.id}`;
    default:
      return undefined;
  }
}

async function hear(person: Person, url: string, atLeast: number): Promise<readonly ToldRecord[]> {
  const listener = await Listener.open({ person, url, query: '?after=start' });
  await listener.until(({ heard }) => heard.length >= atLeast);
  // whatever is heard too much would stand before the next sign of life
  const beats = listener.comments.length;
  await listener.until(({ comments }) => comments.length > beats + 1);
  listener.leave();
  await listener.over;
  return listener.heard.map(({ receipt }) => receipt);
}

async function orRefused<T>(work: Promise<T>): Promise<T | undefined> {
  const answer = await work.catch((error: unknown) => error as Error);
  if (!(answer instanceof Error)) return answer;
  if (answer instanceof GatewayProblem && SHUT.has(answer.code)) return undefined;
  throw answer;
}
