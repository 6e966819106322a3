/** Where a patient's device asks what a one-time code is for, and hands in its keys: it has no token yet. */
export const CODE_READINGS_PATH = '/v1/enrolment-codes/readings';
export const CODE_USES_PATH = '/v1/enrolment-codes/uses';
