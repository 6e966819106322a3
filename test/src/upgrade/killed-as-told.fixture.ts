/**
 * Loaded before a program (`node --import`), it kills that program as soon as it has told a line: the first that speaks of
 * `at`, as the URL of this module says, from one on that speaks of `of`.
 */
const { searchParams } = new URL(import.meta.url);
const of = searchParams.get('of') ?? '';
const at = searchParams.get('at') ?? '';
const tell = console.error;
let begun = false;

console.error = (line: string) => {
  tell(line);
  begun ||= line.includes(of);
  if (begun && line.includes(at)) process.kill(process.pid, 'SIGKILL');
};
