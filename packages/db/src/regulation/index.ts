export * from './regulation-draft.repository';
export * from './regulation-example.repository';
