import { nativeVerifier } from '@veinledger/chaincode/crypto';
import { nativeSigner } from '@veinledger/client/node';
import {
  type Actor,
  checkPass,
  type DosePass,
  PASS_TYPE,
  type PassIssuers,
  passStatement,
  printedPass,
} from '@veinledger/domain';
import { administer, bedside, type TherapyJourney } from '../journey/index.js';
import { newTherapy, type Stage, upToTheWard } from './stage.js';

const PASS = 'pass-1';

/**
 * Patient H: the network is cut at the bedside. A pass was issued before, and counts without a network; what was done by it
 * is entered when the ledger can be reached again.
 */
export async function patientH(stage: Stage): Promise<void> {
  const { expect, tell } = stage;
  const journey = await newTherapy(stage, 'patient-h', 8);
  await upToTheWard(stage, journey);
  const issuers = await issuersNow(stage);
  const code = await issuePass(stage, journey);
  tell('the network is cut: at the bedside there are the printed code and whose passes count');
  const item = journey.things.dose;
  const check = async (patient: string) => {
    const before = { patient, item, at: new Date().toISOString() };
    const { findings } = await checkPass(code, issuers, before, nativeVerifier);
    const found = findings.map((finding) => finding.code);
    tell(`${PASS} at the bed of ${patient}: ${found.join(', ') || 'counts'}`);
    return found.join();
  };
  expect.true('the pass counts at patient H’s bed', (await check(journey.patient.id)) === '');
  expect.true('it does not at another bed', (await check('patient-f')) === 'OTHER_PATIENT');
  const late = { at: new Date().toISOString(), lateReason: 'ledger-unreachable' } as const;
  tell(`the dose is given by ${PASS} at ${late.at}, and entered when the network is back`);
  const verifications = await bedside(journey, item, 1, late);
  const byPass = { pass: PASS, verifications };
  expect.clean('the late entry', await administer(journey, item, { byPass }, late));
}

/** Whose passes count, as the ledger says while it can be asked. */
async function issuersNow({ cast, read, submitter }: Stage): Promise<PassIssuers> {
  const { id, organisation, keys } = await read<Actor>(
    cast.nurse,
    `/v1/actors/${cast.pharmacist.id}`,
  );
  const issuers = [{ actor: id, organisation, keys }];
  return { v: 1, network: submitter.network, asOf: new Date().toISOString(), issuers };
}

/** The pharmacist has a pass issued for the dose; gives the code that is printed on it. */
async function issuePass({ expect, cast, read }: Stage, journey: TherapyJourney): Promise<string> {
  const { pharmacist } = cast;
  const body = { pass: PASS, number: 1, item: journey.things.dose };
  const issued = await journey.say(pharmacist, 'care:IssuePass', body);
  expect.permitted('the pass for patient H’s dose', issued);
  const pass = await read<DosePass>(pharmacist, `/v1/therapies/${journey.coi}/passes/${PASS}`);
  const { network } = journey.submitter;
  const place = { network, patient: journey.patient.id, block: issued.block };
  const signed = await nativeSigner(pharmacist.keys).sign(passStatement(pass, place), PASS_TYPE, [
    'EdDSA',
  ]);
  return printedPass(signed);
}
