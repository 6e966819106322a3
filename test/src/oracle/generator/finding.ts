import { aboutOf, usedBy } from '../account/about.js';
import { needsNoAccess } from '../account/admitting.js';
import { wrongInAnnulling } from '../account/annulling.js';
import { wrongInConfirming } from '../account/run-failures.js';
import { coiOf } from '../account/standing.js';
import { isOf, type Said } from '../account/said.js';
import { Account } from '../account/account.js';
import { authorisations } from '../account/overrides.js';
import type { Judgement } from '../judge.js';
import { gateOf } from '../matter.js';
import type { Asked } from './play.js';
import { ARGUED } from './argued.js';
import { openBehind } from './found.js';

/** A command about which the ledger and the oracle disagree. */
export interface Finding {
  /** findings of one key are one finding */
  readonly key: string;
  /** each thing that they disagree about */
  readonly points: readonly string[];
  readonly said: Said;
  readonly judgement?: Judgement;
}

/** The code of a refusal, or of the deviations that it says are open. */
function reasonsBehind(code: string, history: readonly Said[]): readonly string[] {
  if (code !== 'DEVIATION_OPEN') return [code];
  const dispositions = history
    .filter((each) => isOf(each, 'manufacturing:RecordDisposition'))
    .filter(({ answer, body }) => answer.outcome === 'permitted' && body.decision === 'permit-use');
  const subjects = (id: string, aside: boolean) => {
    const taken = dispositions.filter(
      (each) => each.body.deviation === id && (aside || !each.aside),
    );
    return new Set(taken.map(({ body }) => JSON.stringify(body.subject))).size;
  };
  const open = history
    .filter((each) => !each.aside)
    .flatMap(({ answer }) => answer.deviations)
    .filter(({ id }) => subjects(id, false) === 0 || subjects(id, false) < subjects(id, true));
  const codes = [...new Set(open.map((each) => `open ${each.code}`))];
  return codes.length > 0 ? codes : ['open, of what nobody could settle'];
}

/**
 * The first disagreement of a history that nobody knew of, or else the first.
 * @param start the first command that is not the honest plan's
 */
export function findingOf(
  history: readonly Said[],
  asked: readonly Asked[],
  start: number,
  off: ReadonlySet<string>,
): Finding | undefined {
  const all = findingsOf(history, asked, start, off);
  return all.find((each) => !openBehind(each)) ?? all[0];
}

/** Every disagreement of a history: about permissions, about annulling, and about whether facts took effect. */
function findingsOf(
  history: readonly Said[],
  asked: readonly Asked[],
  start: number,
  off: ReadonlySet<string>,
): readonly Finding[] {
  const account = new Account(history, off);
  const unheard = new Set(account.unheard);
  return history.slice(start).flatMap((said) => {
    if (said.aside) return [];
    const gate = asked.find((each) => each.said === said);
    const finding = gate
      ? aboutPermission(account, history, gate)
      : isSilenced(said)
        ? aboutSilence(said)
        : isOf(said, 'quality:AnnulRecord')
          ? aboutAnnulling(account, history, said)
          : isOf(said, 'care:OpenEmergencyAccess')
            ? aboutAdmitting(history, said, off)
            : isOf(said, 'manufacturing:ConfirmRunFailure')
              ? aboutConfirming(history, said, off)
              : aboutEffect(account, history, said, {
                  unheard: unheard.has(said),
                  repeated: history
                    .slice(0, said.index)
                    .some((each) => saysTheSame(account, each, said)),
                });
    return finding ?? [];
  });
}

/** Whether a patient said no, and it was not taken (E4). */
function isSilenced(said: Said): boolean {
  const no = isOf(said, 'consent:RefuseConsent') || isOf(said, 'consent:WithdrawConsent');
  return no && said.roles.includes('patient') && said.answer.outcome !== 'recorded';
}

function aboutSilence(said: Said): Finding {
  const how = `${said.answer.outcome} ${said.answer.codes.join(', ')}`;
  return {
    key: `${said.type} of a patient was not taken (E4): ${how}`,
    points: [`E4: ${said.type}, ${how}`],
    said,
  };
}

function aboutPermission(
  account: Account,
  history: readonly Said[],
  { said, judgement }: Asked,
): Finding | undefined {
  const { outcome, codes } = said.answer;
  const clauses = [...judgement.forbidden.keys()];
  if (outcome === 'permitted' && clauses.length > 0) {
    return {
      key: `${said.type} permitted, and forbidden by ${clauses.join(', ')}`,
      points: [...judgement.forbidden].flatMap(([id, whys]) =>
        whys.map((why) => `${gateOf(said) ?? ''} ${id}: ${why}${earlyIn(account, history, why)}`),
      ),
      said,
      judgement,
    };
  }
  // what an override or a decision may stand in the place of is more than these sentences say of it
  if (isOf(said, 'care:OverrideDose') || isOf(said, 'care:DecideToGoOn')) return undefined;
  if (outcome !== 'refused' || clauses.length > 0) return undefined;
  const reasons = [...new Set(codes)]
    .flatMap((code) => reasonsBehind(code, history.slice(0, said.index)))
    .toSorted();
  if (reasons.some((code) => ARGUED.has(code))) return undefined;
  return {
    key: `${said.type} refused, and permitted: ${reasons.join(', ')}`,
    points: reasons.map((code) => `${gateOf(said) ?? ''} refused: ${code}`),
    said,
    judgement,
  };
}

