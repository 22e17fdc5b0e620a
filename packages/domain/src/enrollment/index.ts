export * from './decide-enrollment';
export * from './decide-withdrawal';
export * from './enrollment';
export * from './enrollment.io';
export * from './enrollment.policy';
export * from './promote-waitlist';
export * from './seats';
