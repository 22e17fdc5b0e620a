import type { TableExport } from '@cadre/ui/admin';
import { download } from './download';
import { Failed } from './failure';

/** The export of a table as a file of the server; `addressOf` says which, given the columns that are seen. */
export const fileExport = (addressOf: (columnKeys: readonly string[]) => string): TableExport => ({
  run: (columnKeys) => download(addressOf(columnKeys)),
  failed: (error, retry) => <Failed error={error} action={retry} />,
});
