import { nativeVerifier } from '@veinledger/chaincode/crypto';
import { replay } from '@veinledger/chaincode/replay';
import type { ProcessDefinition } from '@veinledger/domain';
import { type Arguments, HELP, readArguments } from './demo/arguments.js';
import { describe, openCommitment } from './demo/commitments.js';
import { Expectations } from './demo/expectations.js';
import { openPlayedLedger, type PlayedLedger, type ReadingSubmitter } from './demo/ledgers.js';
import type { Stage } from './demo/stage.js';
import { Timeline } from './demo/timeline.js';
import { type Trace, traceLines } from './demo/trace.js';
import { shippedProcesses } from '@veinledger/cli';
import {
  type AnalysisTurn,
  type Cast,
  enrolCast,
  enrolPatient,
  openForBusiness,
  registerShared,
  type TherapyJourney,
} from './journey/index.js';
import { runAsMain } from './main-process.js';

const print = (line: string): void => console.log(line);
const heading = (text: string): void => print(`\n== ${text}`);

async function play(
  played: PlayedLedger,
  turn: AnalysisTurn,
  given: Arguments,
): Promise<Expectations> {
  const { consortium, submitter: http } = played;
  const timelineOf = (definition: ProcessDefinition) =>
    new Timeline(http, definition, print, played.gatewayOf);
  heading('The consortium opens for business');
  const opening = timelineOf(processOf());
  await openForBusiness(opening, consortium);
  const cast = await enrolCast(opening, consortium);
  await registerShared(opening, cast);
  const expect = new Expectations();
  const readTrace = (journey: TherapyJourney) =>
    http.read<Trace>(cast.operator, `/v1/therapies/${journey.coi}/trace`);
  const stageOf = (definition: ProcessDefinition): Stage => {
    const submitter = timelineOf(definition);
    return {
      submitter,
      cast,
      expect,
      definition,
      enrolPatient: (pseudonym) => enrolPatient(submitter, consortium, pseudonym),
      sequenceCommitment: async (journey) => commitmentOf(await readTrace(journey), journey.design),
      read: (person, path) => http.read(person, path),
      tell: (line) => print(`${' '.repeat(17)}${line}`),
    };
  };
  let a: TherapyJourney | undefined;
  const playedA = () => {
    if (a) return a;
    throw new Error('patient A’s story comes first');
  };
  const keepA = (journey: TherapyJourney) => (a = journey);
  for (const { letter, title, process, play: playStory } of given.stories) {
    heading(`Patient ${letter}: ${title}`);
    await playStory(stageOf(processOf(process)), { turn, a: playedA, keepA });
  }
  if (a) {
    heading('Patient A’s trace');
    const trace = await readTrace(a);
    traceLines(trace).forEach(print);
    await openCommitments({ http, cast, trace, journey: a, given, expect });
  }
  await check(played, expect);
  return expect;
}

/** A process that ships, by its id; the vaccine's where none is named. */
function processOf(id = 'pcv-mrna'): ProcessDefinition {
  const found = shippedProcesses().find((each) => each.id === id);
  if (found) return found;
  throw new Error(`no process ${id} is shipped`);
}

function commitmentOf({ things }: Trace, id: string): string {
  const found = things.find(
    (thing) => (thing.noun === 'dataset' || thing.noun === 'design') && thing.id === id,
  );
  return found && 'commitment' in found ? found.commitment : '';
}

interface Opening {
  readonly http: ReadingSubmitter;
  readonly cast: Cast;
  readonly trace: Trace;
  readonly journey: TherapyJourney;
  readonly given: Arguments;
  readonly expect: Expectations;
}

async function openCommitments({
  http,
  cast,
  trace,
  journey,
  given,
  expect,
}: Opening): Promise<void> {
  const files = [
    { file: given.vcf, id: 'variants' },
    { file: given.fasta, id: journey.design },
  ];
  if (files.every(({ file }) => file === undefined)) return;
  heading('Commitments opened against the files');
  for (const { file, id } of files) {
    if (file === undefined) continue;
    const commitment = commitmentOf(trace, id);
    const annex = await http.read<{ text: string }>(cast.designer, `/v1/annexes/${commitment}`);
    const { matches, line } = await openCommitment(file, commitment, annex.text);
    print(line);
    expect.true(`${file} is what ${id} commits to`, matches);
  }
}

async function check(
  { ledger, consortium, vault, annexesHeld }: PlayedLedger,
  expect: Expectations,
): Promise<void> {
  heading('Verified from the blocks alone');
  const chain = await ledger.verify();
  print(
    chain.intact
      ? `chain of ${chain.height} blocks intact`
      : `block ${chain.brokenBlock}: ${chain.reason}`,
  );
  expect.true('the chain of blocks is intact', chain.intact);
  const before = await annexesHeld?.();
  const report = await replay({
    blocks: ledger.blocks(),
    root: consortium.root,
    verifier: nativeVerifier,
    vault,
  });
  print(
    `${report.commands} commands decided anew: ${report.findings.length} differences; ` +
      `${report.endorsedOnly.length} verdicts on annexes taken on endorsement`,
  );
  expect.true('the replay finds no difference', report.findings.length === 0);
  if (annexesHeld === undefined || before === undefined) return;
  const fetched = (await annexesHeld()) - before;
  print(`annexes: ${before} in the hospital's vault, ${fetched} fetched from other members`);
  expect.true('the replay opens every annex', report.endorsedOnly.length === 0);
  expect.true('annexes travel between members', fetched > 0);
}

async function main(): Promise<number> {
  const given = readArguments(process.argv.slice(2));
  if (given.help) {
    print(HELP);
    return 0;
  }
  const turn: AnalysisTurn = {
    ...(given.vcf === undefined ? {} : { vcf: await describe(given.vcf, 'vcf') }),
    ...(given.fasta === undefined ? {} : { fasta: await describe(given.fasta, 'fasta') }),
  };
  const played = await openPlayedLedger(given, print);
  try {
    played.told.forEach(print);
    const { disappointed } = await play(played, turn, given);
    heading(
      disappointed.length === 0 ? 'Everything went as it should.' : 'Otherwise than expected:',
    );
    disappointed.forEach(print);
    return disappointed.length === 0 ? 0 : 1;
  } finally {
    await played.close();
  }
}

await runAsMain(main);
