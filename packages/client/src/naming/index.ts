/** Names of the codes of the model, as both apps say them. */
export * from './catalog-names';
export * from './network-names';
export * from './training-names';
