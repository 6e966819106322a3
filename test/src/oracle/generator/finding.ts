import { aboutOf, usedBy } from '../account/about.js';
import { coiOf } from '../account/standing.js';
import { isOf, type Said } from '../account/said.js';
import { Account } from '../account/account.js';
import type { Judgement } from '../judge.js';
import type { Asked } from './play.js';
import { ARGUED } from './argued.js';

/** A command about which the ledger and the oracle disagree. */
export interface Finding {
  /** findings of one key are one finding */
  readonly key: string;
  readonly said: Said;
  readonly judgement?: Judgement;
}

/** The code of a refusal, or of the deviations that it says are open. */
function reasonsBehind(code: string, history: readonly Said[]): readonly string[] {
  if (code !== 'DEVIATION_OPEN') return [code];
  const settled = history
    .filter((each) => isOf(each, 'manufacturing:RecordDisposition'))
    .filter(({ answer }) => answer.outcome === 'permitted')
    .map(({ body }) => body.deviation);
  const open = history
    .flatMap(({ answer }) => answer.deviations)
    .filter(({ id }) => !settled.includes(id));
  return [...new Set(open.map((each) => `open ${each.code}`))];
}

/**
 * The first disagreement of a history: about a permission, or about whether a fact took effect.
 * @param start the first command that is not the honest plan's
 */
export function findingOf(
  history: readonly Said[],
  asked: readonly Asked[],
  start: number,
  off: ReadonlySet<string>,
): Finding | undefined {
  const account = new Account(history, off);
  const unheard = new Set(account.unheard);
  for (const said of history.slice(start)) {
    const gate = asked.find((each) => each.said === said);
    const finding = gate
      ? aboutPermission(history, gate)
      : aboutEffect(account, said, {
          unheard: unheard.has(said),
          repeated: history.slice(0, said.index).some((each) => saysTheSame(each, said)),
        });
    if (finding) return finding;
  }
  return undefined;
}

function aboutPermission(
  history: readonly Said[],
  { said, judgement }: Asked,
): Finding | undefined {
  const { outcome, codes } = said.answer;
  const clauses = [...judgement.forbidden.keys()];
  if (outcome === 'permitted' && clauses.length > 0) {
    return {
      key: `${said.type} permitted, and forbidden by ${clauses.join(', ')}`,
      said,
      judgement,
    };
  }
  if (outcome !== 'refused' || clauses.length > 0) return undefined;
  const reasons = [...new Set(codes)]
    .flatMap((code) => reasonsBehind(code, history.slice(0, said.index)))
    .toSorted();
  if (reasons.some((code) => ARGUED.has(code))) return undefined;
  return { key: `${said.type} refused, and permitted: ${reasons.join(', ')}`, said, judgement };
}

/**
 * Of what nobody had made, or is another therapy's, a word takes effect as deviations only; a word that is said again
 * has nothing left to do.
 */
function aboutEffect(
  account: Account,
  said: Said,
  { unheard, repeated }: { readonly unheard: boolean; readonly repeated: boolean },
): Finding | undefined {
  const { effect } = said.answer;
  const used = [...usedBy(said), ...aboutOf(said)].filter((each) => each.startsWith('["item"'));
  const plain = used.every((thing) => {
    const [, item] = JSON.parse(thing) as [string, string];
    const known = (account.origins.saidAt.get(thing) ?? Infinity) <= said.index;
    return known && account.custody.place(item)?.coi === coiOf(said);
  });
  if (!plain || repeated || effect === undefined || (effect === 'none') === unheard) {
    return undefined;
  }
  const how = unheard ? 'took effect, without standing' : 'took no effect, with standing';
  return { key: `${said.type} ${how} (B1)`, said };
}

function saysTheSame(one: Said, other: Said): boolean {
  return one.type === other.type && JSON.stringify(one.body) === JSON.stringify(other.body);
}
