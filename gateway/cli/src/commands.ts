import type { CliCommand } from './command.js';

/** A command as the help lists it. What it is made of is loaded when it is asked for. */
export interface ListedCommand {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<CliCommand>;
  /** carries out the words after the name, where they are read by a program of its own; gives the exit code */
  readonly handOver?: (words: readonly string[], out: (line: string) => void) => Promise<number>;
}

/** Every command of the command line itself, in the order of the help. */
export const COMMANDS: readonly ListedCommand[] = [
  {
    name: 'init',
    summary: "founds a development consortium, or prepares a member's home from the agreed root",
    load: async () => (await import('./commands/init.js')).init,
  },
  {
    name: 'start',
    summary: "serves a ledger: a development consortium's, or what a file of settings says",
    load: async () => (await import('./commands/start.js')).start,
  },
  {
    name: 'bootstrap',
    summary: 'writes the consortium root to an empty ledger and publishes the agreed processes',
    load: async () => (await import('./commands/bootstrap.js')).bootstrap,
  },
  {
    name: 'enrol',
    summary: 'makes keys for actors and enrols them by their registrar, whom --as names otherwise',
    load: async () => (await import('./commands/enrol.js')).enrol,
  },
  {
    name: 'actors',
    summary: 'who is enrolled, by id: staff of every member, and the patients whom --as may know',
    load: async () => (await import('./commands/actors.js')).actors,
  },
  {
    name: 'state-recipient',
    summary: "makes a registrar's age identity, for which copies of the person key are sealed",
    load: async () => (await import('./commands/person-key.js')).stateRecipient,
  },
  {
    name: 'share-person-key',
    summary: "shares the key of persons' digests with registrars, or a new one when one has left",
    load: async () => (await import('./commands/person-key.js')).sharePersonKey,
  },
  {
    name: 'restate-person',
    summary: 'names one of the staff as a person under the current key',
    load: async () => (await import('./commands/person-key.js')).restatePerson,
  },
  {
    name: 'candidate',
    summary:
      'makes the keys of a registrar to be, and writes what members vote on: the public half',
    load: async () => (await import('./commands/candidate.js')).candidate,
  },
  {
    name: 'propose',
    summary: 'lays a change before the members, with the vote of the registrar whom --as names',
    load: async () => (await import('./commands/propose.js')).propose,
  },
  {
    name: 'vote',
    summary: "gives an organisation's vote; --as is one of its registrars",
    load: async () => (await import('./commands/vote.js')).vote,
  },
  {
    name: 'proposals',
    summary:
      'what members vote on: who voted, what is missing, until when, and what waits for --as',
    load: async () => (await import('./commands/proposals.js')).proposals,
  },
  {
    name: 'process',
    summary: 'finds what is wrong with a process definition, draws it, or compares two versions',
    load: async () => (await import('./commands/process.js')).processCommand,
  },
  {
    name: 'request-consent',
    summary: 'asks a patient for consent, on a form; --as is a clinician or nurse',
    load: async () => (await import('./commands/consents.js')).requestConsent,
  },
  {
    name: 'give-consent',
    summary: 'the patient, whom --as names, agrees to what was asked, on the very form',
    load: async () => (await import('./commands/consents.js')).giveConsent,
  },
  {
    name: 'defer-consent',
    summary: 'the patient, whom --as names, answers later',
    load: async () => (await import('./commands/answers.js')).deferConsent,
  },
  {
    name: 'renew-consent',
    summary: 'the patient, whom --as names, agrees to the same for longer',
    load: async () => (await import('./commands/answers.js')).renewConsent,
  },
  {
    name: 'restrict-consent',
    summary: 'the patient, whom --as names, narrows what was given, at once',
    load: async () => (await import('./commands/answers.js')).restrictConsent,
  },
  {
    name: 'refuse-consent',
    summary: 'the patient, whom --as names, says no to what is asked',
    load: async () => (await import('./commands/refusals.js')).refuseConsent,
  },
  {
    name: 'withdraw-consent',
    summary: 'the patient, whom --as names, takes back what was given',
    load: async () => (await import('./commands/refusals.js')).withdrawConsent,
  },
  {
    name: 'refuse-as-proxy',
    summary: 'says no in a patient’s place; --as is who is enrolled for that',
    load: async () => (await import('./commands/refusals.js')).refuseAsProxy,
  },
  {
    name: 'record-talk',
    summary: 'records a talk about what is asked; --as is a clinician',
    load: async () => (await import('./commands/staff-consents.js')).recordTalk,
  },
  {
    name: 'record-consent',
    summary: 'records a yes on paper, by word or with help; two staff say it in the same words',
    load: async () => (await import('./commands/staff-consents.js')).recordConsent,
  },
  {
    name: 'record-no',
    summary: 'records a no that somebody heard, which counts at once; another is its witness',
    load: async () => (await import('./commands/refusals.js')).recordNo,
  },
  {
    name: 'take-back-no',
    summary: 'records that the patient took a no back; two staff say it',
    load: async () => (await import('./commands/staff-consents.js')).takeBackNo,
  },
  {
    name: 'continue-consent',
    summary: 'records that the patient has what lapsed go on for a day; two staff say it',
    load: async () => (await import('./commands/staff-consents.js')).continueConsent,
  },
  {
    name: 'order',
    summary: 'orders a therapy and assigns its chain of identity; --as is a clinician',
    load: async () => (await import('./commands/order.js')).order,
  },
  {
    name: 'migrate',
    summary: 'has a therapy go on by another version of its process; --as is of its quality',
    load: async () => (await import('./commands/migrate.js')).migrate,
  },
  {
    name: 'collect',
    summary: 'records a sample taken from the patient',
    load: async () => (await import('./commands/custody.js')).collect,
  },
  {
    name: 'release',
    summary: 'signs the releasing half of a hand-off; --as is who gives the item away',
    load: async () => (await import('./commands/custody.js')).release,
  },
  {
    name: 'receive',
    summary: 'signs the receiving half of a hand-off; --as is who receives the item',
    load: async () => (await import('./commands/custody.js')).receive,
  },
  {
    name: 'send',
    summary: 'signs a command of any type and hands it in',
    load: async () => (await import('./commands/send.js')).send,
  },
  {
    name: 'card',
    summary: 'a card for the wallet, and emergency access for a physician elsewhere: issue, open',
    load: async () => (await import('./commands/card.js')).card,
  },
  {
    name: 'pass',
    summary:
      'a dose pass, for where the ledger cannot be reached: issues one, or checks it offline',
    load: async () => (await import('./commands/pass.js')).pass,
  },
  {
    name: 'trace',
    summary: 'everything that the ledger holds of a therapy',
    load: async () => (await import('./commands/trace.js')).trace,
  },
  {
    name: 'next',
    summary: 'who must do what next in a therapy, and who of them is on call',
    load: async () => (await import('./commands/next.js')).next,
  },
  {
    name: 'annexes',
    summary: "which of a therapy's annexes the gateway does not hold yet, and who should have them",
    load: async () => (await import('./commands/annexes.js')).annexes,
  },
  {
    name: 'waiting',
    summary: 'what waits for the signature of whom --as names, in all their therapies',
    load: async () => (await import('./commands/waiting.js')).waiting,
  },
  {
    name: 'sign',
    summary: 'shows what waits for a signature as it would be signed; then, so seen, signs it',
    load: async () => (await import('./commands/sign.js')).sign,
  },
  {
    name: 'state-alerts',
    summary: 'states what was recalled, failed or found after a dose was given; --as is a service',
    load: async () => (await import('./commands/state-alerts.js')).stateAlerts,
  },
  {
    name: 'turnaround',
    summary: 'how steps stand against their target days: by organisation, or of one therapy',
    load: async () => (await import('./commands/turnaround.js')).turnaround,
  },
  {
    name: 'show',
    summary: 'one thing: any noun of a therapy by COI and ID, an actor or a command by ID',
    load: async () => (await import('./commands/show.js')).show,
  },
  {
    name: 'read',
    summary: 'reads any route of the gateway',
    load: async () => (await import('./commands/read.js')).read,
  },
  {
    name: 'export',
    summary: "a therapy's signed commands as JWS files, with receipts, keys and a manifest",
    load: async () => (await import('./commands/export.js')).exportTherapy,
  },
  {
    name: 'inspect',
    summary: "an inspector's pack of one therapy: requirements, access, audit trail, restore test",
    load: async () => (await import('./commands/inspect.js')).inspect,
  },
  {
    name: 'verify',
    summary: 'checks a ledger from its blocks alone, or an export, from the consortium root',
    load: async () => (await import('./commands/verify.js')).verify,
  },
  {
    name: 'audit',
    summary:
      "compares members' ledgers, trusting none of them: signatures, validity, decisions, state",
    load: async () => (await import('./commands/audit.js')).audit,
  },
  {
    name: 'restore',
    summary: "takes a gateway's backup to where there is none of it yet",
    load: async () => (await import('./commands/restore.js')).restore,
  },
  {
    name: 'upgrade',
    summary:
      "brings what an earlier version's gateway kept to the formats of this one, after a copy",
    load: async () => (await import('./commands/upgrade.js')).upgrade,
  },
  {
    name: 'network',
    summary: 'brings a consortium up on Hyperledger Fabric, and keeps it: network --help',
    load: async () => (await import('./commands/network.js')).network,
    handOver: async (words, out) =>
      (await import('./commands/run-network.js')).runNetwork(words, out),
  },
];
