import { uiWords } from './ui.words';

/** Grey lines where the rows will be. They appear only when opening takes noticeably long. */
export function LoadingState({ rows = 4 }: { readonly rows?: number }) {
  const say = uiWords.use();
  return (
    <div role="status" aria-busy className="late flex flex-col gap-5 py-4">
      <span className="sr-only">{say('loading')}</span>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} aria-hidden className="flex flex-col gap-2">
          <div className="h-4 rounded-chip bg-fill" style={{ width: `${[62, 48, 70, 55][row % 4]}%` }} />
          <div className="h-3 rounded-chip bg-fill" style={{ width: `${[38, 54, 30, 44][row % 4]}%` }} />
        </div>
      ))}
    </div>
  );
}
