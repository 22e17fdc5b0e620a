export * from './base.repository';
export * from './charter.repository';
export * from './instructor.repository';
export * from './venue.repository';
