import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  enrol,
  enrolmentBody,
  openSession,
  type Person,
  registrarOf,
  rootDigestOf,
  send,
  shippedProcesses,
  signMessage,
  startStep,
  TherapyJourney,
} from '#scripts';
import { peer } from '@hyperledger/fabric-protos';
import { bytesToBase64url } from '@veinledger/domain';
import { generateActorKeys } from '@veinledger/client/node';
import type { PeerMember } from '@veinledger/ledger/fabric-audit';
import { revokeIdentity, startNode, verifyNetwork } from '@veinledger/network';
import {
  lastConfiguration,
  signedAnew,
  withAction,
  withBlock,
  withEnvelope,
  withUnsignedUpdate,
} from '../support/altered-blocks.js';
import { withPayload } from '../support/altered-command.js';
import { audited, auditedMembers } from '../support/audited.js';
import { broadcast } from '../support/broadcast.js';
import { editState } from '../support/edited-files.js';
import { endorsedBy } from '../support/endorsed-by.js';
import { type FabricBench, fabricBench } from '../support/fabric.js';
import { orderingKeys } from '../support/ordering-keys.js';
import { startOtherCode, withOtherBundle } from '../support/other-code.js';
import { PeerCli } from '../support/peer-cli.js';
import { expectError, expectPermitted, expectRefused } from '../support/refusals.js';
import { validationCodes } from '../support/validation-codes.js';
import { World } from '../support/world.js';

const HOUR = 3_600_000;
const ALL_PEERS = ['HospitalMSP', 'LabMSP', 'ManufacturerMSP'];
const { VALID, ENDORSEMENT_POLICY_FAILURE } = peer.TxValidationCode;

