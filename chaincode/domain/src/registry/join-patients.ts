import { definePermission } from '../commands/define.js';
import { decideLink, linkBody, onlyTheirHospitals, readLink } from './patient-links.js';
import { underPatient } from './reenrol.js';

/** That two pseudonyms are one patient's: a no counts for both from then on, a yes for its own form alone. */
export const joinPatients = definePermission({
  type: 'registry:JoinPatients',
  roles: ['clinician', 'registrar'],
  signature: 'own',
  annexes: [],
  body: linkBody,
  scope: underPatient,
  reads: readLink,
  standing: onlyTheirHospitals,
  annulling: 'never',
  decide: (state, command, context) => decideLink(state, command, context, 'joined'),
});
