import type { Said } from '../account/said.js';
import { isOf } from '../account/said.js';
import { coiOf } from '../account/standing.js';
import { forLine } from './anew.js';
import { askedAgain, enrolAnew } from './asked-again.js';
import type { Finding } from './finding.js';
import type { Player } from './player.js';
import { settling } from './settling.js';
import { LATER_CHECK, releaseTests } from '../definition.js';
import { resultsOf } from './faults/contradict.js';
import { reportType, type Spoken } from './spoken.js';
import type { Stage } from './stage.js';

/** So long everybody waits until what had begun has ended by itself. */
const A_DAY_MS = 24 * 60 * 60_000;

/**
 * Why nobody can lead a therapy on from where a history ends (G1): what stands in the way is settled, lifted and
 * confirmed by whoever may, the patient asked again where there was a no, and everything begun anew from new samples,
 * with as many people of each role as there are. Every command that is said must come to something, until a dose is
 * given.
 * @returns undefined when a dose can be given, or every line of the order was served
 */
export async function stuckAfter(stage: Stage, end: Player): Promise<Finding | undefined> {
  const player = end.fork();
  const line = freeLine(stage, player.said);
  if (line === undefined) return undefined;
  player.wait(A_DAY_MS);
  await unblock(stage, player);
  const unsettled = await settle(stage, player);
  if (unsettled) return unsettled;
  const renewed = await enrolAnew(stage, player);
  const halted = player.said.some((each) => isOf(each, 'therapy:HaltTherapy') && !each.aside);
  for (const word of askedAgain(stage, player.said, renewed || halted)) await player.say(word);
  const { lots, words } = stage.anew;
  for (const word of [...lots, ...forLine(words, line)].map(byVersion(stage, player.said))) {
    const said = await sayBySomebody(stage, player, word);
    if (!isHindered(said) || isReversibleStart(stage, said)) continue;
    const reasons = [...new Set(said.answer.codes)].toSorted();
    const others = reasons.filter((code) => code !== 'DEVIATION_OPEN');
    const codes = others.length > 0 ? others : reasons;
    return {
      key: `nobody can lead on to ${said.type} (G1): ${codes.join(', ')}`,
      points: codes.map((code) => `G1 ${said.type}: ${code}`),
      said,
    };
  }
  return undefined;
}

/** Whether a word asks to begin what may be done without that, and looked at. */
function isReversibleStart({ definition }: Stage, said: Said): boolean {
  if (!isOf(said, 'manufacturing:StartStep')) return false;
  const { step } = said.body;
  return !definition.steps.some(({ id, irreversible }) => irreversible && id === step);
}

/** What is said where a therapy went on by the next version of its process: with the result that it asks for besides. */
function byVersion({ definition }: Stage, said: readonly Said[]): (word: Spoken) => Spoken {
  const later = said.some(
    (each) => isOf(each, 'therapy:MigrateProcess') && each.answer.outcome === 'permitted',
  );
  const test = releaseTests(definition).at(-1)?.id;
  const more = { check: LATER_CHECK.code, value: true };
  return (word) =>
    later && word.type === reportType && word.body['step'] === test
      ? {
          ...word,
          annexes: { ...word.annexes, results: { results: [...resultsOf(word.annexes), more] } },
        }
      : word;
}

/** A line that stands, of which nothing was given. */
function freeLine({ journeys }: Stage, said: readonly Said[]): number | undefined {
  const [{ coi }] = journeys;
  const given = said
    .filter((each) => isOf(each, 'care:RecordAdministration'))
    .filter(({ body, aside }) => body.coi === coi && body.course !== 'not-started' && !aside)
    .map(({ body }) => body.number);
  const lines = said
    .filter((each) => isOf(each, 'therapy:OrderTherapy'))
    .filter(({ body, answer }) => body.coi === coi && answer.outcome === 'permitted')
    .flatMap(({ body }) => body.orderLines);
  const ordered = said
    .filter((each) => isOf(each, 'therapy:OrderLine'))
    .filter(
      ({ body, answer, aside }) => body.coi === coi && answer.outcome === 'permitted' && !aside,
    )
    .map(({ body }) => body);
  const replaced = ordered.map(({ replaces }) => replaces);
  return [...lines, ...ordered.map(({ line }) => line)]
    .map(({ dose }) => dose)
    .find((dose) => !given.includes(dose) && !replaced.includes(dose));
}

function isHindered({ answer }: Said): boolean {
  return answer.outcome === 'refused' || answer.outcome === 'error';
}