function aboutAnnulling(
  account: Account,
  history: readonly Said[],
  said: Said<'quality:AnnulRecord'>,
): Finding | undefined {
  if (said.answer.outcome !== 'permitted') return undefined;
  const [why] = wrongInAnnulling(account, history, said);
  return why === undefined
    ? undefined
    : {
        key: `${said.type} permitted, and forbidden by G3: ${why}`,
        points: [`annulment G3: ${why}`],
        said,
      };
}

function aboutAdmitting(
  history: readonly Said[],
  said: Said<'care:OpenEmergencyAccess'>,
  off: ReadonlySet<string>,
): Finding | undefined {
  const { outcome, codes } = said.answer;
  if (outcome === 'error') return undefined;
  const why = needsNoAccess(new Account(history.slice(0, said.index), off), said);
  if ((outcome === 'refused') === (why !== undefined)) return undefined;
  const how =
    why === undefined
      ? `refused, and permitted: ${codes.join(', ')}`
      : `permitted, and forbidden by H1: ${why}`;
  return { key: `${said.type} ${how}`, points: [`access ${how}`], said };
}

function aboutConfirming(
  history: readonly Said[],
  said: Said<'manufacturing:ConfirmRunFailure'>,
  off: ReadonlySet<string>,
): Finding | undefined {
  const { outcome, codes } = said.answer;
  if (outcome === 'error') return undefined;
  const why = wrongInConfirming(new Account(history.slice(0, said.index), off), said);
  if ((outcome === 'refused') === (why !== undefined)) return undefined;
  const how =
    why === undefined
      ? `refused, and permitted: ${codes.join(', ')}`
      : `permitted, and forbidden by C1: ${why}`;
  return { key: `${said.type} ${how}`, points: [`confirmation ${how}`], said };
}

/**
 * Of what nobody had made, or is another therapy's, a word takes effect as deviations only; a word that is said again
 * has nothing left to do.
 */
function aboutEffect(
  account: Account,
  history: readonly Said[],
  said: Said,
  { unheard, repeated }: { readonly unheard: boolean; readonly repeated: boolean },
): Finding | undefined {
  const { effect } = said.answer;
  const used = [...usedBy(said), ...aboutOf(said)].filter((each) => each.startsWith('["item"'));
  const plain = used.every((thing) => {
    const [, item] = JSON.parse(thing) as [string, string];
    const known = (account.origins.saidAt.get(thing) ?? Infinity) <= said.index;
    const place = account.custody.place(item);
    return known && place?.coi === coiOf(said) && !place?.contested;
  });
  const early = used.some((thing) => isSpokenOfEarly(account, history, thing));
  if (!plain || repeated || effect === undefined || (effect === 'none') === unheard) {
    return undefined;
  }
  const what = unheard ? 'took effect, without standing' : 'took no effect, with standing';
  const elsewhere = used.some((thing) => isMovedElsewhere(history, said, thing));
  const how = early
    ? `${what}${OF_EARLY}`
    : elsewhere
      ? `${what}, of a thing that was moved under another therapy`
      : what;
  return { key: `${said.type} ${how} (B1)`, points: [`B1: ${said.type} ${how}`], said };
}

const OF_EARLY = ', of a thing that was spoken of before anybody made it';

/** Tells it, where a reason names such a thing. */
function earlyIn(account: Account, history: readonly Said[], why: string): string {
  const named = [...account.origins.saidAt.keys()].filter((thing) => {
    const [kind, id] = JSON.parse(thing) as [string, string];
    return kind === 'item' && why.includes(id);
  });
  return named.some((thing) => isSpokenOfEarly(account, history, thing)) ? OF_EARLY : '';
}

/** Whether somebody moved or used a thing before it was collected or made. */
function isSpokenOfEarly({ origins }: Account, history: readonly Said[], thing: string): boolean {
  const since = origins.saidAt.get(thing) ?? 0;
  return history
    .slice(0, since)
    .some((each) => [...usedBy(each), ...aboutOf(each)].includes(thing));
}

/** Whether somebody moved a thing before under another therapy than a word is said under. */
function isMovedElsewhere(history: readonly Said[], said: Said, thing: string): boolean {
  return history
    .slice(0, said.index)
    .filter(({ type }) => type.startsWith('custody:'))
    .some((each) => coiOf(each) !== coiOf(said) && aboutOf(each).includes(thing));
}

function saysTheSame(account: Account, one: Said, other: Said): boolean {
  return one.type === other.type && wordsOf(account, one) === wordsOf(account, other);
}

/** What a word says; the line of what was authorised is the authorisation's, whatever is told of it. */
function wordsOf(account: Account, said: Said): string {
  if (!isOf(said, 'care:RecordAdministration')) return JSON.stringify(said.body);
  const { coi, dose, number } = said.body;
  const authorised = authorisations(account).find(
    ({ body }) => body.coi === coi && body.dose === dose,
  );
  return JSON.stringify({ ...said.body, number: authorised?.body.number ?? number });
}
