export * from './regulation-draft.repository';
export * from './regulation-example.repository';
export * from './preview.repository';
