export { hasWellFormedIds } from './well-formed-ids';
