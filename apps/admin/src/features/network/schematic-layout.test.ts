import { describe, expect, it } from 'vitest';
import { layOut, type Frame } from './schematic-layout';

const frame: Frame = { width: 560, height: 480, margin: 24, gap: 30 };
const placeOf = (id: string, latitude: number, longitude: number) => ({ id, latitude, longitude });

/** Ten bases within a degree of each other and others far away: the shape of the real network. */
const places = [
  ...Array.from({ length: 10 }, (_, index) =>
    placeOf(`T${index}`, 28.2 + (index % 4) * 0.3, 120.6 + Math.floor(index / 4) * 0.5),
  ),
  placeOf('yanan', 36.6, 109.5),
  placeOf('zunyi', 27.69, 106.92),
  placeOf('shanghai', 31.21, 121.56),
];

describe('the schematic', () => {
  it('keeps every dot inside the frame and apart from every other', () => {
    const spots = layOut(places, frame);
    for (const spot of spots) {
      expect(spot.x).toBeGreaterThanOrEqual(frame.margin);
      expect(spot.x).toBeLessThanOrEqual(frame.width - frame.margin);
      expect(spot.y).toBeGreaterThanOrEqual(frame.margin);
      expect(spot.y).toBeLessThanOrEqual(frame.height - frame.margin);
    }
    for (const one of spots)
      for (const other of spots)
        if (one !== other)
          expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThanOrEqual(frame.gap - 0.5);
  });

  it('keeps north above south and west left of east', () => {
    const at = new Map(layOut(places, frame).map((spot) => [spot.id, spot]));
    expect(at.get('yanan')!.y).toBeLessThan(at.get('shanghai')!.y);
    expect(at.get('shanghai')!.y).toBeLessThan(at.get('zunyi')!.y);
    expect(at.get('zunyi')!.x).toBeLessThan(at.get('yanan')!.x);
    expect(at.get('yanan')!.x).toBeLessThan(at.get('shanghai')!.x);
  });

  it('comes out the same every time, also for one place, none, and two at the same spot', () => {
    expect(layOut(places, frame)).toEqual(layOut(places, frame));
    expect(layOut([], frame)).toEqual([]);
    expect(layOut([placeOf('a', 28, 121)], frame)).toEqual([{ id: 'a', x: 280, y: 240 }]);
    const [a, b] = layOut([placeOf('a', 28, 121), placeOf('b', 28, 121)], frame);
    expect(Math.hypot(a!.x - b!.x, a!.y - b!.y)).toBeGreaterThanOrEqual(frame.gap);
  });
});
