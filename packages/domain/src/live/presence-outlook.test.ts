import { describe, expect, it } from 'vitest';
import { presenceOutlook } from './presence-outlook';
import { roomMinutesLeft } from './room-times';

describe('how a presence stands to what it takes', () => {
  it.each([
    ['before it is enough, with time left', 60, 144, 120, 'open'],
    ['just reachable', 60, 144, 84, 'open'],
    ['a minute too late', 60, 144, 83, 'missed'],
    ['left early', 60, 144, 0, 'missed'],
    ['there for long enough', 144, 144, 0, 'enough'],
    ['where no presence is asked for', 0, 0, 0, 'enough'],
    ['where nobody knows', 0, null, 0, null],
  ] as const)('%s', (_name, minutes, needed, left, outlook) => {
    expect(presenceOutlook(minutes, needed, left)).toBe(outlook);
  });
});

describe('the minutes a room still has', () => {
  const at = (time: string): Date => new Date(`2026-11-18T${time}Z`);
  const room = { startsAt: at('06:00:00'), endsAt: at('08:30:00'), extendedTo: null };
  it.each([
    ['all of them before the start', at('05:30:00'), room, 150],
    ['those after now, a part as a whole one', at('08:00:30'), room, 30],
    ['those of the extension as well', at('08:00:00'), { ...room, extendedTo: at('09:00:00') }, 60],
    ['none after the end', at('09:00:00'), room, 0],
  ])('%s', (_name, now, times, left) => {
    expect(roomMinutesLeft(times, now)).toBe(left);
  });
});
