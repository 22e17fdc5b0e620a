export { keepQueries, type KeptQueries, type KeptStorage } from './kept-queries';
export { readUnreachedAgain } from './read-unreached-again';
export { useOnline } from './use-online';
