export * from './assessment.router';
export * from './assessment.service';
export * from './feed-signer';
export * from './feed.service';
export * from './freeze.service';
