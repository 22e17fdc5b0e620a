import { useApi, useAppClient } from '@cadre/client/api';

/** Reads the directory again after an act of one's own. */
export function useReadAgain() {
  const api = useApi();
  const { queries } = useAppClient();
  return () => void queries.invalidateQueries(api.directory.pathFilter());
}
