export { askedDay, asOfSearch, type AsOfSearch } from './asked-day';
export { hasWellFormedIds } from './well-formed-ids';
