export * from './assessment-year.repository';
export * from './feed.repository';
