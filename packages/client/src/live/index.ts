export type {
  CommandInput,
  CommandValue,
  LiveConnection,
  LiveFactOf,
  LiveFactType,
  LiveHint,
  LiveSocket,
} from './live-connection';
export {
  LiveProvider,
  useFollow,
  useLive,
  useLiveConnection,
  useServerStopping,
  type LiveProviderProps,
} from './live-provider';
export { useRoom, type RoomLine, type RoomWatch } from './use-room';