/** What docs/attacks.md says was tried, tried on a real network. */
describe('on a real network', () => {
  let bench: FabricBench;
  let world: World;
  let cli: PeerCli;
  let members: PeerMember[];

  beforeAll(async () => {
    bench = await fabricBench();
    cli = await PeerCli.of(bench);
    members = await auditedMembers(bench, ['HospitalMSP', 'LabMSP']);
  });

  afterAll(async () => {
    for (const member of members) member.close();
    await cli.close();
    await bench.close();
  });

  const home = () => join(bench.home.directory, 'network');
  const registerRun = (run: string) => ({
    type: 'manufacturing:RegisterRun',
    body: { run, flowCell: 'FC-1', instrument: 'S-1' },
  });
  const lab = (): Person => world.cast.labTechnician;
  const signed = (run: string, person = lab()) =>
    signMessage(bench.submitter.network, person, registerRun(run));

  test('an audit of a ledger that nobody has written to finds nothing', async () => {
    const { findings, replay } = await audited(bench, members);
    expect({ findings, entries: replay.entries }).toEqual({ findings: [], entries: 0 });
  });

  test('somebody who is not in the root cannot bootstrap the consortium', async () => {
    const stranger = {
      id: 'lab.registrar',
      organisation: 'LabMSP',
      roles: ['registrar'] as const,
      keys: generateActorKeys(),
    };
    const bootstrap = {
      type: 'registry:Bootstrap',
      body: { root: rootDigestOf(bench.consortium) },
    };
    await expectError(
      send(bench.submitter, { ...stranger, roles: [...stranger.roles] }, bootstrap),
      'UNKNOWN_KEY',
    );
    const unknown = { ...stranger, id: 'lab.stranger', roles: [...stranger.roles] };
    await expectError(send(bench.submitter, unknown, bootstrap), 'UNKNOWN_ACTOR');
    world = await World.open(bench);
  });

  describe('a gateway', () => {
    const altered = async (changes: Readonly<Record<string, unknown>>) =>
      bench.submitter.submit(lab(), withPayload(await signed('run-of-a-gateway'), changes));

    test('cannot alter a command', async () => {
      const { body } = registerRun('run-of-somebody-else');
      await expectError(altered({ body }), 'SIGNATURE_INVALID');
    });

    test('cannot put another actor’s name to it', async () => {
      await expectError(altered({ actor: world.cast.tester.id }), 'UNKNOWN_KEY');
    });

    test('cannot sign it with keys of its own', async () => {
      const forged = { ...lab(), keys: generateActorKeys() };
      await expectError(send(bench.submitter, forged, registerRun('run-forged')), 'UNKNOWN_KEY');
    });

    test('cannot relay it with another member’s certificate, nor for another role', async () => {
      const invocation = bench.submitter.invocation(lab(), await signed('run-relayed'));
      const through = (mspId: string, label: string) =>
        bench.ledger.submit({ ...invocation, submitter: bench.submitter.identity(mspId, label) });
      await expectError(through('HospitalMSP', 'nurse'), 'WRONG_ORGANISATION');
      await expectError(through('LabMSP', 'registrar'), 'ROLE_MISSING');
      await expectError(through('LabMSP', 'relay'), 'RELAY_MISUSED');
    });

    test('cannot carry a command over from another network', async () => {
      const elsewhere = bytesToBase64url(new Uint8Array(32).fill(7));
      const message = await signMessage(elsewhere, lab(), registerRun('run-from-elsewhere'));
      await expectError(bench.submitter.submit(lab(), message), 'WRONG_NETWORK');
    });

    test('cannot choose a transaction time an hour off', async () => {
      const message = await signed('run-at-another-time');
      for (const off of [-HOUR, HOUR]) {
        await expectError(bench.submitAt(lab(), message, off), 'TRANSACTION_TIME_OFF');
      }
    });
  });

  describe('an actor', () => {
    test('whose keys were revoked cannot sign with an old time', async () => {
      const leaver = await enrol(bench.submitter, bench.consortium, {
        id: 'lab.leaver',
        organisation: 'LabMSP',
        roles: ['lab'],
      });
      const registrar = registrarOf(bench.consortium, 'LabMSP');
      const revoke = { type: 'registry:RevokeActor', body: { actor: leaver.id, reason: 'left' } };
      expectPermitted(await send(bench.submitter, registrar, revoke));
      const at = new Date(Date.now() - 10 * 60_000).toISOString();
      const late = { ...registerRun('run-of-a-leaver'), at };
      await expectError(send(bench.submitter, leaver, late), 'ACTOR_REVOKED');
    });

    test('on a device cannot share its session with another', async () => {
      const member = { organisation: 'HospitalMSP', roles: ['nurse' as const] };
      const person = (id: string, kind?: 'device') =>
        enrol(bench.submitter, bench.consortium, { id, ...member }, kind);
      const device = await person('hospital.attacked-scanner', 'device');
      const types = ['custody:CollectItem'];
      const first = await person('hospital.first-nurse');
      const second = await person('hospital.second-nurse');
      expectPermitted(await openSession(bench.submitter, first, device, types));
      expectRefused(await openSession(bench.submitter, second, device, types), 'SESSION_OPEN');
    });

    test('who is a registrar cannot publish a process, or grant a role, alone', async () => {
      const registrar = registrarOf(bench.consortium, 'LabMSP');
      const [shipped] = shippedProcesses();
      const definition = { ...shipped, version: '9.9', bedsideMinutes: 60 };
      const publish = { type: 'process:Publish', body: { definition } };
      expectRefused(await send(bench.submitter, registrar, publish), 'PROCESS_NOT_AGREED');
      const wanted = { id: 'lab.clinician', roles: ['clinician' as const] };
      const body = await enrolmentBody(bench.submitter.network, wanted, generateActorKeys());
      const grant = { type: 'registry:EnrolActor', body };
      expectRefused(await send(bench.submitter, registrar, grant), 'ROLE_NOT_GRANTABLE');
    });
  });

  describe('a client of Fabric’s own command line', () => {
    test('cannot skip a gate: the permission is refused, and the refusal stands', async () => {
      const journey = await world.sampledTherapy();
      const direct = new TherapyJourney({
        submitter: {
          network: bench.submitter.network,
          submit: (by, message) => cli.submit(by, message),
        },
        cast: world.cast,
        patient: journey.patient,
        serial: Number(journey.patient.id.replace('patient-', '')),
      });
      const { block } = direct.things;
      const extraction = { by: lab(), inputs: [{ item: block, consumed: true }] };
      const refused = await startStep(direct, 'extraction', extraction);
      expectRefused(refused, 'STEP_NOT_DONE');
      expect(await world.things(journey, 'step')).toEqual([]);
    });

    test('cannot write raw state', async () => {
      const call = { mspId: 'LabMSP', label: 'lab' };
      for (const name of ['PutState', 'audit:PutState', 'org.hyperledger.fabric:PutState']) {
        const raw = cli.invoke({ ...call, function: name, args: ['key', 'value'] });
        await expect(raw).rejects.toThrow(`to invoke a function that does not exist: ${name}`);
      }
    });

    test('cannot use another role than its certificate has', async () => {
      const message = await signed('run-from-the-command-line');
      const as = (mspId: string, label: string) => cli.submit(lab(), message, { mspId, label });
      await expectError(as('HospitalMSP', 'nurse'), 'WRONG_ORGANISATION');
      await expectError(as('LabMSP', 'designer'), 'ROLE_MISSING');
    });

    test('cannot have one member’s endorsement alone committed', async () => {
      const message = await signed('run-endorsed-once');
      const alone = cli.submit(lab(), message, { endorsers: ['LabMSP'] });
      await expect(alone).rejects.toThrow('ENDORSEMENT_POLICY_FAILURE');
      const read = bench.submitter.read(
        { mspId: 'LabMSP', label: 'lab' },
        'audit:ListSignedBy',
        lab().id,
      );
      expect(JSON.stringify(await read)).not.toContain('run-endorsed-once');
      expect(await validationCodes(bench.ledger)).toContain(ENDORSEMENT_POLICY_FAILURE);
    });

    test('can hand in what a gateway would, and it is recorded the same', async () => {
      const { receipt } = await cli.submit(lab(), await signed('run-without-a-gateway'));
      expect(receipt).toMatchObject({ decision: 'recorded', actor: lab().id });
    });
  });

  describe('a certificate that its member revoked', () => {
    test('relays nothing, signs no transaction, and leaves what it relayed valid', async () => {
      const label = 'designer';
      const { designer } = world.cast;
      const nothing = await signMessage(
        bench.submitter.network,
        designer,
        registerRun('run-revoked'),
      );
      const invocation = bench.submitter.invocation(designer, nothing);
      const submitter = bench.submitter.identity('LabMSP', label);
      await expectError(bench.ledger.submit({ ...invocation, submitter }), 'ROLE_MISSING');
      const revoked = await revokeIdentity({ home: home(), member: 'lab', label });
      const { certificates, channels } = revoked;
      expect(certificates).toBe(1);
      expect(channels.map(({ behind }) => behind)).toEqual([[]]);
      const refused = bench.ledger.submit({ ...invocation, submitter });
      await expect(refused).rejects.toThrow(/access denied/u);
      const direct = cli.submit(designer, nothing, { mspId: 'LabMSP', label });
      await expect(direct).rejects.toThrow(/access denied|error validating proposal/u);
    });
  });

  describe('an ordering node', () => {
    test('that is handed a transaction again refuses it, also when it was signed anew', async () => {
      const message = await signed('run-ordered-again');
      const { block, transactionId } = await bench.ledger.submit(
        bench.submitter.invocation(lab(), message),
      );
      const [member] = members;
      await member?.height();
      const [envelope = new Uint8Array()] = (await member?.block(block))?.envelopes ?? [];
      const creator = bench.submitter.identity('LabMSP', 'lab');
      const anew = await withAction(envelope, () => undefined, creator);
      expect(Buffer.compare(anew, envelope)).not.toBe(0);
      for (const node of bench.connection.orderers) {
        for (const replayed of [envelope, anew]) {
          const { info } = await broadcast(node, replayed);
          expect(info).toContain('request already processed');
        }
      }
      await send(bench.submitter, lab(), registerRun('run-after-the-replay'));
      expect(await validationCodes(bench.ledger, transactionId)).toEqual([VALID]);
    });

    test('that is handed the same command in a new transaction gets the first receipt', async () => {
      const message = await signed('run-handed-in-twice');
      const once = await bench.submitter.submit(lab(), message);
      const twice = await bench.submitter.submit(lab(), message);
      expect(twice.receipt).toEqual(once.receipt);
    });
  });

  describe('a member', () => {
    test('cannot run other code than the members approved', async () => {
      await withOtherBundle(home(), 'LabMSP', async (name) => {
        await expect(startNode(home(), name)).rejects.toThrow('stands for other code');
      });
      await send(bench.submitter, lab(), registerRun('run-by-approved-code'));
    });

    test('that starts other code around its supervisor is named, and the others go on', async () => {
      const change = ['decision: "recorded"', 'decision: "permitted"'] as const;
      const other = await startOtherCode(home(), 'LabMSP', change);
      try {
        const message = await signed('run-beside-other-code');
        const { receipt, differing } = await endorsedBy(bench, lab(), message, ALL_PEERS);
        expect(receipt.decision).toBe('recorded');
        expect(differing).toEqual([['LabMSP']]);
      } finally {
        await other.stop();
      }
    });
  });

  test('after all of it an audit by two members finds nothing', async () => {
    const report = await audited(bench, members);
    expect(report.findings).toEqual([]);
    expect(report.uncheckedCodes).toEqual([]);
    expect(report.replay.invalid).toBeGreaterThan(0);
    expect(report.configurations).toBe(2);
  });

  test('a configuration that no administrator signed is named, though all ordering nodes did', async () => {
    const [member] = members;
    if (member === undefined) throw new Error('there is no member');
    const block = await lastConfiguration(member);
    const genesis = await member.block(0);
    const keys = await orderingKeys(bench.home.directory, genesis);
    const unsigned = withUnsignedUpdate(block.envelopes[0] ?? new Uint8Array());
    const forged = await signedAnew(withEnvelope(block, unsigned), keys);
    const { findings } = await audited(
      bench,
      members.map((each) => withBlock(each, forged)),
    );
    const found = findings.find(({ kind }) => kind === 'configuration');
    expect(found).toMatchObject({ block: block.number, subject: 'configuration' });
    expect(found?.found).toMatch(/LabMSP.*Admins asks for, found nobody$/u);
  });

  test('a member whose state was edited on disk is named by all who compare', async () => {
    const journey = await world.sampledTherapy();
    const { tumour } = journey.things;
    const [, second] = members;
    if (second === undefined) throw new Error('there is no second member');
    const key = ['', 'therapy', journey.coi, 'item', tumour, ''].join('\u0000');
    await editState(bench, second, key, ['"custody":"in-custody"', '"custody":"in-transit"']);

    const { findings } = await audited(bench, members);
    expect(findings).toMatchObject([{ kind: 'state', member: second.name, subject: key }]);

    const [compared] = await verifyNetwork({ home: home() });
    expect(compared?.same).toBe(false);
    expect(compared?.state?.odd).toEqual([second.name]);
    expect(compared?.state?.keys.map((each) => each.key)).toEqual([key]);

    const { clinician } = world.cast;
    const body = {
      coi: journey.coi,
      subject: { kind: 'item', coi: journey.coi, id: tumour },
      code: 'EQUIPMENT_FAULT',
      classification: 'minor',
    };
    const report = { type: 'manufacturing:ReportDeviation', body };
    const message = await signMessage(bench.submitter.network, clinician, report);
    const { receipt, differing } = await endorsedBy(bench, clinician, message, ALL_PEERS);
    expect(receipt.decision).toBe('recorded');
    expect(differing).toEqual([['LabMSP']]);
  });
});
