import { evaluateFacts, parseFacts, reportOf } from '@cadre/domain/credit';
import { describe, expect, it } from 'vitest';
import { demo2026 } from '../regulations';
import { DEMO_EXAMPLES } from './regulation-examples';

interface PersonReport {
  readonly targets: readonly {
    readonly target: string;
    readonly amounts: readonly { readonly leaf: string; readonly earned: string }[];
  }[];
  readonly refusals: readonly unknown[];
}

describe('the worked examples of the demonstration', () => {
  it.each(DEMO_EXAMPLES)('$title', ({ facts, earned, refused }) => {
    const parsed = parseFacts(JSON.stringify(facts), demo2026);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
    const report = reportOf(parsed.facts, evaluateFacts(parsed.facts, demo2026));
    const [person] = report.people as unknown as readonly PersonReport[];
    const found = Object.fromEntries(
      (person?.targets ?? []).map(({ target, amounts }) => [
        target,
        Object.fromEntries(amounts.map(({ leaf, earned: much }) => [leaf, much])),
      ]),
    );
    expect(found).toMatchObject(earned);
    expect(person?.refusals).toHaveLength(refused);
  });
});
