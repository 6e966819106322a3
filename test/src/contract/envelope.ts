import { describe, expect, it } from '@jest/globals';
import { type Message, type Person, type SignedMessage, signMessage } from '#scripts';
import {
  assembleJws,
  base64urlToBytes,
  bytesToBase64url,
  canonicalise,
  utf8,
} from '@veinledger/domain';
import { generateActorKeys, nativeSigner } from '@veinledger/client/node';
import { expectError } from '../support/refusals.js';
import type { World } from '../support/world.js';

interface GeneralJws {
  payload: string;
  signatures: { protected: string; signature: string }[];
}

const COMMAND = 'vnd.veinledger.command+jws';
const lot: Message = {
  type: 'manufacturing:RegisterRun',
  body: { run: 'run-of-envelopes', flowCell: 'FC-9', instrument: 'SEQ-9' },
};

/** What a command must be before anything in it is read. */
export function envelopeChapter(world: () => World): void {
  const labTechnician = (): Person => world().cast.labTechnician;
  const sign = (message: Message = lot, network = world().bench.submitter.network) =>
    signMessage(network, labTechnician(), message);
  const submit = (jws: string, type = lot.type, annexes: SignedMessage['annexes'] = {}) =>
    world().bench.submitter.submit(labTechnician(), { type, jws, annexes });
  const signText = (payload: string) => nativeSigner(labTechnician().keys).sign(payload, COMMAND);

  /** Changes a signed command's frame. */
  async function reframed(change: (jws: GeneralJws) => void): Promise<string> {
    const jws = JSON.parse((await sign()).jws) as GeneralJws;
    change(jws);
    return canonicalise(jws);
  }

  /** A payload that the actor really signed, whatever it says. */
  async function payloadOf(): Promise<Record<string, unknown>> {
    const { payload } = JSON.parse((await sign()).jws) as GeneralJws;
    return JSON.parse(new TextDecoder().decode(base64urlToBytes(payload, 'payload'))) as Record<
      string,
      unknown
    >;
  }

  describe('a command is refused and writes nothing when it', () => {
    it('is no JWS at all', () => expectError(submit('no command'), 'MALFORMED_JWS'));

    it('is not signed', async () => {
      await expectError(
        submit(await reframed((jws) => void (jws.signatures = []))),
        'SIGNATURE_MISSING',
      );
    });

    it.each([
      ['Ed25519', 0],
      ['ML-DSA-65', 1],
    ])('has lost its %s signature', async (_algorithm, index) => {
      const stripped = await reframed((jws) => void jws.signatures.splice(index, 1));
      await expectError(submit(stripped), 'SIGNATURE_MISSING');
    });

    it.each([
      ['Ed25519', 0],
      ['ML-DSA-65', 1],
    ])('has its %s signature replaced by another algorithm', async (_algorithm, index) => {
      const replaced = await reframed((jws) => {
        const signature = jws.signatures[index];
        if (!signature) throw new Error('expected two signatures');
        const header = JSON.parse(
          new TextDecoder().decode(base64urlToBytes(signature.protected, '')),
        ) as object;
        signature.protected = bytesToBase64url(utf8(canonicalise({ ...header, alg: 'ES256' })));
      });
      await expectError(submit(replaced), 'ALGORITHM_REFUSED');
    });

    it.each([
      ['Ed25519', 0],
      ['ML-DSA-65', 1],
    ])('carries a wrong %s signature', async (_algorithm, index) => {
      const other = JSON.parse(await signText(canonicalise({ other: 1 }))) as GeneralJws;
      const wrong = await reframed((jws) => {
        const [mine, theirs] = [jws.signatures[index], other.signatures[index]];
        if (mine && theirs) mine.signature = theirs.signature;
      });
      await expectError(submit(wrong), 'SIGNATURE_INVALID');
    });

    it('is signed with keys that are not the actor’s', async () => {
      const payload = canonicalise(await payloadOf());
      const jws = await nativeSigner(generateActorKeys()).sign(payload, COMMAND);
      await expectError(submit(jws), 'UNKNOWN_KEY');
    });

    it('was signed as something else than a command', async () => {
      const payload = canonicalise(await payloadOf());
      const jws = await nativeSigner(labTechnician().keys).sign(
        payload,
        'vnd.veinledger.possession+jws',
      );
      await expectError(submit(jws), 'WRONG_TYPE');
    });

    it('is carried by another transaction than it was signed for', async () => {
      await expectError(submit((await sign()).jws, 'manufacturing:RegisterLot'), 'WRONG_TYPE');
    });

    it('was signed for another network', async () => {
      const elsewhere = bytesToBase64url(new Uint8Array(32).fill(7));
      await expectError(submit((await sign(lot, elsewhere)).jws), 'WRONG_NETWORK');
    });

    it('is of an actor whom nobody enrolled', async () => {
      const payload = canonicalise({ ...(await payloadOf()), actor: 'nobody' });
      await expectError(submit(await signText(payload)), 'UNKNOWN_ACTOR');
    });

    it('has a payload that is not its own canonical form', async () => {
      const spaced = JSON.stringify(await payloadOf(), undefined, 1);
      await expectError(submit(await signText(spaced)), 'NOT_CANONICAL');
    });

    it('says a thing twice under one name', async () => {
      const text = canonicalise(await payloadOf()).replace('{"actor"', '{"actor":"x","actor"');
      await expectError(submit(await signText(text)), 'DUPLICATE_KEY');
    });

    it('is nested too deeply', async () => {
      const deep = `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`;
      const text = `{"body":${deep},${canonicalise(await payloadOf()).slice(1)}`;
      await expectError(submit(await signText(text)), 'TOO_DEEP');
    });

    it('is larger than 128 KiB', async () => {
      const large = canonicalise({ ...(await payloadOf()), padding: 'x'.repeat(130 * 1024) });
      await expectError(submit(await signText(large)), 'COMMAND_TOO_LARGE');
    });

    it('has a field that its schema does not know', async () => {
      const body = { ...(lot.body as object), remark: 'text' };
      await expectError(submit((await sign({ ...lot, body })).jws), 'SCHEMA_VIOLATION');
    });

    it('has free text where a code belongs', async () => {
      const body = { ...(lot.body as object), instrument: 'the one near the window' };
      await expectError(submit((await sign({ ...lot, body })).jws), 'SCHEMA_VIOLATION');
    });

    it('has an envelope that says more than JWS needs', async () => {
      const jws = JSON.parse((await sign()).jws) as GeneralJws;
      await expectError(submit(canonicalise({ ...jws, header: {} })), 'MALFORMED_JWS');
    });
  });

  it('nothing of all that was written', async () => {
    const reader = { mspId: 'LabMSP', label: 'lab' };
    const signed = world().bench.submitter.read<unknown[]>(
      reader,
      'audit:ListSignedBy',
      labTechnician().id,
    );
    // the two registrations that opened the world
    expect(await signed).toHaveLength(2);
  });

  it('the same command, framed with care, is recorded', async () => {
    const { jws } = await sign();
    const { payload, signatures } = JSON.parse(jws) as GeneralJws;
    const [ed25519, mlDsa65] = signatures;
    if (!ed25519 || !mlDsa65) throw new Error('expected two signatures');
    const text = new TextDecoder().decode(base64urlToBytes(payload, 'payload'));
    expect((await submit(assembleJws(text, [ed25519, mlDsa65]))).receipt.decision).toBe('recorded');
  });
}
