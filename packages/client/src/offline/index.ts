export { keepQueries, type KeptQueries, type KeptStorage } from './kept-queries';
export { useOnline } from './use-online';
