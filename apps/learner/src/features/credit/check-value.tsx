import { creditWords } from './credit.words';

/** The beginning of a hash, enough to compare by eye. */
export function CheckValue({ hash }: { readonly hash: string }) {
  const say = creditWords.use();
  return (
    <span className="text-small break-all text-ink-2">{say('why.hash', { hash: hash.slice(0, 16) })}</span>
  );
}