/** A command by whom the plan says, after settling what is open, or by another of the same organisation and role. */
async function sayBySomebody(stage: Stage, player: Player, word: Spoken): Promise<Said> {
  const said = await player.say(word);
  if (!isHindered(said)) return said;
  await settle(stage, player);
  const usual = stage.people.get(word.by);
  const others = [...stage.people.values()].filter(
    (each) =>
      each.organisation === usual?.organisation &&
      each.id !== word.by &&
      each.roles.some((role) => usual.roles.includes(role)),
  );
  const busy = new Set(stage.anew.words.map(({ by }) => by));
  const inTurn = [
    ...others.filter(({ id }) => !busy.has(id)),
    ...others.filter(({ id }) => busy.has(id)),
  ];
  for (const by of [word.by, ...inTurn.map(({ id }) => id)]) {
    const again = await player.say({ ...word, by });
    if (!isHindered(again)) return again;
  }
  return said;
}

/** Holds are lifted, halts annulled as mistakes, and what compromised keys signed is confirmed, by whoever may. */
async function unblock(stage: Stage, player: Player): Promise<void> {
  const { coi } = stage.journeys[0];
  const said = player.said.filter(({ aside, answer }) => !aside && answer.outcome !== 'error');
  const words: Spoken[] = [];
  for (const each of said) {
    if (isOf(each, 'manufacturing:PlaceHold') && each.body.coi === coi) {
      const body = { coi, hold: each.body.hold };
      words.push({ type: 'manufacturing:LiftHold', by: LIFTER, body, annexes: {} });
    }
    if (isOf(each, 'therapy:HaltTherapy') && each.body.coi === coi) {
      const { command = '' } = each.answer;
      const body = { coi, command, reason: 'wrong-therapy' };
      for (const by of [each.actor, ...WITH_HALTS]) {
        await player.say({ type: 'quality:AnnulRecord', by, body, annexes: {} });
      }
    }
    if (isOf(each, 'registry:RevokeActor') && each.body.compromisedSince !== undefined) {
      const since = Date.parse(each.body.compromisedSince);
      const suspect = said.filter(({ actor, time }) => actor === each.body.actor && time >= since);
      words.push(...suspect.flatMap((word) => confirmed(word, coi)));
    }
  }
  for (const word of words) await sayBySomebodyElse(stage, player, word);
}

/** Who signs beside its signer that a halt was a mistake. */
const WITH_HALTS = ['hospital.pharmacist', 'manufacturer.reviewer', 'manufacturer.tester'];

const LIFTER = 'manufacturer.reviewer';
const OTHER_LIFTERS = ['manufacturer.release-person', 'manufacturer.all', 'hospital.clinician'];

async function sayBySomebodyElse(stage: Stage, player: Player, word: Spoken): Promise<void> {
  for (const by of [word.by, ...OTHER_LIFTERS]) {
    if (stage.people.has(by) && !isHindered(await player.say({ ...word, by }))) return;
  }
}

function confirmed(word: Said, coi: string): readonly Spoken[] {
  const { command } = word.answer;
  if (command === undefined || coiOf(word) !== coi) return [];
  const body = { coi, command, basis: 'signer-confirmed-in-person' };
  return [{ type: 'manufacturing:ConfirmSignature', by: LIFTER, body, annexes: {} }];
}

/** Reasons why quality may never permit the use of something (C2, A1): what leads on is something new. */
const FOR_GOOD = ['IDENTITY_NOT_BY_DISPOSITION', 'SAFETY_NOT_BY_DISPOSITION'];

/** Whether a refusal says that there is nothing to settle. */
function isOfNothing({ answer }: Said): boolean {
  return answer.expected?.includes('no subject') ?? false;
}

/**
 * Quality settles what it can; a deviation that it can neither settle nor is to leave is a finding (G2). A lateness that
 * has its reason has no subject to settle (F2), nor has a scan of what is another's: the right container needs no quality
 * (A6).
 */
async function settle(stage: Stage, player: Player): Promise<Finding | undefined> {
  const copy = player.fork();
  const words = await settling(stage, player.said, (word) => copy.say(word));
  const tried = copy.said.slice(player.said.length);
  const known = player.said;
  for (const word of words) await player.say(word);
  const dispositions = [...tried, ...player.said].filter((each) =>
    isOf(each, 'manufacturing:RecordDisposition'),
  );
  for (const each of known) {
    // what is said of a lot or a run that nobody registered is about no therapy's thing
    if (each.aside || coiOf(each) === undefined) continue;
    for (const { id, code } of each.answer.deviations) {
      if (code === 'LATE_ENTRY' && each.lateReason !== undefined) continue;
      const about = dispositions.filter(({ body }) => body.deviation === id);
      if (about.some(({ answer }) => answer.outcome === 'permitted')) continue;
      const codes = [...new Set(about.flatMap(({ answer }) => answer.codes))];
      if (codes.some((reason) => FOR_GOOD.includes(reason))) continue;
      if (isOf(each, 'care:VerifyBedside') && about.some(isOfNothing)) continue;
      return {
        key: `nobody can settle ${code} (G2): ${codes.join(', ')}`,
        points: [`G2 ${code}: ${codes.join(', ')}`],
        said: each,
      };
    }
  }
  return undefined;
}
