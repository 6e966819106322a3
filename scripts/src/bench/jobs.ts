import { open } from 'node:fs/promises';

/** One command as it is sent: who, and the body of the request. */
export interface Request {
  readonly actor: string;
  readonly body: string;
}

/** Commands that are sent one after the other. */
export type Job = readonly Request[];

const SEPARATOR = '\t';

/** A line for commands that are sent one after the other; JSON holds no tabulator. */
export function writeJob(job: Job): string {
  const cells = job.flatMap(({ actor, body }) => [actor, body]);
  return `${cells.join(SEPARATOR)}\n`;
}

/** The jobs of some files, one after the other. */
export async function* readJobs(files: readonly string[]): AsyncGenerator<Job, void> {
  for (const file of files) {
    const handle = await open(file);
    for await (const line of handle.readLines()) yield readJob(line);
  }
}

function readJob(line: string): Job {
  const cells = line.split(SEPARATOR);
  const requests: Request[] = [];
  for (let at = 0; at + 1 < cells.length; at += 2) {
    requests.push({ actor: cells[at] ?? '', body: cells[at + 1] ?? '' });
  }
  return requests;
}
