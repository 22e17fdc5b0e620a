import { useTypedSearch } from '@cadre/ui/shared';
import { Search, X } from 'lucide-react';

export interface SearchFieldProps {
  /** Read aloud and shown while the field is empty. */
  readonly label: string;
  readonly clearLabel: string;
  readonly value: string;
  readonly onSearch: (text: string) => void;
}

/** A search box that asks when the typing pauses, at once on Enter or when cleared. */
export function SearchField({ label, clearLabel, value, onSearch }: SearchFieldProps) {
  const { typed, type, ask } = useTypedSearch(value, onSearch);
  return (
    <form
      role="search"
      className="relative grid"
      onSubmit={(event) => {
        event.preventDefault();
        ask();
      }}
    >
      <Search
        aria-hidden
        size={20}
        className="pointer-events-none absolute inset-y-0 start-4 my-auto text-ink-2"
      />
      <input
        type="search"
        enterKeyHint="search"
        autoComplete="off"
        aria-label={label}
        value={typed}
        onChange={(event) => type(event.target.value)}
        className="col-start-1 row-start-1 min-h-12 w-full appearance-none rounded-card border border-control bg-surface py-2 ps-11 pe-12 text-body text-ink [&::-webkit-search-cancel-button]:hidden"
      />
      {typed === '' ? (
        // In place of a placeholder, which cannot go on in a second line where the type is large.
        <span
          aria-hidden
          className="pointer-events-none col-start-1 row-start-1 self-center py-2 ps-11 pe-4 text-body text-pretty text-ink-2"
        >
          {label}
        </span>
      ) : (
        <button
          type="button"
          aria-label={clearLabel}
          className="absolute inset-y-0 end-0 flex w-12 cursor-pointer items-center justify-center rounded-card text-ink-2"
          onClick={() => type('')}
        >
          <X aria-hidden size={20} />
        </button>
      )}
    </form>
  );
}
