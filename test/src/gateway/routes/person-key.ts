import { registrarOf, send } from '#scripts';
import { expect, test } from '@jest/globals';
import { generateHybridIdentity, identityToRecipient } from 'age-encryption';
import type { RoutesChapter } from './stage.js';

const [KEY, PERSON] = ['A'.repeat(43), `${'B'.repeat(42)}A`];

/** The key by which registrars know a person again; who is enrolled afterwards is named under it. */
export const personKeyRoutes: RoutesChapter = (stage) => {
  test('carry the key of persons’ digests from registrar to registrar', async () => {
    const { bench, submitter, cast } = stage();
    const registrar = registrarOf(bench.consortium, 'LabMSP');
    const recipient = await identityToRecipient(await generateHybridIdentity());
    for (const [type, body] of [
      ['registry:StateRecipient', { recipient }],
      [
        'registry:SharePersonKey',
        { key: KEY, sealed: [{ registrar: registrar.id, file: 'AAAA' }] },
      ],
      ['registry:RestatePerson', { actor: cast.labTechnician.id, person: PERSON, personKey: KEY }],
    ] as const) {
      const { receipt } = await send(submitter, registrar, { type, body });
      expect(receipt).toMatchObject({ decision: 'permitted', reasons: [] });
    }
    const key = await submitter.read(cast.nurse, 'readPersonKey');
    expect(key).toMatchObject({ id: KEY, holders: [registrar.id] });
    const share = await submitter.read(registrar, 'readKeyShare', { actor: registrar.id });
    expect(share).toMatchObject({ recipient, sealed: { key: KEY, file: 'AAAA' } });
  });
};
