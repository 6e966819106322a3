import { parseArgs } from 'node:util';
import { NAMES } from './clauses/index.js';
import { DEFINITIONS } from './definition.js';
import { eachOff } from './generator/each-off.js';
import type { Wanted } from './generator/part.js';
import { run } from './generator/run.js';
import { playSideBySide, type Together } from './generator/side-by-side.js';
import { MUTANTS } from './mutants/index.js';
import { RULE_FILES } from './mutants/rule-files.js';
import { runMutants } from './mutants/run-mutants.js';
import { runStryker } from './mutants/stryker.js';
import { arguedOf } from './mutants/survivors.js';

const HELP = `npm run oracle -- [--minutes N] [--seed S [--history N]] [--off CLAUSE...] [--aim CLAUSE] [--process ID]
npm run oracle -- --each-off [--seed S]
npm run oracle -- --mutants [--seed S] [--only NAME...]

Plays histories of a therapy in which one to three things go wrong, and compares what the ledger permits with what an
independent judge of the safety case does. Ends with 1 when they disagree about anything that test/src/oracle/found
does not hold as open.

  --minutes N   for how long (default: 2), in as many processes as there are cores
  --each-off    leaves each clause out once, plays what is made for it, and ends with 1 unless the run notices
  --seed S      repeats a run (default: by the clock)
  --history N   plays one history of a seed only
  --aim CLAUSE  plays what is made for one clause
  --process ID  plays histories of one process only: ${DEFINITIONS.map(({ id }) => id).join(', ')}
  --off CLAUSE  leaves a clause of the judge out; may be given several times: ${NAMES.join(', ')}
  --mutants     breaks one rule after the other until a history or a test of the domain notices, by hand and by Stryker;
                ends with 1 when one goes unnoticed that nobody argued
  --only NAME   breaks only what is called so at its beginning: A6, gates/, gates/blocks.js; may be given several times
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '2' },
      seed: { type: 'string' },
      off: { type: 'string', multiple: true, default: [] },
      mutants: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [''] },
      aim: { type: 'string' },
      process: { type: 'string' },
      history: { type: 'string' },
      'each-off': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  if (values.mutants) return breakRules(positive('--seed', values.seed ?? '1'), values.only);
  const minutes = positive('--minutes', values.minutes);
  const seed = values.seed === undefined ? Date.now() % 1_000_000 : positive('--seed', values.seed);
  const unknown = values.off.filter((each) => !NAMES.includes(each));
  if (unknown.length > 0)
    throw new Error(`--off: expected one of ${NAMES.join(', ')}, found ${unknown.join(', ')}`);
  if (values['each-off']) return switchOffEach(seed);
  console.log(`seed ${seed}${values.off.map((each) => `, without ${each}`).join('')}`);
  const asked = {
    ...{ seed, off: values.off },
    ...(values.aim === undefined ? {} : { aim: values.aim }),
    ...(values.process === undefined ? {} : { process: values.process }),
  };
  const onFinding = (text: string) => console.log(`\n${text}`);
  const { tally, findings, open } =
    values.history === undefined
      ? await playSideBySide({ ...asked, minutes }, onFinding)
      : await playOne(asked, positive('--history', values.history), onFinding);
  console.log(
    [
      '',
      ...tally.lines(),
      ...[...open].map(([name, count]) => `open, ${count} x ${name}`),
      ...[...findings].map(([key, count]) => `${count} x ${key}`),
    ].join('\n'),
  );
  return findings.size === 0 ? 0 : 1;
}

async function playOne(
  asked: Wanted,
  number: number,
  onFinding: (text: string) => void,
): Promise<Together> {
  const { tally, findings, open } = await run({
    ...{ ...asked, onFinding, first: number },
    goOn: (played) => played < 1,
  });
  const counted = new Map([...findings].map(([key, { count }]) => [key, count]));
  return { tally, findings: counted, open };
}

async function breakRules(seed: number, only: readonly string[]): Promise<number> {
  const isMeant = (name: string) => only.some((beginning) => name.startsWith(beginning));
  const mutants = MUTANTS.filter(({ id }) => isMeant(id));
  const files = Object.entries(RULE_FILES).filter(([file]) => isMeant(file));
  if (mutants.length + files.length === 0)
    throw new Error(`--only: expected a mutant or a file of rules, found ${only.join(', ')}`);
  const alive = mutants.length === 0 ? 0 : await runMutants(seed, mutants, console.log);
  const survived = files.length === 0 ? 0 : await breakByStryker(files);
  return alive + survived === 0 ? 0 : 1;
}

/** How many survivors nobody argued. */
async function breakByStryker(
  files: readonly (readonly [string, readonly string[]])[],
): Promise<number> {
  console.log('Stryker, over the rules’ code and the domain’s own tests');
  const { killed, survivors } = await runStryker(console.log, files);
  const unexplained = survivors.filter((each) => arguedOf(each) === undefined);
  for (const { file, line, kind, code, replacement } of unexplained)
    console.log(`ALIVE   ${file}:${line} ${kind}: ${code} => ${replacement}`);
  const explained = survivors.length - unexplained.length;
  console.log(`${killed} killed, ${explained} argued, ${unexplained.length} alive`);
  return unexplained.length;
}

/** How many histories a clause that is off may go unnoticed. */
const UNNOTICED = 120;

async function switchOffEach(seed: number): Promise<number> {
  console.log(`seed ${seed}`);
  let code = 0;
  for await (const { clause, noticedAfter, key } of eachOff(seed, UNNOTICED)) {
    if (noticedAfter === undefined) code = 1;
    console.log(
      noticedAfter === undefined
        ? `without ${clause}: not noticed in ${UNNOTICED} histories`
        : `without ${clause}: noticed after ${noticedAfter}: ${key ?? ''}`,
    );
  }
  return code;
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new Error(`${option}: expected a number, found ${text}`);
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.stack : String(error));
  process.exitCode = 1;
}
