import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Role, role, rootDigest } from '@veinledger/chaincode/domain';
import {
  type ActorKeys,
  GatewayClient,
  GatewayProblem,
  generateActorKeys,
  readActorKeys,
  writeActorKeys,
} from '@veinledger/client/node';
import { shippedProcesses } from './development/consortium.js';
import { type Home, homeAt, readRoot } from './development/home.js';
import { enrolmentBody, signMessage } from './journey/index.js';
import { runAsMain } from './main-process.js';

const HELP = `npm run veinledger -- COMMAND [options]

  bootstrap                       writes the consortium root and publishes the agreed process definitions
  enrol ACTOR --roles ROLE,…      makes keys for an actor and enrols it by the registrar of its member
  send TYPE --as ACTOR --body JSON|@FILE [--annex NAME=FILE]…
                                  signs a command and hands it in; an annex's file holds its content
  read PATH --as ACTOR            reads from the gateway, for instance /v1/organisations

An actor is named member.person: hospital.nurse is enrolled by hospital.registrar.

  --home DIR   where the consortium and the keys are (default: .veinledger)
  --url URL    the gateway (default: http://127.0.0.1:8080)

Exit codes: 0 done or recorded; 1 refused, or an error; 2 wrong usage.
`;

interface Options {
  readonly home: Home;
  readonly url: string;
  readonly as: string | undefined;
  readonly roles: string | undefined;
  readonly body: string | undefined;
  readonly annex: readonly string[];
}

class UsageError extends Error {}

async function keysOf(home: Home, actor: string): Promise<ActorKeys> {
  const places = [
    join(home.registrars, `${actor}.json`),
    join(home.directory, 'keys', `${actor}.json`),
  ];
  const file = places.find((each) => existsSync(each));
  if (file === undefined)
    throw new UsageError(`no keys of ${actor}: expected ${places.join(' or ')}`);
  return readActorKeys(file);
}

async function clientOf(options: Options, actor: string): Promise<GatewayClient> {
  return new GatewayClient({ url: options.url, actor, keys: await keysOf(options.home, actor) });
}

async function send(
  options: Options,
  actor: string,
  type: string,
  body: unknown,
  annexes = {},
): Promise<unknown> {
  const { network } = await readRoot(options.home);
  const keys = await keysOf(options.home, actor);
  const message = await signMessage(network, { id: actor, keys }, { type, body, annexes });
  const client = await clientOf(options, actor);
  return client.send({ jws: message.jws, annexes: message.annexes });
}

async function bootstrap(options: Options): Promise<unknown> {
  const root = await readRoot(options.home);
  const registrar = root.organisations[0]?.registrar.actor ?? '';
  const receipts = [
    await send(options, registrar, 'registry:Bootstrap', { root: rootDigest(root) }),
  ];
  for (const definition of shippedProcesses()) {
    receipts.push(await send(options, registrar, 'process:Publish', { definition }));
  }
  return receipts;
}

async function enrol(options: Options, actor: string): Promise<unknown> {
  const { network } = await readRoot(options.home);
  const roles = (options.roles ?? '').split(',').map((each): Role => role.parse(each));
  const keys = generateActorKeys();
  const folder = join(options.home.directory, 'keys');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeActorKeys(join(folder, `${actor}.json`), keys);
  const registrar = `${actor.split('.')[0] ?? ''}.registrar`;
  return send(
    options,
    registrar,
    'registry:EnrolActor',
    await enrolmentBody(network, { id: actor, roles }, keys),
  );
}

async function readContent(text: string): Promise<unknown> {
  return JSON.parse(text.startsWith('@') ? await readFile(text.slice(1), 'utf8') : text);
}

async function annexesOf(options: Options): Promise<Record<string, unknown>> {
  const entries = options.annex.map(async (each) => {
    const [name = '', file = ''] = each.split('=');
    return [name, await readContent(`@${file}`)] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

function required(value: string | undefined, name: string): string {
  if (value === undefined || value === '') throw new UsageError(`${name} is missing`);
  return value;
}

async function run(
  command: string | undefined,
  subject: string | undefined,
  options: Options,
): Promise<unknown> {
  switch (command) {
    case 'bootstrap':
      return bootstrap(options);
    case 'enrol':
      return enrol(options, required(subject, 'ACTOR'));
    case 'send': {
      const body = await readContent(required(options.body, '--body'));
      const actor = required(options.as, '--as');
      return send(options, actor, required(subject, 'TYPE'), body, await annexesOf(options));
    }
    case 'read': {
      const actor = options.as ?? 'hospital.registrar';
      return (await clientOf(options, actor)).read(required(subject, 'PATH'));
    }
    default:
      throw new UsageError(command === undefined ? 'COMMAND is missing' : `no command ${command}`);
  }
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      home: { type: 'string', default: '.veinledger' },
      url: { type: 'string', default: 'http://127.0.0.1:8080' },
      as: { type: 'string' },
      roles: { type: 'string' },
      body: { type: 'string' },
      annex: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const [command, subject] = positionals;
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  try {
    const options = {
      ...values,
      home: homeAt(resolve(values.home)),
      as: values.as,
      roles: values.roles,
      body: values.body,
    };
    console.log(JSON.stringify(await run(command, subject, options), undefined, 2));
    return 0;
  } catch (error) {
    if (error instanceof GatewayProblem) {
      console.error(JSON.stringify(error.problem, undefined, 2));
      return 1;
    }
    console.error(error instanceof Error ? error.message : String(error));
    if (error instanceof UsageError) console.error(`\n${HELP}`);
    return error instanceof UsageError ? 2 : 1;
  }
}

await runAsMain(main);
