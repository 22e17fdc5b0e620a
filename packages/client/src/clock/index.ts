export { nextMorning, useClockJump } from './clock-jump';
export { clockQuery, useIsDemonstration, useNow } from './server-clock';
export { useShownSince } from './use-shown-since';
