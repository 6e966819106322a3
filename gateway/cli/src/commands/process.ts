import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  canonicalise,
  changeInWords,
  changesBetween,
  processHash,
  type ProcessChange,
  type ProcessDefinition,
  readConsortiumRoot,
  role,
} from '@veinledger/domain';
import { loadProfile } from '@veinledger/network/profile';
import { z } from 'zod';
import { defineCommand } from '../command.js';
import type { CommandResult } from '../command-result.js';
import { wrongUsage } from '../complaint.js';
import { readJson } from '../content.js';
import { EXIT } from '../exit-codes.js';
import { drawProcess } from '../drawing/draw-process.js';
import { lintProcess } from '../processes/lint.js';
import { patientWordsSchema } from '../processes/patient-words.js';
import { readDefinition, readRaw, readWords } from '../processes/read-definition.js';
import { wordOf } from '../words.js';

const ACTS = ['lint', 'draw', 'diff'] as const;

export const processCommand = defineCommand({
  arguments: [
    { name: 'act', summary: 'what to do', values: ACTS },
    { name: 'file', summary: 'a process definition' },
    { name: 'later', summary: 'diff: the version that it is compared with', optional: true },
  ],
  options: [
    {
      name: 'root',
      value: 'FILE',
      summary: "lint: the root whose members grant the roles (default: the shipped profile's six)",
    },
    {
      name: 'output',
      short: 'o',
      value: 'FILE',
      summary: 'draw: where the SVG is written (default: standard output)',
    },
    {
      name: 'language',
      value: 'TAG',
      summary: 'draw: with what patients are told of each step in this language',
    },
  ],
  input: z.strictObject({
    act: wordOf(ACTS),
    file: z.string(),
    later: z.string().optional(),
    root: z.string().optional(),
    output: z.string().optional(),
    language: z.string().optional(),
  }),
  run: (_session, { act, file, later, root, output, language }) => {
    switch (act) {
      case 'lint':
        return lint(file, root);
      case 'draw':
        return draw(file, output, language);
      case 'diff':
        if (later === undefined) throw wrongUsage('LATER', 'the later version of the process');
        return diff(file, later);
    }
  },
});

async function lint(file: string, root: string | undefined): Promise<CommandResult> {
  const raw = await readRaw(file);
  const words = await readWords(file, raw);
  const faults = lintProcess(raw, { grantable: await grantableBy(root), words });
  const lines = faults.map(
    ({ step, rule, says }) =>
      `${step === undefined ? 'process' : `step ${step}`}: ${rule}: ${says}`,
  );
  return {
    data: { file, faults },
    lines: faults.length > 0 ? lines : [`${basename(file)}: nothing to complain of`],
    exitCode: faults.length > 0 ? EXIT.failed : EXIT.done,
  };
}

async function grantableBy(root: string | undefined) {
  if (root === undefined) {
    const { members } = await loadProfile();
    return z.array(role).parse([...new Set(members.flatMap(({ roles }) => roles))]);
  }
  const { organisations } = readConsortiumRoot(await readJson('--root', `@${root}`));
  return [...new Set(organisations.flatMap(({ grantable }) => grantable))];
}

async function draw(
  file: string,
  output: string | undefined,
  language: string | undefined,
): Promise<CommandResult> {
  const definition = await readDefinition(file);
  const titles = language === undefined ? undefined : await titlesIn(file, definition, language);
  const svg = drawProcess(definition, titles);
  if (output === undefined) return { data: { svg }, lines: [svg.trimEnd()] };
  await writeFile(output, svg);
  return { data: { file: output }, lines: [output] };
}

async function titlesIn(file: string, definition: ProcessDefinition, language: string) {
  const words = patientWordsSchema.safeParse((await readWords(file, definition)).get(language));
  if (words.success) return new Map(words.data.steps.map(({ id, title }) => [id, title]));
  const known = (definition.patientWords ?? []).map((each) => each.language).join(', ');
  throw wrongUsage('--language', known || 'nothing: it tells patients nothing', language);
}

async function diff(file: string, later: string): Promise<CommandResult> {
  const [before, after] = [await readDefinition(file), await readDefinition(later)];
  const changes = changesBetween(before, after);
  const name = ({ id, version }: ProcessDefinition) => `${id} ${version}`;
  const data = {
    before: { id: before.id, version: before.version, hash: processHash(before) },
    after: { id: after.id, version: after.version, hash: processHash(after) },
    changes,
  };
  return {
    data,
    lines: [
      `${name(before)} to ${name(after)}: ${changes.length === 0 ? 'nothing differs' : `${changes.length} changes`}`,
      ...changes.flatMap((change) => linesOf(change, before, after)),
    ],
    exitCode: changes.length > 0 ? EXIT.failed : EXIT.done,
  };
}

function linesOf(
  change: ProcessChange,
  before: ProcessDefinition,
  after: ProcessDefinition,
): readonly string[] {
  const [one, other] = [partOf(change, before), partOf(change, after)];
  return [
    changeInWords(change),
    ...change.members.flatMap((member) => [
      `  - ${member} ${textOf(one.get(member))}`,
      `  + ${member} ${textOf(other.get(member))}`,
    ]),
  ];
}

function partOf(
  { of, id }: ProcessChange,
  definition: ProcessDefinition,
): ReadonlyMap<string, unknown> {
  const part =
    of === 'process'
      ? definition
      : of === 'item'
        ? definition.items.find(({ code }) => code === id)
        : definition.steps.find((each) => each.id === id);
  return new Map(Object.entries(part ?? {}));
}

function textOf(value: unknown): string {
  return value === undefined ? 'nothing' : canonicalise(value);
}
