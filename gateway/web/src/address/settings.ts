/** Telephone numbers of a hospital, as people dial them. */
export interface Numbers {
  /** answered by people, day and night */
  readonly unwell?: string;
  readonly emergency?: string;
  readonly nurse?: string;
  readonly advocate?: string;
}

/** What the gateway tells its pages. */
export interface Settings {
  /** what callers' tokens name as their audience */
  readonly audience: string;
  readonly numbers: Numbers;
}

/** The folder of the pages; the gateway's own is one above it. */
const pages = () => new URL('.', location.href);

/** The gateway, as its client takes it. */
export function gatewayUrl(): string {
  return new URL('..', pages()).href.replace(/\/$/u, '');
}

/** What this programme's keys are kept under: an origin may serve several. */
export function programme(): string {
  return pages().pathname;
}

/** A file that the gateway serves beside the pages. */
export async function besidePages(path: string): Promise<unknown> {
  const response = await fetch(new URL(path, pages()));
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

export async function readSettings(): Promise<Settings> {
  return (await besidePages('settings.json')) as Settings;
}
