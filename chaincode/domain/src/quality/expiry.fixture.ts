import { actor, COI, command, context, DIGEST, NOW } from '../example.fixture.js';
import { upstreamWithTests } from '../graph/evidence.js';
import { honest, own, type Story } from '../graph/honest-therapy.fixture.js';
import type { Link } from '../graph/links.js';
import { upstreamOf } from '../graph/upstream.js';
import type { ReleaseBatchState } from '../manufacturing/release-batch.js';
import type { Actor } from '../nouns/actor.js';
import type { Batch } from '../nouns/batch.js';
import type { Entity } from '../nouns/registry.js';
import { decideExtendExpiry, extendExpiry } from './extend-expiry.js';
import { decideShortenExpiry, shortenExpiry } from './shorten-expiry.js';

/** The expiry with which the honest batch was recorded. */
export const RECORDED = honest().find('batch', 'batch-1').expiry;

export const reviewer = actor('manufacturer.reviewer', 'ManufacturerMSP', 'quality');
export const releasePerson = actor(
  'manufacturer.release-person',
  'ManufacturerMSP',
  'release-person',
);

export interface Said {
  readonly by?: Actor;
  readonly batch?: string;
  readonly at?: string;
  readonly person?: string;
  /** the command's id */
  readonly id?: string;
}

function askedBy(said: Said, standard: Actor) {
  const { by = standard, batch = 'batch-1', at = NOW, person } = said;
  const heard = context(by, {
    transactionTime: at,
    ...(person === undefined ? {} : { person }),
  });
  return { by, batch, at, heard };
}

/** What becomes of a batch when somebody says that it keeps until then. */
export function shorten(story: Story, expiry: string, said: Said = {}) {
  const { by, batch, at, heard } = askedBy(said, reviewer);
  const body = shortenExpiry.body.parse({ coi: COI, batch, expiry });
  const saying = command(by.id, body, { at, annex: { stability: DIGEST } });
  const { id = saying.id } = said;
  return decideShortenExpiry(story.whole(), { ...saying, id }, heard);
}

/** What an extension until then comes to. */
export function extend(
  story: Story,
  expiry: string,
  said: Said = {},
  suspects: ReleaseBatchState['suspects'] = [],
) {
  const { by, batch: id, at, heard } = askedBy(said, reviewer);
  const body = extendExpiry.body.parse({ coi: COI, batch: id, expiry });
  const whole = story.whole();
  const batch = whole.batches.get(id);
  const links: readonly Link[] = [
    { kind: 'batch', id },
    ...(batch?.vials ?? []).map((vial) => ({ kind: 'item' as const, ...own(vial) })),
  ];
  const saying = command(by.id, body, { at, annex: { stability: DIGEST } });
  return decideExtendExpiry(
    {
      ...{ therapy: whole.therapy, whole, batch, suspects },
      ancestry: upstreamOf(whole, links),
      tested: upstreamWithTests(whole, links),
    },
    { ...saying, id: said.id ?? saying.id },
    heard,
  );
}

/** The story after what was decided on it. */
export function after(
  story: Story,
  decided: ReturnType<typeof shorten> | ReturnType<typeof extend>,
): Story {
  if (decided.decision === 'refused') throw new Error(JSON.stringify(decided.reasons));
  return changedBy(story, decided.changes);
}

/** The story with batches and items as they are now. */
export function changedBy(story: Story, changes: readonly Entity[]): Story {
  return changes.reduce((now, each) => {
    if (each.noun !== 'batch' && each.noun !== 'item') return now;
    return now.without(each.noun, each.id).with(each);
  }, story);
}

/** The story in which both signed that the batch keeps until then. */
export function extended(story: Story, expiry: string, ids: readonly string[] = []): Story {
  const [id, second] = ids;
  const half = after(story, extend(story, expiry, id === undefined ? {} : { id }));
  const by = { by: releasePerson, ...(second === undefined ? {} : { id: second }) };
  return after(half, extend(half, expiry, by));
}

export function batchIn(story: Story): Batch {
  return story.find('batch', 'batch-1');
}
