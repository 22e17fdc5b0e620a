import { describe, expect, it } from 'vitest';
import { activity, anyone, sample } from '../testing/sample';
import { neededPresence } from './needed-presence';

const hours = [{ measure: 'hours', rate: 1, of: 'classHours' }];
const facts = { presence: { name: '在场比例', share: 'presentMinutes', of: 'heldMinutes' } };
const asking = (atLeast: string) =>
  sample({
    facts,
    earn: [
      {
        id: 'class',
        clause: '一',
        kinds: 'class',
        gates: [{ clause: '二', must: { presence: { atLeast } } }],
        earns: hours,
      },
    ],
  });
const held = (heldMinutes: number) => ({ ...activity({ classHours: 4, mode: 'hall' }), heldMinutes });

describe('the presence it takes', () => {
  it.each([
    ['four fifths of 180 minutes', 180, '4/5', 144],
    ['rounded up to whole minutes', 151, '4/5', 121],
    ['all of it', 150, '1', 150],
  ])('%s', (_name, minutes, share, needed) => {
    expect(neededPresence(held(minutes), [asking(share)], anyone)).toBe(needed);
  });

  it('is none where presence is not asked for, and the least of several regulations', () => {
    expect(neededPresence(held(180), [sample()], anyone)).toBe(0);
    expect(neededPresence(held(180), [asking('4/5'), asking('2/3')], anyone)).toBe(120);
  });

  it('is unknown where the session earns nothing anyway, or nothing governs', () => {
    expect(neededPresence(held(180), [], anyone)).toBeNull();
    expect(neededPresence({ ...held(180), kind: 'party' }, [asking('4/5')], anyone)).toBeNull();
  });
});
